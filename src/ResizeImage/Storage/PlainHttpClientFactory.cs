using System.Net;
using Amazon.Runtime;

namespace ResizeImage.Storage;

/// <summary>
/// Makes the HTTP client of the S3 client. It sends small bodies at once: the SDK asks S3 with "Expect: 100-continue"
/// whether it may send a body, and waiting for the answer takes longer than sending a thumbnail.
/// </summary>
internal sealed class PlainHttpClientFactory : HttpClientFactory
{
    public override HttpClient CreateHttpClient(IClientConfig clientConfig)
    {
        SocketsHttpHandler sockets = new()
        {
            ConnectTimeout = clientConfig.ConnectTimeout ?? Timeout.InfiniteTimeSpan,

            // A redirect means another region; the SDK handles it, because the signature changes too.
            AllowAutoRedirect = false,

            // The SDK must see bodies as they were stored, to compare their checksums.
            AutomaticDecompression = DecompressionMethods.None,
        };
        return new HttpClient(new WithoutExpect(sockets)) { Timeout = clientConfig.Timeout ?? Timeout.InfiniteTimeSpan };
    }

    private sealed class WithoutExpect(HttpMessageHandler inner) : DelegatingHandler(inner)
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            request.Headers.ExpectContinue = false;
            return base.SendAsync(request, cancellationToken);
        }
    }
}
