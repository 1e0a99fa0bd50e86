using System.Text;
using ResizeImage.Configuration;
using ResizeImage.Imaging;
using ResizeImage.Storage;

namespace ResizeImage.Photos;

/// <summary>Finds, names and deletes the thumbnails of a photo that are one of the outputs.</summary>
internal sealed class ThumbnailLocations(ObjectAccess access, Settings settings, ObjectLocation photo, ThumbnailOutput output)
{
    private readonly string _bucket = settings.OutputBucket ?? photo.Bucket;

    private readonly string _path = photo.Key[settings.InputPrefix.Length..];

    private ObjectLocation[]? _possible;

    /// <summary>The photo.</summary>
    public ObjectLocation Photo => photo;

    /// <summary>The output.</summary>
    public ThumbnailOutput Output => output;

    /// <summary>Whether a thumbnail of another format has another name, so that an older one may be left under it.</summary>
    public bool HaveSeveralNames => Possible.Length > 1;

    /// <summary>Why there is nothing to delete.</summary>
    public string ReasonForNone => Possible.Length > 0
        ? "The photo is gone, and has no thumbnail."
        : "The photo is gone, and the name of its thumbnail with it: OUTPUT_KEY names thumbnails by a size that depends on the photo.";

    /// <summary>Where thumbnails of the photo can be.</summary>
    private ObjectLocation[] Possible =>
        _possible ??= Array.FindAll(Array.ConvertAll(settings.OutputKey.PossibleKeys(_path, output), At), location => ReasonToRefuse(location) is null);

    /// <summary>Where a thumbnail goes.</summary>
    public ObjectLocation Of(Thumbnail thumbnail) => At(settings.OutputKey.Expand(_path, output, thumbnail));

    /// <summary>The origin of a thumbnail that is made of the photo with this ETag.</summary>
    public ThumbnailOrigin Origin(string etag) => new(etag, ThumbnailOrigin.IdOf(photo), SettingsFingerprint.Of(settings, output));

    /// <summary>Finds a thumbnail that was made with these settings, of the photo as it is now or was before.</summary>
    /// <returns>Where it is, and the ETag of the photo that it was made of; null if there is none.</returns>
    public async Task<(ObjectLocation Location, string ETag)?> FindAsync(CancellationToken cancellationToken)
    {
        foreach (ObjectLocation location in Possible)
        {
            ThumbnailOrigin? found = await access.Probe.OriginAsync(location, cancellationToken);
            if (found is not null && found == Origin(found.SourceETag))
            {
                return (location, found.SourceETag);
            }
        }

        return null;
    }

    /// <summary>Deletes thumbnails of the photo except <paramref name="except"/>, and nothing else: no object that this function did not make, and no thumbnail of another photo.</summary>
    /// <returns>The last one that was deleted; null if there was none, or DELETE_THUMBNAILS is false.</returns>
    public Task<ObjectLocation?> DeleteAsync(ObjectLocation? except, CancellationToken cancellationToken) =>
        DeleteWhereAsync(Array.FindAll(Possible, location => settings.DeleteThumbnails && location != except), _ => true, cancellationToken);

    /// <summary>Deletes thumbnails of the photo that were made of another state than that with this ETag, or with other settings.</summary>
    /// <returns>Whether there was any.</returns>
    public async Task<bool> DeleteOutdatedAsync(string etag, CancellationToken cancellationToken) =>
        await DeleteWhereAsync(Possible, origin => origin != Origin(etag), cancellationToken) is not null;

    /// <summary>Whether a thumbnail of the photo can be there, and may.</summary>
    public bool CanBeAt(ObjectLocation location) => Array.IndexOf(Possible, location) >= 0;

    /// <summary>Why nothing may be written there; null if it may.</summary>
    public string? ReasonToRefuse(ObjectLocation destination)
    {
        if (settings.WouldTrigger(photo.Bucket, destination.Bucket, destination.Key))
        {
            return $"The thumbnail would be {destination}, below INPUT_PREFIX \"{settings.InputPrefix}\" of the same bucket, and trigger the function again. "
                + "Change OUTPUT_PREFIX, OUTPUT_KEY or OUTPUT_BUCKET.";
        }

        if (destination.Key.StartsWith(settings.StatePrefix, StringComparison.Ordinal))
        {
            return $"The thumbnail would be {destination}, where the function keeps how far a reconciliation has come. Give the photo another name.";
        }

        int bytes = Encoding.UTF8.GetByteCount(destination.Key);
        return bytes > ObjectLocation.MaxKeyBytes
            ? $"The thumbnail's key would have {bytes} bytes; S3 allows {ObjectLocation.MaxKeyBytes}. Shorten OUTPUT_PREFIX or OUTPUT_KEY."
            : null;
    }

    private async Task<ObjectLocation?> DeleteWhereAsync(ObjectLocation[] locations, Predicate<ThumbnailOrigin> isUnwanted, CancellationToken cancellationToken)
    {
        ObjectLocation? deleted = null;
        foreach (ObjectLocation location in locations)
        {
            if (await access.Probe.OriginAsync(location, cancellationToken) is { } origin && origin.IsOf(photo) && isUnwanted(origin))
            {
                await access.Writer.DeleteAsync(location, cancellationToken);
                deleted = location;
            }
        }

        return deleted;
    }

    private ObjectLocation At(string key) => new(_bucket, settings.OutputPrefix + key);
}
