using Amazon.Runtime;
using Amazon.S3;
using ResizeImage.Local.S3;

namespace ResizeImage.Local.Tests.Support;

/// <summary>A server on a temporary folder, with the bucket "photos"; one for each test.</summary>
public abstract class S3Fixture : IAsyncLifetime
{
    protected const string Bucket = "photos";

    private readonly TemporaryFolder _folder = new();

    private protected TemporaryFolder Folder => _folder;

    protected S3Server Server { get; private set; } = null!;

    protected AmazonS3Client S3 { get; private set; } = null!;

    /// <summary>A client without a proxy: requests to this machine must not leave it.</summary>
    protected HttpClient Http { get; } = new(new SocketsHttpHandler { UseProxy = false });

    public virtual async Task InitializeAsync()
    {
        await StartAsync();
        Server.EnsureBucket(Bucket);
    }

    public virtual async Task DisposeAsync()
    {
        Http.Dispose();
        S3.Dispose();
        await Server.DisposeAsync();
        _folder.Dispose();
    }

    protected static BasicAWSCredentials Credentials => new("local", "local-secret");

    /// <summary>The only ones by which presigned URLs are accepted.</summary>
    protected static BasicAWSCredentials LocalUser => new("local", "local");

    /// <summary>Of pages that may use the server from a browser.</summary>
    protected virtual string[] AllowedOrigins => [];

    /// <param name="whileStopped">Changes the folder while the server is stopped; null for nothing.</param>
    protected async Task RestartAsync(Action? whileStopped = null)
    {
        S3.Dispose();
        await Server.DisposeAsync();
        whileStopped?.Invoke();
        await StartAsync();
    }

    protected static byte[] RandomBytes(int count, int seed = 1)
    {
        byte[] bytes = new byte[count];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }

    private async Task StartAsync()
    {
        Server = await S3Server.StartAsync(new S3ServerOptions { Folder = _folder.Path, AllowedOrigins = AllowedOrigins });
        S3 = new AmazonS3Client(Credentials, new AmazonS3Config
        {
            ServiceURL = Server.Endpoint.ToString(),
            ForcePathStyle = true,
            AuthenticationRegion = S3Server.Region,
            MaxErrorRetry = 0,
        });
    }
}
