using ResizeImage.Configuration;
using ResizeImage.Deadlines;
using ResizeImage.Imaging;
using ResizeImage.Observability;
using ResizeImage.Reports;
using ResizeImage.Storage;

namespace ResizeImage.Photos;

/// <summary>
/// Brings the thumbnails of one photo in line with the photo as it is now, whatever happened to the photo and in whatever order its events
/// arrive.
/// </summary>
/// <remarks>
/// An invocation that changes a thumbnail checks afterwards whether the photo is still the one that it read, and if not, restarts. So
/// of all invocations that work on one photo at a time, the one that writes last has seen the photo unchanged after its write. A photo
/// that changes later has an event of its own, which is processed here again. Lambda retries an invocation that dies midway.
/// <para>
/// Nobody retries a request over HTTP. If its invocation dies between its write and the check, and the photo changed in between, the outdated
/// thumbnail stays until the next event of the photo, or the next request that sends it: both compare ETags. Nothing else leaves one.
/// </para>
/// </remarks>
internal sealed class ThumbnailUpdate(
    ObjectAccess access, Settings settings, IThumbnailer thumbnailer, ObjectLocation photo, PhotoThumbnails thumbnails, ObjectChange change, PhotoTime time)
{
    /// <summary>A photo that changes more often while it is processed is left to a retry.</summary>
    internal const int MaxRounds = 5;

    private readonly PhotoThumbnails _thumbnails = thumbnails;
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
            outcome = _known with { Result = FailureResults.Of(_known.Result, exception, time, log), Failure = exception };
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
            if (_thumbnails.Outputs.Count == 0)
            {
                return await MakeNoneAsync(cancellationToken);
            }

            (ObjectLocation Location, string ETag)?[] found = probeFirst
                ? await _clock.TimeAsync(Stage.Probe, () => _thumbnails.FindAsync(cancellationToken))
                : new (ObjectLocation, string)?[_thumbnails.Outputs.Count];
            string? common = Array.TrueForAll(found, one => one?.ETag == found[0]?.ETag) ? found[0]?.ETag : null;
            using SourceObject? current = await _clock.TimeAsync(Stage.Read, () => ReadAsync(common, cancellationToken));
            return current is null
                ? await KeepAsync(Array.ConvertAll(found, one => one!.Value.Location), common!, cancellationToken)
                : await MakeAsync(current, [.. found.Select(one => one?.ETag == current.ETag ? one?.Location : null)], cancellationToken);
        }
        catch (StorageException exception) when (exception.IsGone)
        {
            return await HandleMissingPhotoAsync(exception.Message, cancellationToken);
        }
        catch (PhotoChangedException)
        {
            return null;
        }
        catch (TooSlowException exception)
        {
            return await RejectTooSlowAsync(exception);
        }
        catch (ImageException)
        {
            // A thumbnail of an earlier photo does not show this one. After a deletion, check the photo again.
            if (await DeleteAsync(cancellationToken) is null)
            {
                throw;
            }

            return null;
        }
    }

    /// <exception cref="ImageException">The object's content is not the file of an image that the limits allow.</exception>
    private async Task<SourceObject?> ReadAsync(string? unlessETag, CancellationToken cancellationToken)
    {
        ImageLimits limits = settings.Limits;
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

    private async Task<UpdateOutcome?> KeepAsync(ObjectLocation[] upToDate, string etag, CancellationToken cancellationToken)
    {
        const string Reason = "The thumbnail is up to date: made of this photo with these settings.";
        OutputResult[] outputs = Array.ConvertAll(upToDate, location => new OutputResult { Status = RecordStatus.Skipped, Destination = location.ToString() });
        _known = _known with { Result = _known.Result with { Destination = upToDate[0].ToString() } };

        // There may be some of another format under another name, left by an earlier photo or by an earlier round.
        bool changed = await DeleteOtherNamesAsync([.. upToDate], cancellationToken) | await DeleteOutdatedAsync(etag, cancellationToken);
        return !changed || await CurrentETagAsync(cancellationToken) == etag
            ? await DeleteOriginalAsync(Outcome(outputs, RecordStatus.Skipped, Reason), etag, cancellationToken)
            : null;
    }

    /// <summary>Makes the thumbnails that are missing or outdated.</summary>
    /// <param name="current">The photo.</param>
    /// <param name="upToDate">For each output, where its thumbnail of this photo is; null if there is none.</param>
    /// <param name="cancellationToken">Ends it.</param>
    private async Task<UpdateOutcome?> MakeAsync(SourceObject current, ObjectLocation?[] upToDate, CancellationToken cancellationToken)
    {
        _known = _known with { ETag = current.ETag, Result = _known.Result with { BytesIn = current.Length } };
        int[] missing = [.. Enumerable.Range(0, upToDate.Length).Where(i => upToDate[i] is null)];
        Thumbnail[] made = Make(current, Array.ConvertAll(missing, i => _thumbnails.Outputs[i].Output.Options));
        _known = _known with
        {
            Result = _known.Result with { SourceWidth = made[0].Source.UprightWidth, SourceHeight = made[0].Source.UprightHeight },
        };

        OutputResult[] outputs = Array.ConvertAll(upToDate, location => new OutputResult { Status = RecordStatus.Skipped, Destination = location?.ToString() });
        ObjectLocation?[] destinations = [.. upToDate];
        List<(ObjectLocation Location, Thumbnail Thumbnail, ThumbnailOrigin Origin)> writes = [];
        for (int i = 0; i < missing.Length; i++)
        {
            ThumbnailLocations locations = _thumbnails.Outputs[missing[i]];
            ObjectLocation destination = locations.Of(made[i]);
            string? refusal = locations.ReasonToRefuse(destination);
            outputs[missing[i]] = refusal is null ? OutputResult.OfMade(destination.ToString(), made[i]) : OutputResult.OfRefused(refusal);
            if (refusal is null)
            {
                destinations[missing[i]] = destination;
                writes.Add((destination, made[i], locations.Origin(current.ETag)));
            }
        }

        await _clock.TimeAsync(
            Stage.Write, () => Task.WhenAll(writes.Select(write => access.Writer.WriteAsync(write.Location, write.Thumbnail, write.Origin, cancellationToken))));
        await DeleteOtherNamesAsync(destinations, cancellationToken);
        await DeleteOutdatedAsync(current.ETag, cancellationToken);
        if (await CurrentETagAsync(cancellationToken) != current.ETag)
        {
            return null;
        }

        UpdateOutcome outcome = Outcome(outputs) with { Made = writes.Count == 1 && outputs.Length == 1 ? made[0] : null };
        return await DeleteOriginalAsync(outcome, current.ETag, cancellationToken);
    }

    /// <summary>All thumbnails are made on request: deletes the outdated ones, without reading the photo.</summary>
    private async Task<UpdateOutcome?> MakeNoneAsync(CancellationToken cancellationToken)
    {
        if (await CurrentETagAsync(cancellationToken) is not { } etag)
        {
            return await HandleMissingPhotoAsync("The photo is gone: it was deleted in the meantime.", cancellationToken);
        }

        return await DeleteOutdatedAsync(etag, cancellationToken) && await CurrentETagAsync(cancellationToken) != etag
            ? null
            : Outcome(RecordStatus.Skipped, "All its thumbnails are made on request; outdated ones are deleted.");
    }

    /// <summary>
    /// Deletes the photo if the settings say so and each output is stored. The photo was just found unchanged; S3 checks that again within the
    /// deletion, so that a photo that replaces it in between is not lost.
    /// </summary>
    /// <param name="outcome">Of all outputs.</param>
    /// <param name="etag">Of the photo that the thumbnails are made of.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>Null if another photo has replaced it: try again.</returns>
    private async Task<UpdateOutcome?> DeleteOriginalAsync(UpdateOutcome outcome, string etag, CancellationToken cancellationToken)
    {
        if (!settings.DeleteOriginal || outcome.Result.Status == RecordStatus.Rejected)
        {
            return outcome;
        }

        return await _clock.TimeAsync(Stage.Write, () => access.Writer.DeleteUnchangedAsync(photo, etag, cancellationToken))
            ? outcome with { Result = outcome.Result with { OriginalDeleted = true } }
            : null;
    }

    /// <summary>Deletes thumbnails of another format than the ones that are up to date.</summary>
    /// <param name="upToDate">For each output; nothing is deleted where it is null.</param>
    /// <param name="cancellationToken">Ends it.</param>
    private async Task<bool> DeleteOtherNamesAsync(ObjectLocation?[] upToDate, CancellationToken cancellationToken)
    {
        bool changed = false;
        for (int i = 0; i < upToDate.Length; i++)
        {
            ThumbnailLocations locations = _thumbnails.Outputs[i];
            ObjectLocation? current = upToDate[i];
            changed |= current is not null && locations.HaveSeveralNames
                && await _clock.TimeAsync(Stage.Write, () => locations.DeleteAsync(current, cancellationToken)) is not null;
        }

        return changed;
    }

    private Thumbnail[] Make(SourceObject current, ThumbnailOptions[] outputs)
    {
        long start = time.Clock.GetTimestamp();
        FocusPoint? focus = current.Focus is { } text && ThumbnailOptionText.TryParsePoint(text, out FocusPoint point) ? point : null;
        outputs = Array.ConvertAll(outputs, options => options with { PhotoFocus = focus, MakesPlaceholders = true });
        try
        {
            return current.Arrival is { } arrival
                ? thumbnailer.Make(current.Bytes, arrival, outputs, time.Token)
                : thumbnailer.Make(current.Bytes, outputs, time.Token);
        }
        catch (OperationCanceledException) when (time.Token.IsCancellationRequested && time.IsNearlyAll(Worked()))
        {
            throw new TooSlowException(Worked());
        }
        finally
        {
            _clock.Add(Stage.Make, Worked());
            _clock.Add(Stage.Read, Waited());

            // The connection serves the next request, and the buffer the next photo.
            current.Dispose();
        }

        TimeSpan Waited() => current.Arrival?.Waited ?? TimeSpan.Zero;
        TimeSpan Worked() => time.Clock.GetElapsedTime(start) - Waited();
    }

    /// <summary>As after an <see cref="ImageException"/>, but without time to check the photo again: if it changed, a retry processes it.</summary>
    private async Task<UpdateOutcome> RejectTooSlowAsync(TooSlowException exception)
    {
        bool changed = await DeleteAsync(time.Afterwards) is not null && await CurrentETagAsync(time.Afterwards) != _known.ETag;
        UpdateOutcome outcome = changed
            ? Outcome(RecordStatus.Failed, $"{exception.Message} Meanwhile the photo changed.")
            : Outcome(RecordStatus.Rejected, exception.Message);
        return outcome with { Failure = exception };
    }

    private async Task<UpdateOutcome?> HandleMissingPhotoAsync(string gone, CancellationToken cancellationToken)
    {
        _known = _known with { IsGone = true };
        if (await DeleteAsync(cancellationToken) is not { } deleted)
        {
            return settings.DeleteOriginal
                ? Outcome(RecordStatus.Skipped, $"The photo is gone. {SettingVariables.DeleteOriginal} is true: an earlier invocation deletes it after it has stored the thumbnails.")
                : change.Kind == ChangeKind.Removed
                ? Outcome(RecordStatus.Skipped, _thumbnails.ReasonForNone)
                : Outcome(RecordStatus.Rejected, gone);
        }

        _known = _known with { Result = _known.Result with { Destination = deleted.ToString() } };
        return await CurrentETagAsync(cancellationToken) is null ? Outcome(RecordStatus.Deleted, "The photo is gone.") : null;
    }

    private UpdateOutcome Outcome(RecordStatus status, string? reason) =>
        _known with { Result = _known.Result with { Status = status, Reason = reason } };

    /// <summary>The outcome of a photo: the worst of its outputs decides. At least one was made or refused.</summary>
    private UpdateOutcome Outcome(OutputResult[] outputs)
    {
        OutputResult worst = Array.Find(outputs, output => output.Status == RecordStatus.Rejected) ?? Array.Find(outputs, output => output.Status == RecordStatus.Made)!;
        return Outcome(outputs, worst.Status, worst.Reason, worst);
    }

    private UpdateOutcome Outcome(OutputResult[] outputs, RecordStatus status, string? reason, OutputResult? shown = null)
    {
        shown ??= outputs[0];
        _known = _known with
        {
            Result = _known.Result with
            {
                Destination = shown.Destination,
                Width = shown.Width,
                Height = shown.Height,
                BytesOut = shown.BytesOut,
                ThumbHash = shown.ThumbHash,
                Color = shown.Color,
                Outputs = outputs.Length > 1 ? [.. outputs.Select((output, i) => output with { Name = _thumbnails.Outputs[i].Output.Name })] : null,
            },
        };
        return Outcome(status, reason);
    }

    private async Task<bool> DeleteOutdatedAsync(string etag, CancellationToken cancellationToken) =>
        _thumbnails.HaveOnRequest && await _clock.TimeAsync(Stage.Write, () => _thumbnails.DeleteOutdatedAsync(etag, cancellationToken));

    private Task<ObjectLocation?> DeleteAsync(CancellationToken cancellationToken) =>
        _clock.TimeAsync(Stage.Write, () => _thumbnails.DeleteAsync(cancellationToken));

    private Task<string?> CurrentETagAsync(CancellationToken cancellationToken) =>
        _clock.TimeAsync(Stage.Check, () => access.Probe.ETagAsync(photo, cancellationToken));
}
