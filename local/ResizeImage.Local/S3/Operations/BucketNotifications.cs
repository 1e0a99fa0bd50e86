using ResizeImage.Local.S3.Notifications;
using ResizeImage.Local.S3.Storage;

namespace ResizeImage.Local.S3.Operations;

/// <summary>Notification configurations of buckets.</summary>
internal sealed class BucketNotifications(ObjectStore store, S3ServerOptions options)
{
    /// <summary>The notification configuration from a client, or the default of this server.</summary>
    public NotificationConfiguration NotificationsOf(string bucket) =>
        store.Find(bucket).Configuration.Notification
        ?? (options.DefaultNotifications is { } standard && standard.Bucket == bucket ? standard.Configuration : NotificationConfiguration.Empty);

    public Task GetBucketNotificationConfigurationAsync(S3Call call)
    {
        NotificationConfiguration configuration = NotificationsOf(call.Bucket);
        return call.WriteXmlAsync(NotificationXml.Root, xml => NotificationXml.Write(xml, configuration));
    }

    /// <remarks>Replaces the whole configuration, as S3 does. Targets other than the local function are stored, but receive nothing.</remarks>
    public async Task PutBucketNotificationConfigurationAsync(S3Call call)
    {
        Bucket bucket = store.Find(call.Bucket);
        NotificationConfiguration configuration = NotificationXml.Read(await call.ReadXmlBodyAsync());
        bool check = !string.Equals(call.Header("x-amz-skip-destination-validation"), "true", StringComparison.OrdinalIgnoreCase);
        NotificationRules.Check(configuration, options.FunctionArn, check);
        using StagedFile staged = store.Stage();
        bucket.Configure(present => present with { Notification = configuration }, staged);
        options.NotificationsChanged(call.Bucket, configuration);
    }
}
