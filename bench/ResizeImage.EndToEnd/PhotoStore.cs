using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using ResizeImage.Local.Events;
using ResizeImage.Local.S3;

namespace ResizeImage.EndToEnd;

/// <summary>An S3 endpoint with photos in it.</summary>
internal sealed class PhotoStore : IAsyncDisposable
{
    private const string Bucket = "photos";

    private readonly DirectoryInfo _folder;

    private PhotoStore(DirectoryInfo folder, S3Server s3)
    {
        _folder = folder;
        S3 = s3;
    }

    public S3Server S3 { get; }

    /// <summary>S3's event for each photo.</summary>
    public List<ObjectEvent> Photos { get; } = [];

    /// <summary>Puts the files of a folder under input/.</summary>
    public static async Task<PhotoStore> StartAsync(string photos)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("resizeimage-bench-");
        PhotoStore store = new(folder, await S3Server.StartAsync(new S3ServerOptions { Folder = folder.FullName }));
        store.S3.EnsureBucket(Bucket);
        using ObjectEventSubscription stored = store.S3.ObjectEvents.Subscribe();
        using AmazonS3Client client = new(
            new BasicAWSCredentials("local", "local"),
            new AmazonS3Config { ServiceURL = store.S3.Endpoint.AbsoluteUri, AuthenticationRegion = S3Server.Region, ForcePathStyle = true });
        foreach (string path in Directory.EnumerateFiles(photos).Order(StringComparer.Ordinal))
        {
            await client.PutObjectAsync(new PutObjectRequest { BucketName = Bucket, Key = "input/" + Path.GetFileName(path), FilePath = path });
            store.Photos.Add(await stored.NextAsync());
        }

        return store;
    }

    public async ValueTask DisposeAsync()
    {
        await S3.DisposeAsync();
        _folder.Delete(recursive: true);
    }
}
