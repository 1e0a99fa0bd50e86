using System.Xml;
using System.Xml.Linq;

namespace ResizeImage.Local.S3.Notifications;

/// <summary>The XML of PutBucketNotificationConfiguration and GetBucketNotificationConfiguration in the Amazon S3 API Reference.</summary>
internal static class NotificationXml
{
    public const string Root = "NotificationConfiguration";

    private static readonly (NotificationTargetKind Kind, string Configuration, string Arn)[] Kinds =
    [
        (NotificationTargetKind.Topic, "TopicConfiguration", "Topic"),
        (NotificationTargetKind.Queue, "QueueConfiguration", "Queue"),
        (NotificationTargetKind.Function, "CloudFunctionConfiguration", "CloudFunction"),
    ];

    /// <exception cref="S3Exception">MalformedXML, or an argument is wrong.</exception>
    public static NotificationConfiguration Read(Stream body)
    {
        XElement root = S3Xml.Load(body, Root);
        List<NotificationTarget> targets = new();
        bool eventBridge = false;
        foreach (XElement element in root.Elements())
        {
            string name = element.Name.LocalName;
            if (name == "EventBridgeConfiguration")
            {
                eventBridge = true;
            }
            else if (Array.Find(Kinds, kind => kind.Configuration == name) is { Configuration: not null } kind)
            {
                targets.Add(ReadTarget(element, kind.Kind, kind.Arn));
            }
            else
            {
                throw S3Error.MalformedXml($"the element {name} is not known in {Root}");
            }
        }

        return new NotificationConfiguration(targets, eventBridge);
    }

    public static void Write(XmlWriter xml, NotificationConfiguration configuration)
    {
        foreach (NotificationTarget target in configuration.Targets)
        {
            (NotificationTargetKind _, string? element, string? arn) = Array.Find(Kinds, kind => kind.Kind == target.Kind);
            xml.WriteStartElement(element);
            xml.WriteElementString("Id", target.Id);
            xml.WriteElementString(arn, target.Arn);
            foreach (string name in target.Events)
            {
                xml.WriteElementString("Event", name);
            }

            WriteFilter(xml, target);
            xml.WriteEndElement();
        }

        if (configuration.EventBridge)
        {
            xml.WriteElementString("EventBridgeConfiguration", "");
        }
    }

    private static NotificationTarget ReadTarget(XElement element, NotificationTargetKind kind, string arnElement)
    {
        string[] events = [.. Children(element, "Event").Select(one => one.Value)];
        string? arn = Children(element, arnElement).FirstOrDefault()?.Value;
        if (arn is null || events.Length == 0)
        {
            throw S3Error.MalformedXml($"expected {arnElement} and at least one Event in {element.Name.LocalName}");
        }

        string? id = Children(element, "Id").FirstOrDefault()?.Value;
        (string? prefix, string? suffix) = ReadFilter(element);
        return new NotificationTarget(kind, string.IsNullOrEmpty(id) ? Guid.NewGuid().ToString() : id, arn, events, prefix, suffix);
    }

    private static (string? Prefix, string? Suffix) ReadFilter(XElement target)
    {
        string? prefix = null;
        string? suffix = null;
        IEnumerable<XElement> rules = Children(target, "Filter").SelectMany(filter => Children(filter, "S3Key")).SelectMany(key => Children(key, "FilterRule"));
        foreach (XElement? rule in rules)
        {
            string name = Children(rule, "Name").FirstOrDefault()?.Value ?? "";
            string value = Children(rule, "Value").FirstOrDefault()?.Value ?? "";
            switch (name.ToLowerInvariant())
            {
                case "prefix" when prefix is null:
                    prefix = value;
                    break;
                case "suffix" when suffix is null:
                    suffix = value;
                    break;
                case "prefix" or "suffix":
                    throw S3Error.Argument($"Cannot specify more than one {name.ToLowerInvariant()} rule in a filter", "FilterRule", name);
                default:
                    throw S3Error.Argument("filter rule name must be either prefix or suffix", "FilterRule.Name", name);
            }
        }

        return (prefix, suffix);
    }

    private static void WriteFilter(XmlWriter xml, NotificationTarget target)
    {
        if (target.Prefix is null && target.Suffix is null)
        {
            return;
        }

        xml.WriteStartElement("Filter");
        xml.WriteStartElement("S3Key");
        WriteRule(xml, "Prefix", target.Prefix);
        WriteRule(xml, "Suffix", target.Suffix);
        xml.WriteEndElement();
        xml.WriteEndElement();
    }

    private static void WriteRule(XmlWriter xml, string name, string? value)
    {
        if (value is not null)
        {
            xml.WriteStartElement("FilterRule");
            xml.WriteElementString("Name", name);
            xml.WriteElementString("Value", value);
            xml.WriteEndElement();
        }
    }

    // Some clients omit the namespace.
    private static IEnumerable<XElement> Children(XElement of, string name) => of.Elements().Where(element => element.Name.LocalName == name);
}
