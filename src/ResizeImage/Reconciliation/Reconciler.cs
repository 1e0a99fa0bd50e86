using Amazon.Lambda.Core;
using ResizeImage.Configuration;
using ResizeImage.Observability;
using ResizeImage.Storage;

namespace ResizeImage.Reconciliation;

/// <summary>
/// Looks at all photos, page by page, and makes the thumbnails that are missing, of an earlier photo, or of other settings. What does
/// not fit into the time of one invocation is left to the next, which goes on behind the last photo done.
/// </summary>
/// <param name="access">To S3.</param>
/// <param name="settings">Say which bucket.</param>
/// <param name="records">Makes the thumbnails.</param>
internal sealed class Reconciler(ObjectAccess access, Settings settings, RecordHandler records)
{
    /// <summary>Asking for a thumbnail is waiting: at 20 ms, 16 at a time look at 1000 photos in 1.3 s.</summary>
    private const int Questions = 16;

    /// <summary>Goes on where the last invocation stopped.</summary>
    /// <exception cref="SettingsException">The settings do not say which photos, or their thumbnails cannot be found.</exception>
    /// <exception cref="StorageException">S3 refused, or the connection broke, while listing; Lambda tries again.</exception>
    /// <exception cref="OperationCanceledException">The time of the invocation ran out.</exception>
    public async Task<ReconciliationReport> RunAsync(ILambdaContext context, InvocationLog log, CancellationToken cancellationToken)
    {
        string bucket = settings.InputBucket ?? throw new SettingsException(
            $"A schedule has no bucket in its event. Set {Settings.InputBucketVariable} to the bucket whose photos shall be looked at.");
        if (settings.OutputKey.PossibleKeys("photo", settings.Thumbnail).Count == 0)
        {
            throw new SettingsException(
                "A schedule must find the thumbnails of photos by their names; OUTPUT_KEY names them by a size that depends on the photo (THUMBNAIL_FIT is inside).");
        }

        using ReconciliationTime time = new(context, cancellationToken);
        ReconciliationState state = new(access, settings, bucket);
        ReconciliationReport report = new() { StartAfter = await state.ReadAsync(cancellationToken) };
        while (!report.Complete && !time.IsUp)
        {
            ObjectPage page = await access.Lister.ListAsync(bucket, settings.InputPrefix, report.StartAfter, cancellationToken);
            report = await FinishAsync(page, bucket, report, time, log);

            // After each page: an invocation that dies loses no more than one.
            await state.WriteAsync(report.Complete ? null : report.StartAfter, cancellationToken);
        }

        log.Information(report.Describe(bucket));
        return report;
    }

    /// <summary>Makes what a page lacks, as far as the time allows.</summary>
    private async Task<ReconciliationReport> FinishAsync(
        ObjectPage page, string bucket, ReconciliationReport report, ReconciliationTime time, InvocationLog log)
    {
        bool[] isStale;
        try
        {
            isStale = await FindStaleAsync(page, bucket, time.Token);
        }
        catch (OperationCanceledException) when (time.Token.IsCancellationRequested)
        {
            return report;
        }

        for (int i = 0; i < page.Objects.Count; i++)
        {
            string key = page.Objects[i].Key;
            if (isStale[i])
            {
                if (time.IsUp)
                {
                    return report;
                }

                RecordResult result = await records.HandleAsync(
                    new ObjectChange("reconciliation", new ObjectLocation(bucket, key), ChangeKind.Created), log, time.Token);

                // One that was cut off gets a whole invocation to itself next time; if it had that already, it must not stop the others.
                if (result.Status == RecordStatus.Failed && time.Token.IsCancellationRequested && report.HasDone)
                {
                    return report;
                }

                report = report.With(result.Status);
            }

            report = report with { Photos = report.Photos + 1, StartAfter = key };
        }

        return report with { Complete = page.IsLast };
    }

    private async Task<bool[]> FindStaleAsync(ObjectPage page, string bucket, CancellationToken cancellationToken)
    {
        bool[] isStale = new bool[page.Objects.Count];
        ParallelOptions options = new() { MaxDegreeOfParallelism = Questions, CancellationToken = cancellationToken };
        await Parallel.ForAsync(0, isStale.Length, options, async (i, token) =>
        {
            ListedObject photo = page.Objects[i];
            if (!photo.Key.EndsWith('/'))
            {
                ThumbnailLocations thumbnails = new(access, settings, new ObjectLocation(bucket, photo.Key));
                isStale[i] = (await thumbnails.FindAsync(token))?.ETag != photo.ETag;
            }
        });
        return isStale;
    }
}
