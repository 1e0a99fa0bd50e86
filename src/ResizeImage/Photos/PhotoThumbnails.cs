using ResizeImage.Configuration;
using ResizeImage.Storage;

namespace ResizeImage.Photos;

/// <summary>All thumbnails of a photo: one for each of the outputs.</summary>
internal sealed class PhotoThumbnails(ObjectAccess access, Settings settings, ObjectLocation photo)
{
    private readonly ThumbnailLocations[] _outputs = [.. settings.Outputs.Select(output => new ThumbnailLocations(access, settings, photo, output))];

    /// <summary>The outputs, in the order of the settings.</summary>
    public IReadOnlyList<ThumbnailLocations> Outputs => _outputs;

    /// <summary>Why there is nothing to delete.</summary>
    public string ReasonForNone => _outputs[0].ReasonForNone;

    /// <summary>Finds the thumbnails that were made with these settings, of the photo as it is now or was before.</summary>
    /// <returns>For each output, where it is, and the ETag of the photo that it was made of; null if there is none.</returns>
    public Task<(ObjectLocation Location, string ETag)?[]> FindAsync(CancellationToken cancellationToken) =>
        Task.WhenAll(_outputs.Select(output => output.FindAsync(cancellationToken)));

    /// <summary>Whether each output has a thumbnail of the photo with this ETag.</summary>
    public async Task<bool> AreOfAsync(string etag, CancellationToken cancellationToken) =>
        Array.TrueForAll(await FindAsync(cancellationToken), found => found?.ETag == etag);

    /// <summary>Deletes all thumbnails of the photo (<see cref="ThumbnailLocations.DeleteAsync"/>).</summary>
    /// <returns>The last one that was deleted; null if there was none, or DELETE_THUMBNAILS is false.</returns>
    public async Task<ObjectLocation?> DeleteAsync(CancellationToken cancellationToken)
    {
        ObjectLocation?[] deleted = await Task.WhenAll(_outputs.Select(output => output.DeleteAsync(except: null, cancellationToken)));
        return Array.FindLast(deleted, location => location is not null);
    }
}
