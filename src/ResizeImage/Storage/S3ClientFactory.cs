using Amazon;
using Amazon.Runtime;
using Amazon.S3;
using ResizeImage.Configuration;

namespace ResizeImage.Storage;

/// <summary>Makes the S3 client from what Lambda's environment says, without probing profiles, files or the network.</summary>
internal static class S3ClientFactory
{
    private const string RegionVariable = "AWS_REGION";
    private const string EndpointVariable = "AWS_ENDPOINT_URL_S3";

    /// <summary>Makes the function's client.</summary>
    /// <param name="variable">Gives the value of the environment variable of that name; null where it is not set.</param>
    /// <exception cref="SettingsException">The region is not set, or the endpoint is not a URL.</exception>
    public static IAmazonS3 Create(Func<string, string?> variable)
    {
        PlainHttpClientFactory http = new();

        // SnapStart gives credentials through a container endpoint instead; the SDK's default chain finds it.
        return string.IsNullOrEmpty(variable(EnvironmentVariablesAWSCredentials.ENVIRONMENT_VARIABLE_ACCESSKEY))
            ? new AmazonS3Client(Config(variable, http))
            : Create(variable, new EnvironmentVariablesAWSCredentials(), http);
    }

    /// <summary>Makes a client with the function's configuration.</summary>
    /// <exception cref="SettingsException">The region is not set, or the endpoint is not a URL.</exception>
    public static IAmazonS3 Create(Func<string, string?> variable, AWSCredentials credentials, HttpClientFactory http) =>
        new AmazonS3Client(credentials, Config(variable, http));

    private static AmazonS3Config Config(Func<string, string?> variable, HttpClientFactory http)
    {
        if (variable(RegionVariable) is not { Length: > 0 } region)
        {
            throw new SettingsException(
                $"The environment variable {RegionVariable} is not set. Lambda sets it; elsewhere set it to the region of the buckets, for example eu-central-1.");
        }

        AmazonS3Config config = new()
        {
            DefaultConfigurationMode = DefaultConfigurationMode.Standard,
            RetryMode = RequestRetryMode.Standard,
            MaxErrorRetry = 2,
            ConnectTimeout = TimeSpan.FromSeconds(3),

            // From sending the request to the head of the answer; the SDK's own is 24 days.
            Timeout = TimeSpan.FromSeconds(30),
            HttpClientFactory = http,

            // Bodies are not digested: see RawResponse.
            ResponseChecksumValidation = ResponseChecksumValidation.WHEN_REQUIRED,
            IgnoreConfiguredEndpointUrls = true,
            DisableLogging = true,
        };
        if (new EnvironmentReader(variable).Read<Uri?>(EndpointVariable, null, TryParseEndpoint, "a URL such as http://localhost:9000") is { } endpoint)
        {
            config.ServiceURL = endpoint.AbsoluteUri;
            config.AuthenticationRegion = region;
            config.ForcePathStyle = true;
        }
        else
        {
            config.RegionEndpoint = RegionEndpoint.GetBySystemName(region);
        }

        return config;

        static bool TryParseEndpoint(string text, out Uri? endpoint) =>
            Uri.TryCreate(text, UriKind.Absolute, out endpoint) && endpoint.Scheme is "http" or "https";
    }
}
