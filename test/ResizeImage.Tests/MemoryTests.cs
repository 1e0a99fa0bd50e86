using System.Buffers.Binary;
using System.IO.Compression;
using System.IO.Hashing;
using System.Text;
using System.Text.Json.Nodes;
using Amazon.S3;
using Amazon.S3.Model;
using ResizeImage.Imaging;
using ResizeImage.Local.Lambda;
using ResizeImage.Local.S3;
using Xunit.Abstractions;

namespace ResizeImage.Tests;

/// <summary>
/// The largest files that the function accepts by its memory, in turn: a progressive JPEG, an interlaced PNG and the JPEG compressed by gzip, each as
/// large as a file may be, and taking nearly as much to decode as it may. The process is killed where it takes more than the function has, as by Lambda.
/// </summary>
public class MemoryTests(ITestOutputHelper output)
{
    private const int Rounds = 3;

    [Theory]
    [InlineData(128)]
    [InlineData(256)]
    [InlineData(512)]
    public async Task The_largest_files_in_turn_do_not_kill_the_function(int megabytes)
    {
        if (!OperatingSystem.IsLinux())
        {
            return; // no /proc to read the memory from
        }

        // What .NET must be left depends on how the executable was built, not on this process. The thumbnail takes as much as it gives way for:
        // from a photo four times as wide, so that both together are as large as they may be.
        bool compiles = FunctionFile.Path != FunctionFile.Native;
        int thumbnail = 512;
        while (JpegSide(Limits(thumbnail + 1)) / 4 > thumbnail)
        {
            thumbnail++;
        }

        ImageLimits limits = Limits(thumbnail);
        int pngSide = (int)Math.Sqrt(0.85 * limits.MaxDecodedBytes / 3);

        ImageLimits Limits(int side) => ImageLimits.ForMemory((long)megabytes << 20, side * side, compiles);

        await using S3Endpoint s3 = await S3Endpoint.StartAsync(nameof(S3Server));
        using FunctionRun client = new(s3.Url);
        await client.S3.PutBucketAsync(PhotoBucket.Name);
        byte[] jpeg = Jpeg(JpegSide(limits), limits.MaxFileBytes);
        await PhotoBucket.PutAsync(client.S3, "input/a.jpg", jpeg);
        await PhotoBucket.PutAsync(client.S3, "input/b.png", InterlacedPng(pngSide, limits.MaxFileBytes));
        await PutCompressedAsync(client.S3, "input/c.jpg", jpeg);
        await using RuntimeApi lambda = await RuntimeApi.StartAsync(new RuntimeApiOptions { MemorySize = megabytes });
        await using FunctionProcess function = FunctionProcess.Start(
            new FunctionProcessOptions
            {
                Path = FunctionFile.Path,
                S3 = new Uri(s3.Url),
                Environment = new Dictionary<string, string> { ["THUMBNAIL_SIZE"] = $"{thumbnail}x{thumbnail}" },
                Output = output.WriteLine,
            },
            lambda);

        for (int round = 0; round < Rounds; round++)
        {
            foreach (string key in (string[])["input/a.jpg", "input/b.png", "input/c.jpg"])
            {
                string json = $$"""{"Records":[{"eventName":"ObjectCreated:Put","s3":{"bucket":{"name":"photos"},"object":{"key":"{{key}}"} } }]}""";
                InvocationResult result = await lambda.InvokeAsync(Encoding.UTF8.GetBytes(json), InvocationType.RequestResponse);
                Assert.True(result.FunctionError is null, $"{key}: {result.PayloadText}");
                JsonNode photo = JsonNode.Parse(result.PayloadText)!["results"]![0]!;
                Assert.Equal(("made", limits.MaxFileBytes), ((string?)photo["status"], (long)photo["bytesIn"]!));
            }
        }

        Assert.Equal(1, function.Starts);
    }

    /// <summary>With Content-Encoding gzip, so that the function learns the size only as it reads.</summary>
    private static async Task PutCompressedAsync(IAmazonS3 s3, string key, byte[] content)
    {
        MemoryStream compressed = new();
        await using (GZipStream stream = new(compressed, CompressionLevel.Fastest, leaveOpen: true))
        {
            await stream.WriteAsync(content);
        }

        compressed.Position = 0;
        PutObjectRequest request = new() { BucketName = PhotoBucket.Name, Key = key, InputStream = compressed };
        request.Headers.ContentEncoding = "gzip";
        await s3.PutObjectAsync(request);
    }

    private static int JpegSide(ImageLimits limits) => (int)Math.Sqrt(0.9 * limits.MaxDecodedBytes / (3 * sizeof(short) * JpegKept / 64.0));

    /// <summary>Coefficients that are kept of 64, where a photo becomes a quarter as large.</summary>
    private const int JpegKept = 25;

    /// <summary>A progressive JPEG whose chroma is not subsampled, filled up with application segments (T.81 B.2.4.6).</summary>
    private static byte[] Jpeg(int side, long size)
    {
        // From a PNG of one row: gray from black to white, enlarged.
        byte[] row = [0, .. Enumerable.Range(0, 256).Select(i => (byte)i)];
        byte[] gradient = Png(256, 1, colorType: 0, interlaced: false, ZLib(row, CompressionLevel.Optimal));
        byte[] jpeg = new Thumbnailer().Make(
            gradient,
            new ThumbnailOptions { Width = side, Height = side, Fit = ThumbnailFit.Fill, Format = OutputFormat.Jpeg, Progressive = true, Quality = 95 }).Data;
        MemoryStream file = new();
        file.Write(jpeg, 0, 2);
        for (long missing = size - jpeg.Length; missing > 0;)
        {
            int length = (int)Math.Min(missing, 65_537);
            length -= missing - length is > 0 and < 4 ? 4 : 0;
            Span<byte> segment = new byte[length];
            segment[0] = 0xFF;
            segment[1] = 0xEF;
            BinaryPrimitives.WriteUInt16BigEndian(segment[2..], (ushort)(length - 2));
            file.Write(segment);
            missing -= length;
        }

        file.Write(jpeg.AsSpan(2));
        return file.ToArray();
    }

    /// <summary>An interlaced PNG of stored noise, filled up with a private chunk.</summary>
    private static byte[] InterlacedPng(int side, long size)
    {
        // Adam7: first column and row, and their distances (PNG 8.2).
        (int X, int Y, int StepX, int StepY)[] passes = [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)];
        MemoryStream rows = new();
        Random random = new(1);
        foreach ((int x, int y, int stepX, int stepY) in passes)
        {
            byte[] row = new byte[1 + (3 * ((side - x + stepX - 1) / stepX))];
            for (int i = y; i < side; i += stepY)
            {
                random.NextBytes(row);
                row[0] = 0;
                rows.Write(row);
            }
        }

        byte[] png = Png(side, side, colorType: 2, interlaced: true, ZLib(rows.ToArray(), CompressionLevel.NoCompression));
        byte[] padding = Chunk("prVt", new byte[size - png.Length - 12]);
        return [.. png[..33], .. padding, .. png[33..]];
    }

    private static byte[] Png(int width, int height, byte colorType, bool interlaced, byte[] data)
    {
        byte[] header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        (header[8], header[9], header[12]) = (8, colorType, (byte)(interlaced ? 1 : 0));
        return [0x89, .. "PNG\r\n"u8, 0x1A, (byte)'\n', .. Chunk("IHDR", header), .. Chunk("IDAT", data), .. Chunk("IEND", [])];
    }

    private static byte[] Chunk(string type, byte[] data)
    {
        byte[] chunk = new byte[12 + data.Length];
        BinaryPrimitives.WriteInt32BigEndian(chunk, data.Length);
        Encoding.ASCII.GetBytes(type, chunk.AsSpan(4));
        data.CopyTo(chunk, 8);
        BinaryPrimitives.WriteUInt32BigEndian(chunk.AsSpan(8 + data.Length), Crc32.HashToUInt32(chunk.AsSpan(4, 4 + data.Length)));
        return chunk;
    }

    private static byte[] ZLib(byte[] content, CompressionLevel level)
    {
        MemoryStream compressed = new();
        using (ZLibStream stream = new(compressed, level))
        {
            stream.Write(content);
        }

        return compressed.ToArray();
    }
}
