using System.Collections.Concurrent;
using ResizeImage.Imaging;
using ResizeImage.Local.Events;
using ResizeImage.Local.Lambda;

namespace ResizeImage.Local.Commands;

/// <summary>
/// Makes thumbnails of files as the deployed function does: the program puts each photo into S3 under the input prefix, the
/// event invokes the function, and the program gets the thumbnail from S3. Only a few photos are in flight at a time.
/// </summary>
internal sealed class ThumbnailPhotos
{
    // Large enough that the function never waits for an upload, small enough for a small temporary folder.
    private const int MaxOnTheirWay = 4;
    private const int MaxFunctionLines = 50;

    private readonly CommandLine _arguments;
    private readonly string _inputPrefix;
    private readonly ThumbnailFolder _folder;
    private readonly ThumbnailRows _rows;
    private readonly ThumbnailTotals _totals = new();
    private readonly ConcurrentDictionary<string, TaskCompletionSource<InvocationResult>> _pending = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<string> _functionOutput = new();
    private readonly UniqueNames _keys = new();
    private bool _anyFailed;

    private ThumbnailPhotos(CommandLine arguments, List<PhotoFile> photos)
    {
        _arguments = arguments;
        _inputPrefix = FunctionSettings.InputPrefix(arguments);
        _folder = new ThumbnailFolder(arguments.Out, photos.Select(photo => photo.Path));
        _rows = new ThumbnailRows([.. photos.Select(photo => photo.Shown)]);
    }

    /// <returns>The exit code.</returns>
    /// <exception cref="LocalCloudException">Something cannot be started, or thumbnails cannot be written.</exception>
    public static async Task<int> RunAsync(CommandLine arguments, CancellationToken cancellationToken)
    {
        List<PhotoFile> photos = PhotoFile.Find(arguments.Photos, without: arguments.Out);
        string function = arguments.Function ?? BuiltFunction.Find();
        string data = CreateTemporaryFolder();
        try
        {
            return await RunAsync(arguments, photos, function, data, cancellationToken);
        }
        finally
        {
            Directory.Delete(data, recursive: true);
        }
    }

    private static async Task<int> RunAsync(
        CommandLine arguments, List<PhotoFile> photos, string function, string data, CancellationToken cancellationToken)
    {
        ThumbnailPhotos command = new(arguments, photos);
        try
        {
            await using LocalCloud cloud = await command.StartAsync(function, data);
            await CheckFunctionAsync(cloud, cancellationToken);
            using PhotoClient s3 = new(cloud.S3.Endpoint);
            await command.MakeAsync(photos, s3, cancellationToken);
            command._rows.End();
            Terminal.WriteLine(command._totals.Describe(arguments.Out));
            command.WriteFunctionOutput();
            return command._totals.AllMade ? ExitCode.Done : ExitCode.SomeWithout;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            command._rows.End();
            Terminal.WriteErrorLine($"Interrupted. {command._totals.Describe(arguments.Out)}.");
            return ExitCode.Interrupted;
        }
        catch (LocalCloudException)
        {
            command._rows.End();
            if (command._totals.Made > 0)
            {
                Terminal.WriteErrorLine($"Stopped. {command._totals.Describe(arguments.Out)}.");
            }

            throw;
        }
    }

    private static string CreateTemporaryFolder()
    {
        try
        {
            return Directory.CreateTempSubdirectory("resizeimage-").FullName;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new LocalCloudException($"The temporary folder {Path.GetTempPath()} cannot be written to: {FileErrors.Reason(e)}. Choose another folder: TMPDIR=DIR.", e);
        }
    }

    private Task<LocalCloud> StartAsync(string function, string data) => LocalCloud.StartAsync(
        new LocalCloudOptions
        {
            DataFolder = data,
            Port = 0,
            Bucket = _arguments.Bucket,
            InputPrefix = _inputPrefix,

            // The program deletes each photo after its thumbnail is made; the function needs no event for that.
            Events = ["s3:ObjectCreated:*"],
            FunctionPath = function,
            Lambda = FunctionSettings.Limits(_arguments),
            FunctionEnvironment = FunctionSettings.ToEnvironment(_arguments),
            FunctionOutput = KeepFunctionLine,
        },
        OnInvoked);

    /// <summary>Reports a wrong setting once, before the first photo, instead of once per photo.</summary>
    private static async Task CheckFunctionAsync(LocalCloud cloud, CancellationToken cancellationToken)
    {
        InvocationResult result = await cloud.Lambda.InvokeAsync(S3EventJson.WriteTestEvent("photos"), cancellationToken: cancellationToken);
        if (result.FunctionError is not null)
        {
            throw new LocalCloudException($"The function does not start: {FunctionError.MessageIn(result.Payload)}");
        }
    }

    private async Task MakeAsync(List<PhotoFile> photos, PhotoClient s3, CancellationToken cancellationToken)
    {
        Queue<Upload> onTheirWay = new();
        foreach (PhotoFile photo in photos)
        {
            if (onTheirWay.Count == MaxOnTheirWay)
            {
                await FinishAsync(onTheirWay.Dequeue(), s3, cancellationToken);
            }

            onTheirWay.Enqueue(await PutAsync(photo, s3, cancellationToken));
        }

        while (onTheirWay.TryDequeue(out Upload? upload))
        {
            await FinishAsync(upload, s3, cancellationToken);
        }
    }

    private async Task<Upload> PutAsync(PhotoFile photo, PhotoClient s3, CancellationToken cancellationToken)
    {
        string key = _inputPrefix + _keys.Take(photo.Name);
        TaskCompletionSource<InvocationResult> invoked = new(TaskCreationOptions.RunContinuationsAsynchronously);
        _pending[key] = invoked;
        string? problem = await s3.PutAsync(_arguments.Bucket, key, photo.Path, cancellationToken);
        return new Upload(photo, key, invoked.Task, problem);
    }

    private void OnInvoked(ObjectEvent happened, InvocationResult result)
    {
        if (_pending.TryRemove(happened.Key, out TaskCompletionSource<InvocationResult>? invoked))
        {
            invoked.SetResult(result);
        }
    }

    private async Task FinishAsync(Upload upload, PhotoClient s3, CancellationToken cancellationToken)
    {
        (PhotoFile? photo, string? key, Task<InvocationResult>? invoked, string? problem) = upload;
        if (problem is not null)
        {
            Show(photo, new ThumbnailReportLine { Status = "failed", Reason = problem }, thumbnail: null);
        }
        else
        {
            InvocationResult result = await invoked.WaitAsync(cancellationToken);
            _anyFailed |= result.FunctionError is not null;
            foreach (ThumbnailReportLine line in ThumbnailReport.Read(result, photo.Shown).SelectMany(line => line.ByOutput()))
            {
                Show(photo, line, line.Status == ThumbnailReportLine.Made ? await FetchAsync(line, photo, s3, cancellationToken) : null);
            }

            await s3.DeleteAsync(_arguments.Bucket, key, cancellationToken);
        }

        _rows.PhotoDone();
    }

    private void Show(PhotoFile photo, ThumbnailReportLine line, string? thumbnail)
    {
        _totals.Add(line);
        long? bytes = line.BytesIn ?? (new FileInfo(photo.Path) is { Exists: true } file ? file.Length : null);
        _rows.Add(photo.Shown, line, bytes, thumbnail == photo.Name ? null : thumbnail);
    }

    /// <returns>The thumbnail's name in the folder.</returns>
    private async Task<string> FetchAsync(ThumbnailReportLine line, PhotoFile photo, PhotoClient s3, CancellationToken cancellationToken)
    {
        string destination = line.Destination ?? "";
        string[] bucketAndKey = destination.Replace("s3://", "", StringComparison.Ordinal).Split('/', 2);
        if (bucketAndKey.Length != 2)
        {
            throw new LocalCloudException($"The function's report names no thumbnail of {photo.Shown}: destination is '{destination}', expected s3://BUCKET/KEY.");
        }

        using HttpResponseMessage response = await s3.GetAsync(bucketAndKey[0], bucketAndKey[1], cancellationToken);
        OutputFormat? format = OutputFormat.OfMediaType(response.Content.Headers.ContentType?.MediaType);
        await using Stream content = await response.Content.ReadAsStreamAsync(cancellationToken);
        string subfolder = line.Outputs is [{ Name: { } output }] ? $"{output}/" : "";
        string name = await _folder.WriteAsync(subfolder + NameOf(photo.Name, format), content, cancellationToken);
        await s3.DeleteAsync(bucketAndKey[0], bucketAndKey[1], cancellationToken);
        return name;
    }

    // The photo's name where its extension is one of the format's, for example .jpeg or .JPG.
    private static string NameOf(string photo, OutputFormat? format)
    {
        string present = Path.GetExtension(photo);
        return format is null || format == OutputFormat.OfExtension(present) ? photo : $"{photo[..^present.Length]}.{format.Extension}";
    }

    private void KeepFunctionLine(string line)
    {
        _functionOutput.Enqueue(line);
        if (_functionOutput.Count > MaxFunctionLines)
        {
            _functionOutput.TryDequeue(out _);
        }
    }

    private void WriteFunctionOutput()
    {
        if (_anyFailed && !_functionOutput.IsEmpty)
        {
            Terminal.WriteErrorLine("Last lines of the function:");
            foreach (string line in _functionOutput)
            {
                Terminal.WriteErrorLine("  " + line);
            }
        }
    }

    /// <param name="Problem">Why it is not in S3, or null.</param>
    private sealed record Upload(PhotoFile Photo, string Key, Task<InvocationResult> Invoked, string? Problem);
}
