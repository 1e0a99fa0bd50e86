using ResizeImage.Configuration;
using ResizeImage.Imaging;
using ResizeImage.Storage;

namespace ResizeImage.Photos;

/// <summary>The thumbnails of a photo that one update is about: those that it makes, and those that it only keeps from being outdated.</summary>
internal sealed class PhotoThumbnails
{
    private readonly ThumbnailLocations[] _outputs;
    private readonly ThumbnailLocations[] _onRequest;

    private PhotoThumbnails(ThumbnailLocations[] outputs, ThumbnailLocations[] onRequest)
    {
        _outputs = outputs;
        _onRequest = onRequest;
    }

    /// <summary>The outputs to make, in the order of the settings. May be empty.</summary>
    public IReadOnlyList<ThumbnailLocations> Outputs => _outputs;

    /// <summary>Whether there may be thumbnails that a request made.</summary>
    public bool HaveOnRequest => _onRequest.Length > 0;

    /// <summary>Why there is nothing to delete.</summary>
    public string ReasonForNone => _outputs is [var first, ..] ? first.ReasonForNone : _onRequest[0].ReasonForNone;

    /// <summary>All thumbnails of a photo, for an event: those of the upload are made, those of requests only deleted when they are outdated.</summary>
    public static PhotoThumbnails OfEvent(ObjectAccess access, Settings settings, ObjectLocation photo)
    {
        return new PhotoThumbnails([.. settings.UploadOutputs.Select(Locations)], [.. settings.OnRequestOutputs.Select(Locations)]);

        ThumbnailLocations Locations(ThumbnailOutput output) => new(access, settings, photo, output);
    }

    /// <summary>The one thumbnail that a request asks for.</summary>
    public static PhotoThumbnails OfRequest(ThumbnailLocations output) => new([output], []);

    /// <summary>Finds the thumbnails that were made with these settings, of the photo as it is now or was before.</summary>
    /// <returns>For each output, where it is, and the ETag of the photo that it was made of; null if there is none.</returns>
    public Task<(ObjectLocation Location, string ETag)?[]> FindAsync(CancellationToken cancellationToken) =>
        Task.WhenAll(_outputs.Select(output => output.FindAsync(cancellationToken)));

    /// <summary>Whether each output has a thumbnail of the photo with this ETag.</summary>
    public async Task<bool> AreOfAsync(string etag, CancellationToken cancellationToken) =>
        Array.TrueForAll(await FindAsync(cancellationToken), found => found?.ETag == etag);

    /// <summary>Deletes the thumbnails made on request that are not of the photo with this ETag, or of other settings. The next request makes them again.</summary>
    /// <returns>Whether there was any.</returns>
    public async Task<bool> DeleteOutdatedAsync(string etag, CancellationToken cancellationToken) =>
        Array.Exists(await Task.WhenAll(_onRequest.Select(output => output.DeleteOutdatedAsync(etag, cancellationToken))), deleted => deleted);

    /// <summary>Deletes all thumbnails of the photo (<see cref="ThumbnailLocations.DeleteAsync"/>).</summary>
    /// <returns>The last one that was deleted; null if there was none, or DELETE_THUMBNAILS is false.</returns>
    public async Task<ObjectLocation?> DeleteAsync(CancellationToken cancellationToken)
    {
        ObjectLocation?[] deleted = await Task.WhenAll(_outputs.Concat(_onRequest).Select(output => output.DeleteAsync(except: null, cancellationToken)));
        return Array.FindLast(deleted, location => location is not null);
    }
}
