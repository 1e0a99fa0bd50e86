using System.Collections.Concurrent;
using System.Net;
using Amazon.Runtime;
using Amazon.S3;

namespace ResizeImage.Tests.Deployment;

/// <summary>Records a client's calls of S3 as requests to IAM.</summary>
internal sealed class RecordedCalls : HttpClientFactory
{
    private readonly ConcurrentQueue<IamRequest> _requests = new();

    /// <summary>The distinct requests.</summary>
    public IReadOnlyCollection<IamRequest> Requests => [.. _requests.Distinct()];

    /// <summary>Records the calls of a client that has not made any yet.</summary>
    public void Record(IAmazonS3 s3) => ((AmazonS3Config)s3.Config).HttpClientFactory = this;

    public override HttpClient CreateHttpClient(IClientConfig clientConfig) =>
        new(new Handler(_requests, new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false }));

    private sealed class Handler(ConcurrentQueue<IamRequest> requests, HttpMessageHandler inner) : DelegatingHandler(inner)
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            IamRequest asked = IamRequest.Of(request);
            HttpResponseMessage response = await base.SendAsync(request, cancellationToken);
            requests.Enqueue(asked);
            if (response.StatusCode == HttpStatusCode.NotFound && asked.Action == "s3:GetObject")
            {
                // Who may not list the bucket is told 403 instead. What IAM is asked then has no prefix.
                requests.Enqueue(new IamRequest("s3:ListBucket", asked.Resource[..asked.Resource.IndexOf('/', StringComparison.Ordinal)], null));
            }

            return response;
        }
    }
}
