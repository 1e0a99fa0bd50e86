using ResizeImage.Local.Events;

namespace ResizeImage.Local.Web.History;

/// <summary>The photos of the bucket and their thumbnails.</summary>
/// <param name="inputPrefix">Keys of photos begin with it.</param>
/// <param name="outputPrefix">Keys of thumbnails usually begin with it.</param>
internal sealed class PhotoTable(string bucket, string inputPrefix, string outputPrefix)
{
    private readonly Dictionary<string, Photo> _photos = new(StringComparer.Ordinal);
    private readonly Dictionary<string, StoredThumbnail> _stored = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _thumbnailOf = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _photoOf = new(StringComparer.Ordinal);

    public IEnumerable<Photo> All => _photos.Keys.Select(key => Find(key)!);

    /// <summary>The photo of the key with its thumbnail, if there is one in S3; null for an unknown key.</summary>
    public Photo? Find(string key) => _photos.GetValueOrDefault(key) is { } photo
        ? photo with { Thumbnail = _stored.GetValueOrDefault(_thumbnailOf[key]) }
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
                    Status = result?.Status ?? invocation.PhotoStatus,
                    Reason = result is null ? invocation.ErrorMessage : result.Reason,
                    Result = result ?? photo.Result,
                };
                Pair(key, result?.Destination);
            }
        }
    }

    private void ApplyToPhoto(ObjectEvent happened)
    {
        string key = happened.Key;
        if (!happened.IsCreation)
        {
            _photos.Remove(key);
            if (_thumbnailOf.Remove(key, out string? thumbnail))
            {
                _photoOf.Remove(thumbnail);
            }

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
        if (!_thumbnailOf.ContainsKey(key))
        {
            Pair(key, $"s3://{bucket}/{outputPrefix}{name}");
        }
    }

    private void Pair(string photo, string? destination)
    {
        string start = $"s3://{bucket}/";
        if (destination is not null && destination.StartsWith(start, StringComparison.Ordinal))
        {
            string thumbnail = destination[start.Length..];
            _thumbnailOf[photo] = thumbnail;
            _photoOf[thumbnail] = photo;
        }
    }
}
