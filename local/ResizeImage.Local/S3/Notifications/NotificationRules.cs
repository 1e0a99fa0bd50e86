using System.Text.RegularExpressions;

namespace ResizeImage.Local.S3.Notifications;

/// <summary>The checks that S3 makes before it accepts a notification configuration.</summary>
internal static partial class NotificationRules
{
    private const int MaxIdLength = 255;

    /// <param name="functionArn">The only function; null for none.</param>
    /// <param name="checkDestinations">False where the client wants destinations unchecked.</param>
    /// <exception cref="S3Exception">InvalidArgument.</exception>
    public static void Check(NotificationConfiguration configuration, string? functionArn, bool checkDestinations)
    {
        foreach (NotificationTarget target in configuration.Targets)
        {
            CheckTarget(target, checkDestinations ? functionArn : target.Arn);
        }

        if (configuration.Targets.Select(target => target.Id).Distinct(StringComparer.Ordinal).Count() < configuration.Targets.Count)
        {
            throw S3Error.Argument("Same ID used for multiple configurations. IDs must be unique", "Id", null);
        }

        for (int i = 0; i < configuration.Targets.Count; i++)
        {
            for (int j = 0; j < i; j++)
            {
                CheckOverlap(configuration.Targets[j], configuration.Targets[i]);
            }
        }
    }

    private static void CheckTarget(NotificationTarget target, string? functionArn)
    {
        if (target.Id.Length > MaxIdLength)
        {
            throw S3Error.Argument($"The ID has more than {MaxIdLength} characters", "Id", target.Id);
        }

        if (target.Events.FirstOrDefault(name => !NotificationEvents.IsSupported(name)) is { } unknown)
        {
            throw S3Error.Argument("The event is not supported for notifications", "Event", unknown);
        }

        string service = target.Kind switch
        {
            NotificationTargetKind.Function => "lambda",
            NotificationTargetKind.Queue => "sqs",
            _ => "sns",
        };
        if (ArnForm().Match(target.Arn) is not { Success: true } arn || arn.Groups["service"].Value != service)
        {
            throw S3Error.Argument($"The ARN is not well formed: expected arn:aws:{service}:REGION:ACCOUNT:…", "Arn", target.Arn);
        }

        // Targets in other accounts and services cannot be checked here. They are stored, but receive nothing.
        if (target.Kind == NotificationTargetKind.Function && arn.Groups["account"].Value == LocalAccount.Id && target.Arn != functionArn)
        {
            string there = functionArn is null ? "there is no function" : $"the function is {functionArn}";
            throw S3Error.Argument($"Unable to validate the following destination configurations: {there}", "Arn", target.Arn);
        }
    }

    /// <summary>S3 refuses two targets that could receive the same event.</summary>
    private static void CheckOverlap(NotificationTarget a, NotificationTarget b)
    {
        if (a.Events.Any(name => b.Events.Any(other => NotificationEvents.Overlap(name, other)))
            && Nested(a.Prefix ?? "", b.Prefix ?? "", (text, part) => text.StartsWith(part, StringComparison.Ordinal))
            && Nested(a.Suffix ?? "", b.Suffix ?? "", (text, part) => text.EndsWith(part, StringComparison.Ordinal)))
        {
            throw S3Error.Argument(
                $"Configuration is ambiguously defined. Cannot have overlapping suffixes in two rules if the prefixes are overlapping for the same event type: {a.Id}, {b.Id}", "Id", b.Id);
        }
    }

    private static bool Nested(string a, string b, Func<string, string, bool> contains) => contains(a, b) || contains(b, a);

    [GeneratedRegex(@"\Aarn:[a-z][a-z0-9-]*:(?<service>lambda|sqs|sns):[a-z0-9-]+:(?<account>[0-9]{12}):[^\s]+\z")]
    private static partial Regex ArnForm();
}
