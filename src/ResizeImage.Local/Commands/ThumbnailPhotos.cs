using System.Collections.Concurrent;
using System.Net;
using ResizeImage.Local.Events;
using ResizeImage.Local.Lambda;

namespace ResizeImage.Local.Commands;

/// <summary>
/// Makes thumbnails of files by the whole way of the deployed function: each photo is put into S3 under the input
/// prefix, the event invokes the function, and what it wrote is fetched from S3.
/// </summary>
internal sealed class ThumbnailPhotos : IDisposable
{
    private readonly CommandLine _arguments;
    private readonly string _inputPrefix;
    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false });
    private readonly ConcurrentDictionary<string, TaskCompletionSource<InvocationResult>> _pending = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<string> _functionOutput = new();
    private readonly UniqueNames _keys = new();
    private readonly UniqueNames _thumbnails = new();

    private ThumbnailPhotos(CommandLine arguments)
    {
        _arguments = arguments;
        _inputPrefix = FunctionSettings.InputPrefix(arguments);
    }

    /// <returns>True if every photo got its thumbnail.</returns>
    /// <exception cref="LocalCloudException">A photo cannot be read, or something cannot be started.</exception>
    public static async Task<bool> RunAsync(CommandLine arguments, CancellationToken cancellationToken)
    {
        foreach (string photo in arguments.Photos)
        {
            if (!File.Exists(photo))
            {
                throw new LocalCloudException(Directory.Exists(photo)
                    ? $"{photo} is a folder; name the photos in it: {Path.Join(photo, "*.jpg")}."
                    : $"There is no photo {photo}.");
            }
        }

        using var command = new ThumbnailPhotos(arguments);
        string data = Directory.CreateTempSubdirectory("resizeimage-").FullName;
        try
        {
            return await command.RunAsync(data, cancellationToken);
        }
        finally
        {
            Directory.Delete(data, recursive: true);
        }
    }

    public void Dispose() => _http.Dispose();

    private async Task<bool> RunAsync(string data, CancellationToken cancellationToken)
    {
        await using var cloud = await LocalCloud.StartAsync(
            new LocalCloudOptions
            {
                DataFolder = data,
                Port = 0,
                Bucket = _arguments.Bucket,
                InputPrefix = _inputPrefix,
                FunctionPath = _arguments.Function,
                Lambda = FunctionSettings.Limits(_arguments),
                FunctionEnvironment = FunctionSettings.ToEnvironment(_arguments),
                FunctionOutput = _functionOutput.Enqueue,
            },
            OnInvoked);
        _http.BaseAddress = cloud.S3.Endpoint;

        // Uploads go on while the function works.
        var uploads = new List<(string Photo, Task<InvocationResult> Invoked)>();
        foreach (string photo in _arguments.Photos)
        {
            uploads.Add((photo, await PutAsync(photo, cancellationToken)));
        }

        var table = new Table("photo", "size", "bytes", "thumbnail", "bytes", "ms");
        bool allMade = true;
        bool anyFailed = false;
        foreach (var (photo, invoked) in uploads)
        {
            var result = await invoked.WaitAsync(cancellationToken);
            anyFailed |= result.FunctionError is not null;
            foreach (var line in ThumbnailReport.Read(result, photo))
            {
                string? file = line.Status == ThumbnailReportLine.Made ? await FetchAsync(line, photo, cancellationToken) : null;
                allMade &= file is not null;
                table.Add(
                    [
                        photo, Table.Size(line.SourceWidth, line.SourceHeight), Table.Bytes(line.BytesIn ?? new FileInfo(photo).Length),
                        Table.Size(line.Width, line.Height), Table.Bytes(line.BytesOut), Table.Milliseconds(line.Milliseconds),
                    ],
                    file ?? $"{line.Status}: {line.Reason}");
            }
        }

        table.Write(Console.Out);
        if (anyFailed && !_functionOutput.IsEmpty)
        {
            await Console.Error.WriteLineAsync("\nThe function wrote:");
            foreach (string line in _functionOutput)
            {
                await Console.Error.WriteLineAsync("  " + line);
            }
        }

        return allMade;
    }

    private async Task<Task<InvocationResult>> PutAsync(string photo, CancellationToken cancellationToken)
    {
        string key = _inputPrefix + _keys.Take(Path.GetFileName(photo));
        var invoked = new TaskCompletionSource<InvocationResult>(TaskCreationOptions.RunContinuationsAsynchronously);
        _pending[key] = invoked;
        using var content = new StreamContent(File.OpenRead(photo));
        using var response = await _http.PutAsync(PathOf(_arguments.Bucket, key), content, cancellationToken);
        if (response.StatusCode != HttpStatusCode.OK)
        {
            throw new LocalCloudException($"{photo} cannot be put under {key}: {await response.Content.ReadAsStringAsync(cancellationToken)}");
        }

        return invoked.Task;
    }

    private void OnInvoked(ObjectEvent happened, InvocationResult result)
    {
        if (_pending.TryRemove(happened.Key, out var invoked))
        {
            invoked.SetResult(result);
        }
    }

    /// <returns>Where the thumbnail lies now.</returns>
    private async Task<string> FetchAsync(ThumbnailReportLine line, string photo, CancellationToken cancellationToken)
    {
        string destination = line.Destination ?? "";
        string[] bucketAndKey = destination.Replace("s3://", "", StringComparison.Ordinal).Split('/', 2);
        if (bucketAndKey.Length != 2)
        {
            throw new LocalCloudException($"The function's report names no thumbnail of {photo}: destination is '{destination}', expected s3://BUCKET/KEY.");
        }

        using var response = await _http.GetAsync(PathOf(bucketAndKey[0], bucketAndKey[1]), cancellationToken);
        if (response.StatusCode != HttpStatusCode.OK)
        {
            throw new LocalCloudException($"The function reports the thumbnail {destination}, but S3 answers: {await response.Content.ReadAsStringAsync(cancellationToken)}");
        }

        string extension = response.Content.Headers.ContentType?.MediaType switch
        {
            "image/jpeg" => ".jpg",
            "image/png" => ".png",
            _ => Path.GetExtension(photo),
        };
        Directory.CreateDirectory(_arguments.Out);
        string file = Path.Join(_arguments.Out, _thumbnails.Take(Path.GetFileNameWithoutExtension(photo) + extension));
        await using var target = File.Create(file);
        await response.Content.CopyToAsync(target, cancellationToken);
        return file;
    }

    private static string PathOf(string bucket, string key) => $"/{bucket}/{Uri.EscapeDataString(key).Replace("%2F", "/", StringComparison.Ordinal)}";
}
