using ResizeImage.Local.Events;
using ResizeImage.Local.S3.Notifications;
using ResizeImage.Local.S3.Operations;
using ResizeImage.Local.S3.Signing;
using ResizeImage.Local.S3.Storage;

namespace ResizeImage.Local.S3;

/// <summary>
/// An S3 endpoint on a folder, path-style (http://127.0.0.1:port/bucket/key), for everyone who can reach it: requests need no
/// signature, and the header Authorization is ignored. Presigned URLs and forms are verified as S3 does:
/// their signature bounds what they allow. <see cref="S3Route"/> lists the operations; all others are refused with
/// NotImplemented.
/// </summary>
public sealed class S3Server : IAsyncDisposable
{
    /// <summary>The region of the server and its function.</summary>
    public const string Region = "us-east-1";

    private readonly ObjectStore _store;
    private readonly S3Operations _operations;
    private readonly LoopbackServer _http;

    private S3Server(ObjectStore store, S3Operations operations, LoopbackServer http)
    {
        _store = store;
        _operations = operations;
        _http = http;
    }

    /// <summary>Where programs on this machine reach it: http://127.0.0.1:port/.</summary>
    public Uri Endpoint => _http.Endpoint;

    /// <summary>What happens to objects.</summary>
    public ObjectEvents ObjectEvents => _operations.Events;

    /// <summary>Starts serving.</summary>
    /// <exception cref="LocalCloudException">The folder or the port cannot be used.</exception>
    public static async Task<S3Server> StartAsync(S3ServerOptions options)
    {
        ObjectStore store = new(options.Folder);
        try
        {
            S3Operations operations = new(store, options);
            Cors cors = new(options.AllowedOrigins);
            ListenOptions listen = new(options.Port, "--port") { Host = options.Host, HostNames = options.AllowedHosts, FurtherPorts = options.FurtherPorts };
            return new S3Server(store, operations, await LoopbackServer.StartAsync(listen, http => HandleAsync(operations, cors, options.Admit, http)));
        }
        catch
        {
            store.Dispose();
            throw;
        }
    }

    /// <summary>The current notification configuration; empty if there is no such bucket.</summary>
    internal NotificationConfiguration NotificationsOf(string bucket)
    {
        try
        {
            return _operations.Notifications.NotificationsOf(bucket);
        }
        catch (S3Exception)
        {
            return NotificationConfiguration.Empty;
        }
    }

    /// <summary>Makes a bucket if it does not exist.</summary>
    /// <exception cref="LocalCloudException">The name is not allowed.</exception>
    public void EnsureBucket(string name)
    {
        try
        {
            _store.Create(name);
        }
        catch (S3Exception e)
        {
            throw new LocalCloudException($"'{name}' cannot be a bucket. {e.Message}", e);
        }
    }

    /// <summary>Stops serving. Objects stay; multipart uploads that were not completed do not.</summary>
    public async ValueTask DisposeAsync()
    {
        await _http.DisposeAsync();
        _store.Dispose();
    }

    private static async Task RunAsync(S3Operations operations, Cors cors, Func<HttpRequest, CancellationToken, Task> admit, S3Call call)
    {
        if (HttpMethods.IsOptions(call.Request.Method))
        {
            cors.Preflight(call.Request, call.Response);
            return;
        }

        await admit(call.Request, call.Aborted);
        cors.Allow(call.Request, call.Response);
        cors.CheckWrite(call.Request);
        PresignedUrl.Verify(call);
        await S3Route.Find(call).Run(operations, call);
    }

    private static async Task HandleAsync(S3Operations operations, Cors cors, Func<HttpRequest, CancellationToken, Task> admit, HttpContext http)
    {
        string requestId = RequestIds.NewRequestId();
        string hostId = RequestIds.NewHostId();
        http.Response.Headers["x-amz-request-id"] = requestId;
        http.Response.Headers["x-amz-id-2"] = hostId;
        http.Response.Headers.Server = "ResizeImage.Local";
        try
        {
            await RunAsync(operations, cors, admit, new S3Call(http, requestId, hostId));
        }
        catch (S3Exception error) when (!http.Response.HasStarted)
        {
            await S3Call.WriteErrorAsync(http, error, requestId, hostId);
        }
        catch (Exception e) when (http.RequestAborted.IsCancellationRequested || e is BadHttpRequestException)
        {
            // The client disconnected, or sent less than it announced: no answer can reach it.
            http.Abort();
        }
        catch (IOException e) when (!http.Response.HasStarted)
        {
            // Usually a full disk. The client may retry, and the message has the reason.
            await S3Call.WriteErrorAsync(http, new S3Exception(500, "InternalError", e.Message), requestId, hostId);
        }
    }
}
