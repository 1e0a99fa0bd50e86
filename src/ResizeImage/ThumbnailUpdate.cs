using ResizeImage.Configuration;
using ResizeImage.Imaging;
using ResizeImage.Observability;
using ResizeImage.Storage;

namespace ResizeImage;

/// <summary>
/// Brings the thumbnail of one photo in line with the photo as it is now, whatever happened to it and in whatever order it is told.
/// </summary>
/// <remarks>
/// Whoever changes the thumbnail asks afterwards whether the photo still is what the change was made for, and if not, begins again.
/// So of all the invocations that work on one photo at a time, the one that writes last has seen the photo unchanged after its write;
/// a photo that changes later has an event of its own, which comes here again; and an invocation that dies in between is retried by
/// Lambda.
/// </remarks>
/// <param name="access">To S3.</param>
/// <param name="settings">What thumbnails shall be.</param>
/// <param name="thumbnailer">Makes them.</param>
/// <param name="photo">The photo.</param>
/// <param name="change">What was told of it.</param>
/// <param name="time">How long it may take.</param>
internal sealed class ThumbnailUpdate(
    ObjectAccess access, Settings settings, IThumbnailer thumbnailer, ObjectLocation photo, ObjectChange change, PhotoTime time)
{
    /// <summary>A photo that changes more often while it is worked on is left to a retry.</summary>
    internal const int MaxRounds = 5;

    private readonly ThumbnailLocations _thumbnails = new(access, settings, photo);
    private readonly StageClock _clock = new();

    /// <summary>What became of it, as far as it has come; failed until it is done.</summary>
    public RecordResult Result { get; private set; } = Begin(photo);

    /// <summary>ETag of the photo that was last read, without quotes; null if none was.</summary>
    public string? ETag { get; private set; }

    /// <summary>What the time went into.</summary>
    public StageTimes Stages => _clock.Times;

    /// <summary>Whether there is no photo.</summary>
    public bool IsGone { get; private set; }

    /// <summary>Does it.</summary>
    /// <exception cref="ImageException">No thumbnail can be made of the photo.</exception>
    /// <exception cref="StorageException">S3 refused, or the connection broke.</exception>
    /// <exception cref="OperationCanceledException">The photo's time was up, and it may be done with more time.</exception>
    public async Task RunAsync()
    {
        for (int round = 1; !await FollowAsync(askFirst: round > 1 || change.IsLikelyRepeat, time.Token); round++)
        {
            if (round == MaxRounds)
            {
                Result = Begin(photo) with { Reason = $"The photo changed {MaxRounds} times while its thumbnail was made." };
                return;
            }
        }
    }

    private static RecordResult Begin(ObjectLocation photo) => new() { Status = RecordStatus.Failed, Source = photo.ToString() };

    /// <summary>Looks at the photo and does to the thumbnail what it asks for.</summary>
    /// <returns>False if the photo may have changed in the meantime: look again.</returns>
    private async Task<bool> FollowAsync(bool askFirst, CancellationToken cancellationToken)
    {
        Result = Begin(photo);
        ETag = null;
        IsGone = false;
        try
        {
            (ObjectLocation Location, string ETag)? upToDate = askFirst
                ? await _clock.TimeAsync(Stage.Ask, () => _thumbnails.FindAsync(cancellationToken))
                : null;
            using SourceObject? current = await _clock.TimeAsync(Stage.Read, () => access.Reader.ReadAsync(photo, upToDate?.ETag, cancellationToken));
            return current is null
                ? await KeepAsync(upToDate!.Value.Location, upToDate.Value.ETag, cancellationToken)
                : await MakeAsync(current, cancellationToken);
        }
        catch (StorageException exception) when (exception.IsGone)
        {
            return await FollowRemovalAsync(exception, cancellationToken);
        }
        catch (TooSlowException exception)
        {
            await RefuseAsync(exception);
            return true;
        }
        catch (ImageException)
        {
            // A thumbnail of what the photo was before does not show what it is now. Having deleted one, look again.
            if (await DeleteAsync(except: null, cancellationToken) is null)
            {
                throw;
            }

            return false;
        }
    }

    private async Task<bool> KeepAsync(ObjectLocation upToDate, string etag, CancellationToken cancellationToken)
    {
        Result = Result with
        {
            Status = RecordStatus.Skipped,
            Destination = upToDate.ToString(),
            Reason = "The thumbnail is up to date: made of this photo with these settings.",
        };

        // Another format may have left one under another name, and this invocation itself in an earlier round.
        bool changed = _thumbnails.HaveSeveralNames && await DeleteAsync(except: upToDate, cancellationToken) is not null;
        return !changed || await CurrentETagAsync(cancellationToken) == etag;
    }

    private async Task<bool> MakeAsync(SourceObject current, CancellationToken cancellationToken)
    {
        ETag = current.ETag;
        Result = Result with { BytesIn = current.Bytes.Length };
        Thumbnail thumbnail = _clock.Time(Stage.Make, () => Make(current));
        Result = Result with { SourceWidth = thumbnail.Source.UprightWidth, SourceHeight = thumbnail.Source.UprightHeight };

        ObjectLocation destination = _thumbnails.Of(thumbnail);
        if (_thumbnails.ReasonToRefuse(destination) is { } refusal)
        {
            Result = Result with { Status = RecordStatus.Rejected, Reason = refusal };
            return true;
        }

        await _clock.TimeAsync(
            Stage.Write, () => access.Writer.WriteAsync(destination, thumbnail, _thumbnails.Origin(current.ETag), cancellationToken));
        if (_thumbnails.HaveSeveralNames)
        {
            await DeleteAsync(except: destination, cancellationToken);
        }

        bool unchanged = await CurrentETagAsync(cancellationToken) == current.ETag;
        if (unchanged)
        {
            Result = Result with
            {
                Status = RecordStatus.Made,
                Destination = destination.ToString(),
                Reason = thumbnail.Note,
                Width = thumbnail.Width,
                Height = thumbnail.Height,
                BytesOut = thumbnail.Data.Length,
            };
        }

        return unchanged;
    }

    private Thumbnail Make(SourceObject current)
    {
        long start = time.Timestamp;
        try
        {
            return thumbnailer.Make(current.Bytes, settings.Thumbnail, time.Token);
        }
        catch (OperationCanceledException) when (time.Token.IsCancellationRequested && time.IsNearlyAll(time.Since(start)))
        {
            throw new TooSlowException(time.Since(start));
        }
    }

    /// <summary>As for a photo of which no thumbnail can be made, but that there is no time to look again: if it changed, a retry does.</summary>
    private async Task RefuseAsync(TooSlowException exception)
    {
        bool changed = await DeleteAsync(except: null, time.Afterwards) is not null && await CurrentETagAsync(time.Afterwards) != ETag;
        Result = Result with
        {
            Status = changed ? RecordStatus.Failed : RecordStatus.Rejected,
            Reason = changed ? $"{exception.Message} Meanwhile the photo changed." : exception.Message,
        };
    }

    private async Task<bool> FollowRemovalAsync(StorageException gone, CancellationToken cancellationToken)
    {
        IsGone = true;
        ObjectLocation? deleted = await DeleteAsync(except: null, cancellationToken);
        if (deleted is null)
        {
            Result = Result with
            {
                Status = change.Kind == ChangeKind.Removed ? RecordStatus.Skipped : RecordStatus.Rejected,
                Reason = change.Kind == ChangeKind.Removed ? _thumbnails.ReasonForNone : gone.Message,
            };
            return true;
        }

        Result = Result with { Status = RecordStatus.Deleted, Destination = deleted.ToString(), Reason = "The photo is gone." };
        return await CurrentETagAsync(cancellationToken) is null;
    }

    private Task<ObjectLocation?> DeleteAsync(ObjectLocation? except, CancellationToken cancellationToken) =>
        _clock.TimeAsync(Stage.Write, () => _thumbnails.DeleteAsync(except, cancellationToken));

    private Task<string?> CurrentETagAsync(CancellationToken cancellationToken) =>
        _clock.TimeAsync(Stage.Check, () => access.Probe.ETagAsync(photo, cancellationToken));
}
