using System.Text.Json;
using ResizeImage.Deadlines;
using ResizeImage.Http;
using ResizeImage.Observability;

namespace ResizeImage.Triggers;

/// <summary>A request over HTTP for a thumbnail: from a Lambda function URL, API Gateway or an Application Load Balancer.</summary>
internal static class HttpTrigger
{
    /// <returns>The response, as the service that sent the request expects it.</returns>
    /// <exception cref="UnknownEventException">Text in the event is not Unicode.</exception>
    public static async Task<Stream> HandleAsync(JsonElement json, ThumbnailRequests requests, InvocationLog log, InvocationTime time)
    {
        HttpRequest request = HttpRequestReader.Read(json);
        return HttpAnswerWriter.Write(request, await requests.AnswerAsync(request, log, time));
    }
}
