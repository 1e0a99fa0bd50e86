using System.Text;
using ResizeImage.Configuration;
using ResizeImage.Imaging;
using ResizeImage.Photos;
using ResizeImage.Storage;

namespace ResizeImage.Http;

/// <summary>The thumbnail that a path names: the path is its key below OUTPUT_PREFIX.</summary>
/// <param name="Thumbnail">Its photo and output.</param>
/// <param name="Location">Where it is stored.</param>
internal sealed record RequestedThumbnail(ThumbnailLocations Thumbnail, ObjectLocation Location)
{
    /// <summary>Finds it. Only keys that the settings give to thumbnails lead to an object.</summary>
    /// <param name="access">To S3.</param>
    /// <param name="settings">The list of outputs, and their names.</param>
    /// <param name="bucket">Of the photos.</param>
    /// <param name="path">With the slash in front.</param>
    /// <returns>Null if no thumbnail has this path.</returns>
    public static RequestedThumbnail? Find(ObjectAccess access, Settings settings, string bucket, string path)
    {
        if (!path.StartsWith('/') || !IsKey(path))
        {
            return null;
        }

        ObjectLocation location = new(settings.OutputBucket ?? bucket, settings.OutputPrefix + path[1..]);
        foreach (ThumbnailOutput output in settings.Outputs)
        {
            if (settings.OutputKey.PathOf(path[1..], output) is { } photo && IsPhoto(settings.InputPrefix + photo))
            {
                ThumbnailLocations thumbnail = new(access, settings, new ObjectLocation(bucket, settings.InputPrefix + photo), output);
                if (thumbnail.CanBeAt(location))
                {
                    return new RequestedThumbnail(thumbnail, location);
                }
            }
        }

        return null;
    }

    /// <summary>Folder markers are none.</summary>
    private static bool IsPhoto(string key) => !key.EndsWith('/') && IsKey(key);

    /// <summary>
    /// Whether S3 is asked for exactly this. An HTTP client resolves the segments . and .. (RFC 3986, 5.2.4): a request for input/../secret would be
    /// one for secret.
    /// </summary>
    private static bool IsKey(string key) =>
        Encoding.UTF8.GetByteCount(key) <= ObjectLocation.MaxKeyBytes && !Array.Exists(key.Split('/'), segment => segment is "." or "..");
}
