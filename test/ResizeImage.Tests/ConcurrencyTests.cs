using System.Buffers.Binary;
using ResizeImage.Imaging;
using ResizeImage.Reports;

namespace ResizeImage.Tests;

/// <summary>One process may serve several invocations at once, as Lambda's managed instances let it.</summary>
public class ConcurrencyTests
{
    private const int Invocations = 24;

    [Theory]
    [OnLocalS3]
    public async Task Concurrent_invocations_do_not_interfere(string server)
    {
        await using S3Endpoint s3 = await S3Endpoint.StartAsync(server);
        using MeetingThumbnailer thumbnailer = new();
        using FunctionRun run = new(s3.Url, thumbnailer);
        await run.S3.PutBucketAsync(PhotoBucket.Name);

        // Different pictures, of sizes that share buffers and that do not.
        byte[][] photos = [.. Enumerable.Range(0, Invocations).Select(i => Bmp(i * 10, 40 + (i % 3 * 300)))];
        for (int i = 0; i < Invocations; i++)
        {
            await PhotoBucket.PutAsync(run.S3, $"input/{i}.bmp", photos[i]);
        }

        ThumbnailReport[] reports = await Task.WhenAll(
            Enumerable.Range(0, Invocations).Select(i => Task.Run(() => run.InvokeAsync(FunctionRun.Put(PhotoBucket.Name, $"input/{i}.bmp")))));

        Assert.All(reports, report => Assert.Equal((RecordStatus.Made, null), (Assert.Single(report.Results).Status, report.Results[0].Reason)));
        for (int i = 0; i < Invocations; i++)
        {
            Assert.Equal(new Thumbnailer().Make(photos[i], new ThumbnailOptions()).Data, await PhotoBucket.ReadAsync(run.S3, $"output/{i}.bmp"));
        }
    }

    /// <summary>An uncompressed BMP of 24 bits with a gradient.</summary>
    private static byte[] Bmp(int seed, int size)
    {
        int stride = ((3 * size) + 3) / 4 * 4;
        byte[] file = new byte[54 + (stride * size)];
        "BM"u8.CopyTo(file);
        foreach ((int offset, int value) in new[] { (2, file.Length), (10, 54), (14, 40), (18, size), (22, size), (26, 1 | (24 << 16)) })
        {
            BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(offset), value);
        }

        for (int i = 54; i < file.Length; i++)
        {
            file[i] = (byte)((i * 255L / file.Length) + seed);
        }

        return file;
    }

    /// <summary>Holds the first photo until there is a second.</summary>
    private sealed class MeetingThumbnailer : IThumbnailer, IDisposable
    {
        private readonly Thumbnailer _inner = new();
        private readonly ManualResetEventSlim _met = new();
        private int _entered;

        public Thumbnail[] Make(ReadOnlyMemory<byte> file, IReadOnlyList<ThumbnailOptions> outputs, CancellationToken cancellationToken)
        {
            if (Interlocked.Increment(ref _entered) == 2)
            {
                _met.Set();
            }

            Assert.True(_met.Wait(TimeSpan.FromSeconds(60), cancellationToken), "No two thumbnails were made at the same time: this test has shown nothing.");
            return _inner.Make(file, outputs, cancellationToken);
        }

        public ImageInfo Identify(ReadOnlyMemory<byte> file) => _inner.Identify(file);

        public void Dispose() => _met.Dispose();
    }
}
