using System.Xml;

namespace ResizeImage.Local.S3.Operations;

/// <summary>
/// Canned ACLs, as a bucket with ACLs enabled accepts them. They are stored and returned, and have no effect: everyone may do everything here.
/// "Access control list (ACL) overview" in the Amazon S3 User Guide.
/// </summary>
internal static class CannedAcl
{
    public const string Private = "private";

    private const string Header = "x-amz-acl";
    private const string FormField = "acl";
    private const string Groups = "http://acs.amazonaws.com/groups/global/";
    private const string InstanceNamespace = "http://www.w3.org/2001/XMLSchema-instance";

    private static readonly string[] OfObjects =
        [Private, "public-read", "public-read-write", "authenticated-read", "aws-exec-read", "bucket-owner-read", "bucket-owner-full-control"];

    private static readonly string[] OfBuckets = [Private, "public-read", "public-read-write", "authenticated-read", "log-delivery-write"];

    /// <summary>The ACL of a new object.</summary>
    /// <param name="sent">Headers, or the fields of a form.</param>
    /// <returns>Null for private.</returns>
    /// <exception cref="S3Exception">InvalidArgument.</exception>
    public static string? OfObject(IHeaderDictionary sent) => Read(sent, Header, OfObjects) ?? Read(sent, FormField, OfObjects);

    /// <summary>Refuses the ACL of a new bucket, unless it is private.</summary>
    /// <exception cref="S3Exception">InvalidArgument, NotImplemented.</exception>
    public static void CheckBucket(IHeaderDictionary sent)
    {
        if (Read(sent, Header, OfBuckets) is { } acl)
        {
            throw S3Error.HeaderNotImplemented($"{Header}: {acl}");
        }
    }

    /// <summary>Writes the content of an AccessControlPolicy. All objects have one owner, who is also the owner of the bucket.</summary>
    /// <param name="acl">Null for private.</param>
    public static void Write(XmlWriter xml, string? acl)
    {
        xml.WriteOwner("Owner");
        xml.WriteStartElement("AccessControlList");
        WriteGrant(xml, null, "FULL_CONTROL");
        switch (acl)
        {
            case "public-read":
                WriteGrant(xml, "AllUsers", "READ");
                break;
            case "public-read-write":
                WriteGrant(xml, "AllUsers", "READ");
                WriteGrant(xml, "AllUsers", "WRITE");
                break;
            case "authenticated-read":
                WriteGrant(xml, "AuthenticatedUsers", "READ");
                break;
        }

        xml.WriteEndElement();
    }

    /// <param name="group">Null for the owner.</param>
    private static void WriteGrant(XmlWriter xml, string? group, string permission)
    {
        xml.WriteStartElement("Grant");
        xml.WriteStartElement("Grantee");
        xml.WriteAttributeString("xsi", "type", InstanceNamespace, group is null ? "CanonicalUser" : "Group");
        if (group is null)
        {
            xml.WriteElementString("ID", "local");
            xml.WriteElementString("DisplayName", "local");
        }
        else
        {
            xml.WriteElementString("URI", Groups + group);
        }

        xml.WriteEndElement();
        xml.WriteElementString("Permission", permission);
        xml.WriteEndElement();
    }

    private static string? Read(IHeaderDictionary sent, string name, string[] accepted)
    {
        string acl = sent[name].ToString();
        return acl.Length == 0 || acl == Private ? null
            : accepted.Contains(acl) ? acl
            : throw S3Error.InvalidArgument(name, acl, string.Join(", ", accepted));
    }
}
