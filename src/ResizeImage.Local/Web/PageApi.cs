using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using ResizeImage.Local.Events;
using ResizeImage.Local.Lambda;
using ResizeImage.Local.Web.History;

namespace ResizeImage.Local.Web;

/// <summary>A photo that a browser wants to upload.</summary>
/// <param name="Name">Its key below the input prefix.</param>
/// <param name="Type">The media type that it will be sent with.</param>
internal sealed record UploadRequest(string? Name, string? Type);

/// <summary>Where the browser puts it.</summary>
/// <param name="Key">Its key.</param>
/// <param name="Url">Presigned for PUT.</param>
/// <param name="ContentType">The Content-Type to send: it is signed, too.</param>
internal sealed record Upload(string Key, string Url, string ContentType);

/// <summary>An event that was sent to the function by hand.</summary>
/// <param name="Id">The request id of its invocation.</param>
internal sealed record SentInvocation(string Id);

/// <summary>What the page asks of its server.</summary>
internal sealed class PageApi(LocalCloud cloud, PhotoStorage storage, Journal journal, CancellationToken stopping) : IDisposable
{
    // The most that Lambda takes of an asynchronous event.
    private const int MaxEventBytes = 1 << 20;
    private const int MaxKeyBytes = 1024;

    /// <summary>S3's origin.</summary>
    public string S3Origin { get; } = storage.Endpoint.GetLeftPart(UriPartial.Authority);

    public void Dispose() => storage.Dispose();

    public Task HandleAsync(HttpContext http) => (http.Request.Method, http.Request.Path.Value) switch
    {
        ("GET", "/api/changes") => StreamAsync(http),
        ("POST", "/api/uploads") => UploadAsync(http),
        ("GET", "/api/invocation") => InvocationAsync(http),
        ("POST", "/api/invocations") => InvokeAsync(http),
        ("GET", "/api/event") => EventAsync(http),
        ("DELETE", "/api/photo") => DeleteAsync(http),
        ("PUT", "/api/settings") => ConfigureAsync(http),
        var (method, path) => ApiError.WriteAsync(http, 404, $"The page's API has no {method} {path}."),
    };

    private async Task StreamAsync(HttpContext http)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, stopping);
        await EventStream.WriteAsync(http, journal, ToPage, ended.Token);
    }

    private PageChange ToPage(JournalChange change) => new(
        [.. change.Photos.Select(storage.Presign)], change.Removed, change.Invocations,
        change.Configuration ? CloudDescription.Of(cloud, storage.Place) : null);

    private async Task UploadAsync(HttpContext http)
    {
        if (await ReadAsync(http, ApiJson.Default.UploadRequest) is not { } request)
        {
            return;
        }

        string key = storage.Place.InputPrefix + request.Name;
        if (string.IsNullOrEmpty(request.Name) || System.Text.Encoding.UTF8.GetByteCount(key) > MaxKeyBytes)
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

        byte[]? body = await BoundedBody.ReadAsync(http.Request, MaxEventBytes);
        if (body is null)
        {
            await ApiError.WriteAsync(http, 413, $"The event is larger than {MaxEventBytes} bytes, the most that Lambda takes.");
        }
        else if (JsonError(body) is { } error)
        {
            await ApiError.WriteAsync(http, 400, $"The event is not JSON: {error}");
        }
        else
        {
            var invocation = cloud.Lambda.Queue.Send(body, InvocationType.Event);
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

    private async Task ConfigureAsync(HttpContext http)
    {
        if (cloud.Function is not { } function)
        {
            await ApiError.WriteAsync(http, 409, "S3 runs without a function: start it with --function PATH.");
            return;
        }

        if (await ReadAsync(http, ApiJson.Default.ThumbnailSettings) is not { } settings)
        {
            return;
        }

        try
        {
            await function.UpdateEnvironmentAsync(settings.ApplyTo(function.Environment));
            journal.NoteConfiguration();
            await ApiAnswer.WriteAsync(http, 200, ThumbnailSettings.Of(function.Environment), ApiJson.Default.ThumbnailSettings);
        }
        catch (FunctionConfigurationException e)
        {
            await ApiError.WriteAsync(http, 422, e.Message);
        }
    }

    /// <returns>Null if the body is not that; the answer is written then.</returns>
    private static async Task<T?> ReadAsync<T>(HttpContext http, JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            if (await BoundedBody.ReadAsync(http.Request, MaxEventBytes) is { } body && JsonSerializer.Deserialize(body, type) is { } value)
            {
                return value;
            }

            await ApiError.WriteAsync(http, 400, "The request has no object in it, or too large a one.");
        }
        catch (JsonException e)
        {
            await ApiError.WriteAsync(http, 400, $"The request cannot be read: {e.Message}");
        }

        return null;
    }

    private static string? JsonError(byte[] body)
    {
        try
        {
            using var _ = JsonDocument.Parse(body);
            return null;
        }
        catch (JsonException e)
        {
            return e.Message;
        }
    }
}
