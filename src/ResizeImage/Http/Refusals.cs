using ResizeImage.Configuration;
using ResizeImage.Imaging;
using ResizeImage.Photos;
using ResizeImage.Reports;

namespace ResizeImage.Http;

/// <summary>
/// The answers without a thumbnail. Their text is for whoever sent the request: what a photo's own file says may be in it, what S3 said may not,
/// because it names buckets, roles and keys. The log has that.
/// </summary>
internal static class Refusals
{
    /// <summary>A photo may be uploaded any moment.</summary>
    private const string MissingFor = "max-age=10";

    /// <summary>Only another upload makes a photo of it.</summary>
    private const string NoImageFor = "max-age=60";

    private const string RetryAfterSeconds = "5";

    public static HttpAnswer Method() =>
        HttpAnswer.OfText(405, "The method is not GET or HEAD. Use one of these.", HttpAnswer.NoStore, new KeyValuePair<string, string>("Allow", "GET, HEAD"));

    public static HttpAnswer NoBucket() =>
        HttpAnswer.OfText(500, $"The function does not know whose photos to serve. Set its environment variable {SettingVariables.InputBucket}.", HttpAnswer.NoStore);

    public static HttpAnswer UnknownPath() =>
        HttpAnswer.OfText(404, $"No thumbnail has this path. Use the key of a photo, with a size of {ThumbnailSetting.Size.Variable} where {SettingVariables.OutputKey} has it.", MissingFor);

    public static HttpAnswer NoPhoto() => HttpAnswer.OfText(404, "There is no photo for this path. Upload it, or correct the path.", MissingFor);

    public static HttpAnswer OtherFormat() =>
        HttpAnswer.OfText(404, "The thumbnail of this photo has another format. Use the path with the extension of that format.", MissingFor);

    public static HttpAnswer Unavailable() => HttpAnswer.OfText(
        503, "The thumbnail cannot be served now. Try again in a few seconds.", HttpAnswer.NoStore, new KeyValuePair<string, string>("Retry-After", RetryAfterSeconds));

    /// <summary>The answer for a photo that gave no thumbnail.</summary>
    public static HttpAnswer Of(UpdateOutcome outcome) => outcome switch
    {
        { IsGone: true } => NoPhoto(),
        { Result: { Status: RecordStatus.Rejected, Reason: { } reason } } => outcome.Failure switch
        {
            ImageLimitException or TooSlowException => HttpAnswer.OfText(413, reason, NoImageFor),
            ImageException => HttpAnswer.OfText(415, reason, NoImageFor),
            _ => HttpAnswer.OfText(404, "The photo of this path cannot be read: it is archived, encrypted by its uploader, or paid for by its reader.", NoImageFor),
        },
        _ => Unavailable(),
    };
}
