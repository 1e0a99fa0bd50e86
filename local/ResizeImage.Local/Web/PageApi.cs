using System.Text;
using ResizeImage.Local.Events;
using ResizeImage.Local.Lambda;
using ResizeImage.Local.Web.History;

namespace ResizeImage.Local.Web;

/// <summary>The API of the page.</summary>
internal sealed class PageApi(LocalCloud cloud, PhotoStorage storage, Journal journal, Uri? front, CancellationToken stopping) : IDisposable
{
    private const int MaxKeyBytes = 1024;

    private readonly Previews _previews = new(storage);

    /// <summary>Where the page's images come from: S3, and what serves thumbnails.</summary>
    public string ImageOrigins { get; } = string.Join(' ', new[] { storage.Endpoint, front }.OfType<Uri>().Select(uri => uri.GetLeftPart(UriPartial.Authority)));

    /// <summary>S3's origin.</summary>
    public string S3Origin { get; } = storage.Endpoint.GetLeftPart(UriPartial.Authority);

    public void Dispose()
    {
        _previews.Dispose();
        storage.Dispose();
    }

    public Task HandleAsync(HttpContext http) => (http.Request.Method, http.Request.Path.Value) switch
    {
        ("GET", "/api/changes") => StreamAsync(http),
        ("GET", "/api/preview") => PreviewAsync(http),
        ("POST", "/api/uploads") => UploadAsync(http),
        ("GET", "/api/invocation") => InvocationAsync(http),
        ("POST", "/api/invocations") => InvokeAsync(http),
        ("GET", "/api/event") => EventAsync(http),
        ("DELETE", "/api/photo") => DeleteAsync(http),
        ("PUT", "/api/settings") => ConfigureAsync(http),
        ("POST", "/api/faults") => ArmAsync(http),
        var (method, path) => ApiError.WriteAsync(http, 404, $"The page's API has no {method} {path}."),
    };

    private async Task StreamAsync(HttpContext http)
    {
        using CancellationTokenSource ended = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, stopping);
        await EventStream.WriteAsync(http, journal, ToPage, ended.Token);
    }

    private PageChange ToPage(JournalChange change) => new(
        [.. change.Photos.Select(storage.Presign)], change.Removed, change.Invocations,
        change.Configuration ? CloudDescription.Of(cloud, storage.Place, front) : null);

    private async Task PreviewAsync(HttpContext http)
    {
        string key = http.Request.Query["key"].ToString();
        Photo? photo = journal.FindPhoto(key);
        bool isVersion = photo is not null && photo.ETag == http.Request.Query["etag"].ToString();
        if (!isVersion || await _previews.GetAsync(key, photo!.ETag, http.RequestAborted) is not { } preview)
        {
            await ApiError.WriteAsync(http, 404, $"There is no preview of {key}.");
            return;
        }

        http.Response.ContentType = preview.ContentType;
        http.Response.ContentLength = preview.Data.Length;

        // The URL contains the version.
        http.Response.Headers.CacheControl = "private, max-age=604800, immutable";
        await http.Response.Body.WriteAsync(preview.Data, http.RequestAborted);
    }

    private async Task UploadAsync(HttpContext http)
    {
        if (await ApiRequest.ReadAsync(http, ApiJson.Default.UploadRequest) is not { } request)
        {
            return;
        }

        string key = storage.Place.InputPrefix + request.Name;
        if (string.IsNullOrEmpty(request.Name) || Encoding.UTF8.GetByteCount(key) > MaxKeyBytes)
        {
            await ApiError.WriteAsync(http, 400, $"'{request.Name}' cannot be the name of a photo: expected 1 to {MaxKeyBytes - storage.Place.InputPrefix.Length} bytes of UTF-8.");
            return;
        }

        string type = string.IsNullOrEmpty(request.Type) ? "application/octet-stream" : request.Type;
        await ApiAnswer.WriteAsync(http, 200, new Upload(key, storage.PresignPut(key, type), type), ApiJson.Default.Upload);
    }

    private Task InvocationAsync(HttpContext http)
    {
        string id = http.Request.Query["id"].ToString();
        return journal.FindInvocation(id) is { } details
            ? ApiAnswer.WriteAsync(http, 200, details, ApiJson.Default.InvocationDetails)
            : ApiError.WriteAsync(http, 404, $"Nothing is known of the invocation '{id}': only the last ones are kept, until the server stops.");
    }

    /// <summary>Sends the function the event in the body, as S3 would.</summary>
    private async Task InvokeAsync(HttpContext http)
    {
        if (cloud.Function is null)
        {
            await ApiError.WriteAsync(http, 409, "S3 runs without a function: start it with --function PATH.");
            return;
        }

        byte[]? body = await BoundedBody.ReadAsync(http.Request, ApiRequest.MaxBytes);
        if (body is null)
        {
            await ApiError.WriteAsync(http, 413, $"The event is larger than {ApiRequest.MaxBytes} bytes, the most that Lambda takes.");
        }
        else if (ApiRequest.JsonError(body) is { } error)
        {
            await ApiError.WriteAsync(http, 400, $"The event is not JSON: {error}");
        }
        else
        {
            Invocation invocation = cloud.Lambda.Queue.Send(body, InvocationType.Event);
            await ApiAnswer.WriteAsync(http, 202, new SentInvocation(invocation.RequestId), ApiJson.Default.SentInvocation);
        }
    }

    /// <summary>The event that S3 would send if the photo were put now.</summary>
    private async Task EventAsync(HttpContext http)
    {
        string key = http.Request.Query["key"].ToString();
        if (await storage.EventOfAsync(key) is { } happened)
        {
            await ApiAnswer.WriteAsync(http, 200, S3EventJson.Write(happened));
        }
        else
        {
            await ApiError.WriteAsync(http, 404, $"There is no photo {key}.");
        }
    }

    private async Task DeleteAsync(HttpContext http)
    {
        string key = http.Request.Query["key"].ToString();
        if (journal.FindPhoto(key) is null)
        {
            await ApiError.WriteAsync(http, 404, $"There is no photo {key}.");
            return;
        }

        await storage.DeleteAsync(key);
        http.Response.StatusCode = 204;
    }

    /// <summary>Makes S3 or Lambda misbehave once.</summary>
    private async Task ArmAsync(HttpContext http)
    {
        if (await ApiRequest.ReadAsync(http, ApiJson.Default.FaultRequest) is not { } request)
        {
            return;
        }

        if (request.Kind is not { } kind)
        {
            await ApiError.WriteAsync(http, 400, "The request names no fault; expected a kind: unavailable, timeout, duplicate or reorder.");
            return;
        }

        cloud.Faults.Arm(kind);
        http.Response.StatusCode = 204;
    }

    private async Task ConfigureAsync(HttpContext http)
    {
        if (cloud.Function is not { } function)
        {
            await ApiError.WriteAsync(http, 409, "S3 runs without a function: start it with --function PATH.");
            return;
        }

        if (await ApiRequest.ReadAsync(http, ApiJson.Default.Settings) is not { } settings)
        {
            return;
        }

        try
        {
            await function.UpdateEnvironmentAsync(ThumbnailSettings.Apply(settings, function.Environment));
            await ApiAnswer.WriteAsync(http, 200, ThumbnailSettings.Of(function.Environment), ApiJson.Default.Settings);
        }
        catch (FunctionConfigurationException e)
        {
            await ApiError.WriteAsync(http, 422, e.Message);
        }
    }
}
