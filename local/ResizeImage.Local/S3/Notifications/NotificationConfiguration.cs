using ResizeImage.Local.Events;

namespace ResizeImage.Local.S3.Notifications;

/// <summary>Where a bucket sends its events: "Amazon S3 Event Notifications" in the Amazon S3 User Guide.</summary>
/// <param name="Targets">In the order in which they were sent.</param>
/// <param name="EventBridge">Whether events would go to EventBridge as well.</param>
internal sealed record NotificationConfiguration(IReadOnlyList<NotificationTarget> Targets, bool EventBridge = false)
{
    public static readonly NotificationConfiguration Empty = new([]);

    /// <summary>The targets that an event is sent to.</summary>
    public IEnumerable<NotificationTarget> Matching(ObjectEvent happened) => Targets.Where(target => target.Matches(happened));
}

/// <summary>The kinds of notification targets.</summary>
internal enum NotificationTargetKind
{
    Function,
    Queue,
    Topic,
}

/// <summary>A target of notifications and its filter.</summary>
/// <param name="Id">Unique in the configuration.</param>
/// <param name="Arn">Of the function, queue or topic.</param>
/// <param name="Events">Such as s3:ObjectCreated:*.</param>
/// <param name="Prefix">Only for keys that begin with it; null for no such rule.</param>
/// <param name="Suffix">Only for keys that end with it; null for no such rule.</param>
internal sealed record NotificationTarget(
    NotificationTargetKind Kind, string Id, string Arn, IReadOnlyList<string> Events, string? Prefix = null, string? Suffix = null)
{
    public bool Matches(ObjectEvent happened) =>
        Events.Any(pattern => NotificationEvents.Overlap(pattern, "s3:" + happened.Name))
        && happened.Key.StartsWith(Prefix ?? "", StringComparison.Ordinal)
        && happened.Key.EndsWith(Suffix ?? "", StringComparison.Ordinal);
}
