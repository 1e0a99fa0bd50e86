using System.Globalization;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using ResizeImage.Imaging.Tests.Support;
using ResizeImage.Local.Tests.Support;
using ResizeImage.Tests.Support;
using Xunit.Abstractions;

namespace ResizeImage.Local.Tests.Clients;

/// <summary>Many uploads at once: none is lost, and neither server nor function grows.</summary>
public sealed class ManyUploadsTests(ITestOutputHelper output) : IDisposable
{
    private const int Uploads = 1000;
    private const int Clients = 8;

    /// <summary>Much less than the photos of the second half together.</summary>
    private const long MaxGrowth = 32 << 20;

    private static readonly byte[] Photo = [.. Pictures.Jpeg48x32, .. new byte[128 << 10]];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [ToolFact("python3", "/proc/self/status")]
    public async Task A_thousand_uploads_by_eight_clients_are_a_thousand_thumbnails()
    {
        await using LocalProgram cloud = await LocalProgram.ServeAsync(FunctionFile.Path, _folder);
        int function = int.Parse(await File.ReadAllTextAsync($"/proc/{cloud.ProcessId}/task/{cloud.ProcessId}/children"), CultureInfo.InvariantCulture);

        // By half of them pools have been filled and everything has been compiled.
        await UploadAsync(cloud, 0, Uploads / 2);
        (long server1, long function1) = (Resident(cloud.ProcessId), Resident(function));
        await UploadAsync(cloud, Uploads / 2, Uploads);
        (long server2, long function2) = (Resident(cloud.ProcessId), Resident(function));

        output.WriteLine($"resident after {Uploads / 2} and {Uploads} uploads: server {server1 >> 20} and {server2 >> 20} MB, function {function1 >> 20} and {function2 >> 20} MB");
        Assert.DoesNotContain(cloud.Lines, line => line.Contains("failed", StringComparison.Ordinal) || line.Contains("starting it again", StringComparison.Ordinal));
        Assert.InRange(server2, 0, server1 + MaxGrowth);
        Assert.InRange(function2, 0, function1 + MaxGrowth);
    }

    /// <summary>Uploads the photos of these numbers and waits for their thumbnails.</summary>
    private async Task UploadAsync(LocalProgram cloud, int from, int to)
    {
        await Task.WhenAll(Enumerable.Range(0, Clients).Select(async client =>
        {
            using AmazonS3Client s3 = new(
                new BasicAWSCredentials("local", "local"),
                new AmazonS3Config { ServiceURL = cloud.Endpoint.ToString(), ForcePathStyle = true, AuthenticationRegion = "us-east-1", MaxErrorRetry = 0 });
            for (int photo = from + client; photo < to; photo += Clients)
            {
                await s3.PutObjectAsync(new PutObjectRequest { BucketName = "photos", Key = $"input/{client}/{photo}.jpg", InputStream = new MemoryStream(Photo) });
            }
        }));
        string thumbnails = _folder["data/photos/output"];
        int Made() => Directory.Exists(thumbnails) ? Directory.GetFiles(thumbnails, "*.jpg", SearchOption.AllDirectories).Length : 0;
        for (int made = Made(); made < to; made = Made())
        {
            // As long as there is progress.
            int before = made;
            await Eventually.TrueAsync(() => Made() > before, $"{before} thumbnails of {to}, and no more");
        }

        Assert.Equal(to, Made());
    }

    private static long Resident(int processId)
    {
        string line = File.ReadLines($"/proc/{processId}/status").First(line => line.StartsWith("VmRSS:", StringComparison.Ordinal));
        return long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) << 10;
    }
}
