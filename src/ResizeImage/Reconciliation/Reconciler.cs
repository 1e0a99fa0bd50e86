using ResizeImage.Configuration;
using ResizeImage.Deadlines;
using ResizeImage.Observability;
using ResizeImage.Photos;
using ResizeImage.Reports;
using ResizeImage.Storage;

namespace ResizeImage.Reconciliation;

/// <summary>
/// Goes through all photos, page by page, and makes the thumbnails that are missing, outdated, or of other settings. When the time of one
/// invocation is up, the next continues behind the last photo done. Thumbnails that are made on request are left to requests.
/// </summary>
internal sealed class Reconciler(ObjectAccess access, Settings settings, RecordHandler records)
{
    /// <summary>HEAD requests mostly wait: at 20 ms each, 16 at a time check 1000 photos in 1.3 s.</summary>
    private const int MaxConcurrentHeads = 16;

    /// <summary>The least time to begin a photo with, enough for nearly any. Short invocations keep a quarter of their time instead.</summary>
    private static readonly TimeSpan ForAPhoto = TimeSpan.FromSeconds(10);

    /// <summary>Enough for a PUT that is tried twice. Short invocations keep an eighth instead.</summary>
    private static readonly TimeSpan ForTheState = TimeSpan.FromSeconds(2);

    /// <summary>Continues where the last invocation stopped.</summary>
    /// <exception cref="SettingsException">The settings do not say which photos, or their thumbnails cannot be found.</exception>
    /// <exception cref="StorageException">S3 refused, or the connection broke, while listing; Lambda retries.</exception>
    /// <exception cref="OperationCanceledException">The time of the invocation ran out.</exception>
    public async Task<ReconciliationReport> RunAsync(InvocationLog log, InvocationTime time)
    {
        string bucket = settings.InputBucket ?? throw new SettingsException(
            $"A schedule has no bucket in its event. Set {SettingVariables.InputBucket} to the bucket of the photos.");
        if (settings.UploadOutputs.Any(output => settings.OutputKey.PossibleKeys("photo", output).Length == 0))
        {
            throw new SettingsException(
                "A schedule must find the thumbnails of photos by their names; OUTPUT_KEY names them by a size that depends on the photo (THUMBNAIL_FIT is inside).");
        }

        ReconciliationState state = new(access, settings, bucket);
        ReconciliationPlace place = await state.ReadAsync(time.Token);
        ReconciliationReport report = new() { StartAfter = place.StartAfter };
        if (place.Trying is { } tried)
        {
            report = await PassAsync(new ObjectLocation(bucket, tried), report, log, time.Token);
        }

        while (!report.Complete && !IsUp(time))
        {
            ObjectPage page = await access.Lister.ListAsync(bucket, settings.InputPrefix, report.StartAfter, time.Token);
            report = await FinishAsync(page, bucket, report, state, time, log);

            // After each page: an invocation that dies loses no more than one.
            await state.WriteAsync(report.Complete ? null : new ReconciliationPlace(report.StartAfter), time.Token);
        }

        log.Write(report, bucket);
        return report;
    }

    /// <summary>Whether too little time is left for another photo.</summary>
    private static bool IsUp(InvocationTime time) => time.Whole is { } whole && time.Remaining < InvocationTime.Shorter(ForAPhoto, whole / 4);

    private static TimeSpan Reserve(InvocationTime time) => time.Whole is { } whole ? InvocationTime.Shorter(ForTheState, whole / 8) : TimeSpan.Zero;

    /// <summary>
    /// Skips the photo during which the last invocation ran out of memory or time; it would stop the reconciliation forever.
    /// It counts as failed: the next pass retries it, and so does every event for it.
    /// </summary>
    private async Task<ReconciliationReport> PassAsync(ObjectLocation photo, ReconciliationReport report, InvocationLog log, CancellationToken cancellationToken)
    {
        report = report with { Photos = report.Photos + 1, StartAfter = photo.Key };

        if (await IsUpToDateAsync(photo, cancellationToken))
        {
            return report;
        }

        log.Write(new RecordResult
        {
            Status = RecordStatus.Failed,
            Source = photo.ToString(),
            Reason = "The last invocation ended while it made this thumbnail, out of memory or time. This pass skips the photo; the next one retries it. "
                + "Raise the function's memory or timeout if this happens often.",
        });
        return report.With(RecordStatus.Failed);
    }

    /// <summary>Whether the invocation died after it had stored the thumbnail, or the photo is gone by now.</summary>
    private async Task<bool> IsUpToDateAsync(ObjectLocation photo, CancellationToken cancellationToken)
    {
        try
        {
            string? etag = await access.Probe.ETagAsync(photo, cancellationToken);
            return etag is null || await PhotoThumbnails.OfEvent(access, settings, photo).AreOfAsync(etag, cancellationToken);
        }
        catch (StorageException)
        {
            return false; // Unknown. One photo must not stop the others.
        }
    }

    /// <summary>Makes the missing thumbnails of a page, as far as the time allows.</summary>
    private async Task<ReconciliationReport> FinishAsync(
        ObjectPage page, string bucket, ReconciliationReport report, ReconciliationState state, InvocationTime time, InvocationLog log)
    {
        if (await FindStaleAsync(page, bucket, time) is not { } isStale)
        {
            return report;
        }

        for (int i = 0; i < page.Objects.Count; i++)
        {
            string key = page.Objects[i].Key;
            if (isStale[i])
            {
                if (IsUp(time))
                {
                    return report;
                }

                await state.WriteAsync(new ReconciliationPlace(report.StartAfter, Trying: key), time.Token);
                using PhotoTime share = time.ForPhoto(othersWait: false, Reserve(time));

                // Of several outputs, those that are up to date stay; where all are, only the original is deleted.
                ObjectChange change = new("reconciliation", new ObjectLocation(bucket, key), ChangeKind.Created) { IsLikelyRepeat = settings.UploadOutputs.Skip(1).Any() || settings.DeleteOriginal };
                RecordResult result = await records.HandleAsync(change, log, share);

                // One that was cut off gets a whole invocation to itself next time; if it had that already, it must not stop the others.
                if (result.Status == RecordStatus.Failed && share.Token.IsCancellationRequested && report.HasDone)
                {
                    return report;
                }

                report = report.With(result.Status);
            }

            report = report with { Photos = report.Photos + 1, StartAfter = key };
        }

        return report with { Complete = page.IsLast };
    }

    /// <summary>
    /// Which photos of a page have no thumbnail, or another one than they should have; null if the time is up. With DELETE_ORIGINAL, no photo stays
    /// that has its thumbnails, so that all of them are.
    /// </summary>
    private async Task<bool[]?> FindStaleAsync(ObjectPage page, string bucket, InvocationTime time)
    {
        bool[] isStale = new bool[page.Objects.Count];
        using CancellationTokenSource end = time.Until(Reserve(time));
        ParallelOptions options = new() { MaxDegreeOfParallelism = MaxConcurrentHeads, CancellationToken = end.Token };
        try
        {
            await Parallel.ForAsync(0, isStale.Length, options, async (i, token) =>
            {
                ListedObject photo = page.Objects[i];
                if (!photo.Key.EndsWith('/'))
                {
                    PhotoThumbnails thumbnails = PhotoThumbnails.OfEvent(access, settings, new ObjectLocation(bucket, photo.Key));
                    isStale[i] = settings.DeleteOriginal || !await thumbnails.AreOfAsync(photo.ETag, token);
                }
            });
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
            return null;
        }

        return isStale;
    }
}
