using ResizeImage.Configuration;
using ResizeImage.Deadlines;
using ResizeImage.Imaging;
using ResizeImage.Observability;
using ResizeImage.Storage;

namespace ResizeImage.Photos;

/// <summary>
/// Brings the thumbnail of one photo in line with the photo as it is now, whatever happened to the photo and in whatever order its events
/// arrive.
/// </summary>
/// <remarks>
/// An invocation that changes the thumbnail checks afterwards whether the photo is still the one that it read, and if not, restarts. So
/// of all invocations that work on one photo at a time, the one that writes last has seen the photo unchanged after its write. A photo
/// that changes later has an event of its own, which is processed here again. Lambda retries an invocation that dies midway.
/// </remarks>
internal sealed class ThumbnailUpdate(
    ObjectAccess access, Settings settings, IThumbnailer thumbnailer, ObjectLocation photo, ObjectChange change, PhotoTime time)
{
    /// <summary>A photo that changes more often while it is processed is left to a retry.</summary>
    internal const int MaxRounds = 5;

    private readonly ThumbnailLocations _thumbnails = new(access, settings, photo);
    private readonly StageClock _clock = new(time.Clock);

    /// <summary>The facts of this round. A failure midway reports them, too.</summary>
    private UpdateOutcome _known = NothingKnown(photo);

    /// <summary>Processes the photo. Call it once. It never throws: the outcome has the failure.</summary>
    /// <param name="log">Gets the stack trace of an unexpected exception.</param>
    public async Task<UpdateOutcome> RunAsync(InvocationLog log)
    {
        UpdateOutcome outcome;
        try
        {
            outcome = await TryUntilUnchangedAsync();
        }
        catch (Exception exception)
        {
            outcome = _known with { Result = FailureResults.Of(_known.Result, exception, time, log) };
        }

        return outcome with { Result = outcome.Result with { Stages = _clock.Times } };
    }

    private static UpdateOutcome NothingKnown(ObjectLocation photo) =>
        new(new RecordResult { Status = RecordStatus.Failed, Source = photo.ToString() }, ETag: null, IsGone: false);

    private async Task<UpdateOutcome> TryUntilUnchangedAsync()
    {
        for (int round = 1; round <= MaxRounds; round++)
        {
            _known = NothingKnown(photo);
            if (await TryOnceAsync(probeFirst: round > 1 || change.IsLikelyRepeat, time.Token) is { } outcome)
            {
                return outcome;
            }
        }

        _known = NothingKnown(photo);
        return Outcome(RecordStatus.Failed, $"The photo changed {MaxRounds} times while its thumbnail was made.");
    }

    /// <summary>Reads the photo and makes, keeps or deletes its thumbnail accordingly.</summary>
    /// <returns>Null if the photo may have changed meanwhile: try again.</returns>
    private async Task<UpdateOutcome?> TryOnceAsync(bool probeFirst, CancellationToken cancellationToken)
    {
        try
        {
            (ObjectLocation Location, string ETag)? upToDate = probeFirst
                ? await _clock.TimeAsync(Stage.Probe, () => _thumbnails.FindAsync(cancellationToken))
                : null;
            using SourceObject? current = await _clock.TimeAsync(Stage.Read, () => ReadAsync(upToDate?.ETag, cancellationToken));
            return current is null
                ? await KeepAsync(upToDate!.Value.Location, upToDate.Value.ETag, cancellationToken)
                : await MakeAsync(current, cancellationToken);
        }
        catch (StorageException exception) when (exception.IsGone)
        {
            return await HandleMissingPhotoAsync(exception, cancellationToken);
        }
        catch (TooSlowException exception)
        {
            return await RejectTooSlowAsync(exception);
        }
        catch (ImageException)
        {
            // A thumbnail of an earlier photo does not show this one. After a deletion, check the photo again.
            if (await DeleteAsync(except: null, cancellationToken) is null)
            {
                throw;
            }

            return null;
        }
    }

    /// <exception cref="ImageException">The object's content is not the file of an image that the limits allow.</exception>
    private async Task<SourceObject?> ReadAsync(string? unlessETag, CancellationToken cancellationToken)
    {
        ImageLimits limits = settings.Thumbnail.Limits;
        try
        {
            return await access.Reader.ReadAsync(photo, unlessETag, limits.MaxFileBytes, cancellationToken);
        }
        catch (ObjectTooLargeException exception)
        {
            throw ImageLimitException.OfFile(exception.Bytes, exception.HasMore, limits);
        }
        catch (ObjectContentException exception)
        {
            throw new InvalidImageException(exception.Message, exception);
        }
    }

    private async Task<UpdateOutcome?> KeepAsync(ObjectLocation upToDate, string etag, CancellationToken cancellationToken)
    {
        _known = _known with { Result = _known.Result with { Destination = upToDate.ToString() } };

        // There may be one of another format under another name, left by an earlier photo or by an earlier round.
        bool changed = _thumbnails.HaveSeveralNames && await DeleteAsync(except: upToDate, cancellationToken) is not null;
        return !changed || await CurrentETagAsync(cancellationToken) == etag
            ? Outcome(RecordStatus.Skipped, "The thumbnail is up to date: made of this photo with these settings.")
            : null;
    }

    private async Task<UpdateOutcome?> MakeAsync(SourceObject current, CancellationToken cancellationToken)
    {
        _known = _known with { ETag = current.ETag, Result = _known.Result with { BytesIn = current.Bytes.Length } };
        Thumbnail thumbnail = _clock.Time(Stage.Make, () => Make(current));
        _known = _known with
        {
            Result = _known.Result with { SourceWidth = thumbnail.Source.UprightWidth, SourceHeight = thumbnail.Source.UprightHeight },
        };

        ObjectLocation destination = _thumbnails.Of(thumbnail);
        if (_thumbnails.ReasonToRefuse(destination) is { } refusal)
        {
            return Outcome(RecordStatus.Rejected, refusal);
        }

        await _clock.TimeAsync(
            Stage.Write, () => access.Writer.WriteAsync(destination, thumbnail, _thumbnails.Origin(current.ETag), cancellationToken));
        if (_thumbnails.HaveSeveralNames)
        {
            await DeleteAsync(except: destination, cancellationToken);
        }

        if (await CurrentETagAsync(cancellationToken) != current.ETag)
        {
            return null;
        }

        _known = _known with
        {
            Result = _known.Result with
            {
                Destination = destination.ToString(),
                Width = thumbnail.Width,
                Height = thumbnail.Height,
                BytesOut = thumbnail.Data.Length,
            },
        };
        return Outcome(RecordStatus.Made, thumbnail.Note);
    }

    private Thumbnail Make(SourceObject current)
    {
        long start = time.Clock.GetTimestamp();
        try
        {
            return thumbnailer.Make(current.Bytes, settings.Thumbnail, time.Token);
        }
        catch (OperationCanceledException) when (time.Token.IsCancellationRequested && time.IsNearlyAll(time.Clock.GetElapsedTime(start)))
        {
            throw new TooSlowException(time.Clock.GetElapsedTime(start));
        }
    }

    /// <summary>As after an <see cref="ImageException"/>, but without time to check the photo again: if it changed, a retry processes it.</summary>
    private async Task<UpdateOutcome> RejectTooSlowAsync(TooSlowException exception)
    {
        bool changed = await DeleteAsync(except: null, time.Afterwards) is not null && await CurrentETagAsync(time.Afterwards) != _known.ETag;
        return changed
            ? Outcome(RecordStatus.Failed, $"{exception.Message} Meanwhile the photo changed.")
            : Outcome(RecordStatus.Rejected, exception.Message);
    }

    private async Task<UpdateOutcome?> HandleMissingPhotoAsync(StorageException gone, CancellationToken cancellationToken)
    {
        _known = _known with { IsGone = true };
        if (await DeleteAsync(except: null, cancellationToken) is not { } deleted)
        {
            return change.Kind == ChangeKind.Removed
                ? Outcome(RecordStatus.Skipped, _thumbnails.ReasonForNone)
                : Outcome(RecordStatus.Rejected, gone.Message);
        }

        _known = _known with { Result = _known.Result with { Destination = deleted.ToString() } };
        return await CurrentETagAsync(cancellationToken) is null ? Outcome(RecordStatus.Deleted, "The photo is gone.") : null;
    }

    private UpdateOutcome Outcome(RecordStatus status, string? reason) =>
        _known with { Result = _known.Result with { Status = status, Reason = reason } };

    private Task<ObjectLocation?> DeleteAsync(ObjectLocation? except, CancellationToken cancellationToken) =>
        _clock.TimeAsync(Stage.Write, () => _thumbnails.DeleteAsync(except, cancellationToken));

    private Task<string?> CurrentETagAsync(CancellationToken cancellationToken) =>
        _clock.TimeAsync(Stage.Check, () => access.Probe.ETagAsync(photo, cancellationToken));
}
