using ResizeImage.Local.S3.Notifications;

namespace ResizeImage.Local.S3.Operations;

internal sealed partial class S3Operations
{
    /// <summary>What the bucket notifies of: as it was put, or else as the server was started.</summary>
    public NotificationConfiguration NotificationsOf(string bucket) =>
        store.Find(bucket).Configuration.Notification
        ?? (options.DefaultNotifications is { } standard && standard.Bucket == bucket ? standard.Configuration : NotificationConfiguration.Empty);

    public Task GetBucketNotificationConfigurationAsync(S3Call call)
    {
        var configuration = NotificationsOf(call.Bucket);
        return call.WriteXmlAsync(NotificationXml.Root, xml => NotificationXml.Write(xml, configuration));
    }

    /// <remarks>Replaces all that the bucket had, as in S3. Targets that are not here are kept and get nothing.</remarks>
    public async Task PutBucketNotificationConfigurationAsync(S3Call call)
    {
        var bucket = store.Find(call.Bucket);
        var configuration = NotificationXml.Read(await call.ReadXmlBodyAsync());
        bool check = !string.Equals(call.Header("x-amz-skip-destination-validation"), "true", StringComparison.OrdinalIgnoreCase);
        NotificationRules.Check(configuration, options.FunctionArn, check);
        using var staged = store.Stage();
        bucket.Configure(present => present with { Notification = configuration }, staged);
        options.NotificationsChanged(call.Bucket, configuration);
    }
}
