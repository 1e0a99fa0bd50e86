using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using ResizeImage.Configuration;
using ResizeImage.Storage;

namespace ResizeImage.Hosting;

/// <summary>
/// Opens an encrypted connection to S3 during init, and closes it: so the first invocation does not have to load the TLS library and the
/// system's list of certificate authorities, 50 ms of processor time under Native AOT. The connection itself is of no further use, because
/// each bucket has a host name of its own.
/// </summary>
internal static class ConnectionPriming
{
    /// <summary>In the same region it takes 10 ms. A function that cannot reach S3 must not start late; its first invocation reports it.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(1);

    /// <summary>Never throws: without it, the first invocation only takes longer.</summary>
    /// <param name="variable">Gives the value of the environment variable of that name; null where it is not set.</param>
    public static async Task RunAsync(Func<string, string?> variable)
    {
        try
        {
            PlainHttpClientFactory factory = new();
            using IAmazonS3 s3 = S3ClientFactory.Create(variable, new AnonymousAWSCredentials(), factory);
            Uri endpoint = new(s3.DetermineServiceOperationEndpoint(new ListBucketsRequest()).URL);
            if (endpoint.Scheme != Uri.UriSchemeHttps)
            {
                return;
            }

            using HttpClient http = factory.CreateHttpClient(s3.Config);
            using CancellationTokenSource end = new(Limit);

            // Any answer will do; S3 refuses requests without a signature.
            using HttpRequestMessage request = new(HttpMethod.Head, endpoint);
            using HttpResponseMessage response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, end.Token);
        }
        catch (Exception exception) when (exception is HttpRequestException or OperationCanceledException or UriFormatException or AmazonClientException or SettingsException)
        {
            // The first invocation will report it, if it lasts.
        }
    }
}
