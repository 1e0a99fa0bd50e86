using ResizeImage.Local.Events;

namespace ResizeImage.Local.Web.History;

/// <summary>The photos of the bucket and their thumbnails.</summary>
/// <param name="inputPrefix">Keys of photos begin with it.</param>
/// <param name="possiblePlaces">Where the thumbnails of a photo can be before the function has reported on it; gets the photo's key below the input prefix.</param>
internal sealed class PhotoTable(string bucket, string inputPrefix, Func<string, IReadOnlyList<ThumbnailPlace>> possiblePlaces)
{
    private readonly Dictionary<string, Photo> _photos = new(StringComparer.Ordinal);
    private readonly Dictionary<string, StoredThumbnail> _stored = new(StringComparer.Ordinal);
    private readonly Dictionary<string, IReadOnlyList<ThumbnailPlace>> _placesOf = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _photoOf = new(StringComparer.Ordinal);

    public IEnumerable<Photo> All => _photos.Keys.Select(key => Find(key)!);

    /// <summary>The photo of the key with its thumbnails that are in S3; null for an unknown key.</summary>
    public Photo? Find(string key) => _photos.GetValueOrDefault(key) is { } photo
        ? photo with { Thumbnails = [.. _placesOf[key].Select(Stored).OfType<StoredThumbnail>()] }
        : null;

    /// <summary>Takes note of something that happened in S3.</summary>
    /// <returns>The key of the photo that it changes; null for none.</returns>
    public string? Apply(ObjectEvent happened)
    {
        if (happened.Bucket != bucket)
        {
            return null;
        }

        if (happened.Key.StartsWith(inputPrefix, StringComparison.Ordinal) && !happened.Key.EndsWith('/'))
        {
            ApplyToPhoto(happened);
            return happened.Key;
        }

        if (happened.IsCreation)
        {
            _stored[happened.Key] = new StoredThumbnail(happened.Key, happened.Size, happened.ETag);
        }
        else
        {
            _stored.Remove(happened.Key);
        }

        return _photoOf.GetValueOrDefault(happened.Key);
    }

    /// <summary>Takes note of where an invocation is.</summary>
    public void Apply(InvocationRecord invocation)
    {
        foreach (string key in invocation.Keys)
        {
            if (_photos.TryGetValue(key, out Photo? photo))
            {
                ThumbnailReportLine? result = invocation.ResultOf($"s3://{bucket}/{key}");
                _photos[key] = photo with
                {
                    InvocationId = invocation.Id,
                    Status = result?.Status ?? (invocation.IsAnswered ? photo.Result?.Status : null) ?? invocation.PhotoStatus,
                    Reason = result is null ? invocation.ErrorMessage : result.Reason,
                    Result = result ?? photo.Result,
                };
                if (PlacesIn(result) is { Length: > 0 } places)
                {
                    // A report names none that requests make.
                    IEnumerable<ThumbnailPlace> others = possiblePlaces(photo.Name).Where(place => place.IsOnRequest && !Array.Exists(places, named => named.Key == place.Key));
                    Pair(key, [.. places, .. others]);
                }
            }
        }
    }

    private void ApplyToPhoto(ObjectEvent happened)
    {
        string key = happened.Key;
        if (!happened.IsCreation)
        {
            _photos.Remove(key);
            Unpair(key);
            return;
        }

        // The invocation may have been queued before this was read: what is known of it stays.
        Photo? before = _photos.GetValueOrDefault(key);
        string name = key[inputPrefix.Length..];
        _photos[key] = new Photo
        {
            Key = key,
            Name = name,
            Size = happened.Size,
            ETag = happened.ETag,
            Time = happened.Time,
            InvocationId = before?.InvocationId,
            Status = before?.Status ?? PhotoStatus.Stored,
            Reason = before?.Reason,
            Result = before?.Result,
        };
        if (!_placesOf.ContainsKey(key))
        {
            Pair(key, possiblePlaces(name));
        }
    }

    private StoredThumbnail? Stored(ThumbnailPlace place) =>
        _stored.GetValueOrDefault(place.Key) is { } stored ? stored with { Name = place.Name } : null;

    /// <summary>The places in the photo's bucket that a report names.</summary>
    private ThumbnailPlace[] PlacesIn(ThumbnailReportLine? result)
    {
        string start = $"s3://{bucket}/";
        IReadOnlyList<OutputReportLine> outputs = result?.Outputs ?? [new OutputReportLine(null, result?.Destination, null, null)];
        return
        [
            .. outputs.Where(output => output.Destination?.StartsWith(start, StringComparison.Ordinal) == true)
                .Select(output => new ThumbnailPlace(output.Name, output.Destination![start.Length..])),
        ];
    }

    private void Pair(string photo, IReadOnlyList<ThumbnailPlace> places)
    {
        Unpair(photo);
        _placesOf[photo] = places;
        foreach (ThumbnailPlace place in places)
        {
            _photoOf[place.Key] = photo;
        }
    }

    private void Unpair(string photo)
    {
        foreach (ThumbnailPlace place in _placesOf.GetValueOrDefault(photo) ?? [])
        {
            // By OUTPUT_KEY another photo may have the same thumbnail.
            if (_photoOf.GetValueOrDefault(place.Key) == photo)
            {
                _photoOf.Remove(place.Key);
            }
        }

        _placesOf.Remove(photo);
    }
}
