using System.Diagnostics;
using System.Reflection;
using System.Text.RegularExpressions;
using ResizeImage.Local.S3;
using Xunit.Sdk;

namespace ResizeImage.Tests.Support;

/// <summary>Gives a theory one row: the local S3 of this repository.</summary>
internal sealed class OnLocalS3Attribute : DataAttribute
{
    public override IEnumerable<object[]> GetData(MethodInfo testMethod) => [[nameof(S3Server)]];
}

/// <summary>Gives a theory one row: s3rver, a third party's S3 server from npm, which also checks signatures. Skipped where it is not installed; never in CI.</summary>
internal sealed class OnS3rverAttribute : DataAttribute
{
    public OnS3rverAttribute()
    {
        if (!File.Exists(S3Endpoint.S3rverScript) && Environment.GetEnvironmentVariable("CI") != "true")
        {
            Skip = "needs s3rver: npm install --no-save --prefix artifacts/tools s3rver";
        }
    }

    public override IEnumerable<object[]> GetData(MethodInfo testMethod) => [[nameof(S3Endpoint.S3rverScript)]];
}

/// <summary>A running S3 server with an empty folder and no buckets.</summary>
internal sealed class S3Endpoint : IAsyncDisposable
{
    public static readonly string S3rverScript = Repository.Path("artifacts", "tools", "node_modules", "s3rver", "bin", "s3rver.js");

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("ResizeImage.Tests-");
    private S3Server? _local;
    private Process? _s3rver;

    private S3Endpoint()
    {
    }

    /// <summary>URL of the endpoint.</summary>
    public string Url { get; private set; } = string.Empty;

    /// <summary>Starts a server.</summary>
    /// <param name="server">From <see cref="OnLocalS3Attribute"/> or <see cref="OnS3rverAttribute"/>.</param>
    public static async Task<S3Endpoint> StartAsync(string server)
    {
        S3Endpoint endpoint = new();
        if (server == nameof(S3Server))
        {
            endpoint._local = await S3Server.StartAsync(new S3ServerOptions { Folder = endpoint._folder.FullName, Port = 0 });
            endpoint.Url = endpoint._local.Endpoint.AbsoluteUri;
        }
        else
        {
            endpoint._s3rver = Process.Start(new ProcessStartInfo(
                "node", [S3rverScript, "--directory", endpoint._folder.FullName, "--address", "127.0.0.1", "--port", "0", "--no-vhost-buckets"])
            {
                RedirectStandardOutput = true,
            })!;
            string greeting = await endpoint._s3rver.StandardOutput.ReadLineAsync() + await endpoint._s3rver.StandardOutput.ReadLineAsync();
            endpoint.Url = "http://" + Regex.Match(greeting, @"127\.0\.0\.1:\d+").Value;
            _ = endpoint._s3rver.StandardOutput.ReadToEndAsync();
        }

        return endpoint;
    }

    public async ValueTask DisposeAsync()
    {
        if (_local is not null)
        {
            await _local.DisposeAsync();
        }

        if (_s3rver is not null)
        {
            _s3rver.Kill(entireProcessTree: true);
            await _s3rver.WaitForExitAsync();
            _s3rver.Dispose();
        }

        _folder.Delete(recursive: true);
    }
}
