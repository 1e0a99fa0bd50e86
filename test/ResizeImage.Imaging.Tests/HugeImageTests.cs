using System.Buffers.Binary;
using ResizeImage.Imaging.Formats;
using ResizeImage.Imaging.Formats.Bmp;
using ResizeImage.Imaging.Formats.Png;
using ResizeImage.Imaging.Pixels;
using ResizeImage.Imaging.Resampling;
using ResizeImage.Imaging.Tests.Formats.Png;
using ResizeImage.Imaging.Tests.Support;

namespace ResizeImage.Imaging.Tests;

/// <summary>
/// Headers that claim the largest sizes of their formats, under limits that refuse nothing: sizes are computed without wrapping around, so
/// that what cannot be held is refused, and nothing in proportion to it is allocated.
/// </summary>
public class HugeImageTests
{
    private const int TwoGigapixels = int.MaxValue;

    private static readonly ImageLimits Unlimited = new()
    {
        MaxPixels = long.MaxValue,
        MaxFileBytes = long.MaxValue,
        MaxDecodedBytes = long.MaxValue,
        MaxWork = long.MaxValue,
    };

    /// <summary>2³² coefficients wrapped around to an array of none, which was written past its end. A thumbnail needs fewer of them.</summary>
    [CorpusFact]
    public void The_progressive_file_that_crashed_the_process()
    {
        byte[] file = File.ReadAllBytes(Corpus.Files("field", "overflow.jpg")[0]);
        ImageLimits raised = new() { MaxPixels = 5_000_000_000, MaxDecodedBytes = 9L << 30, MaxWork = 1_000_000_000_000 };
        DecodeWindow whole = new(8, 0, 0, 100, 100);
        Assert.Contains("4,294,967,296 coefficients", Assert.Throws<ImageLimitException>(() => InputFormat.Open(file).Open(whole)).Message, StringComparison.Ordinal);
        Assert.NotNull(new Thumbnailer().Make(file, new ThumbnailOptions { Width = 4096, Height = 4096, Limits = raised }).Note);
    }

    /// <summary>Beyond what any setting can allow, estimates of work would overflow.</summary>
    [Fact]
    public void More_pixels_than_a_setting_can_allow_are_refused_without_limits()
    {
        byte[] file = PngFile.Of(PngFile.Header(1 << 17, 1 << 16, 1, PngColorType.Grayscale), PngFile.Data([0]), PngFile.End);
        AssertTooLarge(file, new ThumbnailOptions { Limits = Unlimited }, "8,589,934,592 pixels; at most 4,294,967,296 can be held");
    }

    [Theory]
    [InlineData(0x11)]
    [InlineData(0x11, 0x11, 0x11)]
    [InlineData(0x22, 0x11, 0x11)]
    [InlineData(0x22, 0x11, 0x11, 0x22)]
    public void Coefficients_of_JPEG(params int[] sampling)
    {
        // A refinement from a high bit on needs all coefficients of the band, at every scale. That shows only when memory for fewer is there.
        byte[] file = Jpeg(sampling, [0, 0, 0], [1, 63, 0x03], [1, 63, 0x32]);
        AssertTooLarge(file, new ThumbnailOptions { Width = 4096, Height = 4096, Limits = Unlimited }, "coefficients of a JPEG in several scans", mostAllocated: 4L << 30);
    }

    [Theory]
    [InlineData(TwoGigapixels, 1, 1, PngColorType.Grayscale)]
    [InlineData(1, TwoGigapixels, 1, PngColorType.Grayscale)]
    [InlineData(TwoGigapixels, TwoGigapixels, 1, PngColorType.Grayscale)]
    [InlineData(TwoGigapixels, TwoGigapixels, 16, PngColorType.TruecolorAlpha)]
    internal void Rows_of_PNG(int width, int height, int depth, PngColorType color)
    {
        // As much compressed data as a row needs at least, and a part of an image as wide as the image: rows themselves could be held.
        byte[] data = PngFile.Chunk("IDAT", new byte[width == 1 ? 10 : color == PngColorType.Grayscale ? 300_000 : 17_000_000]);
        foreach (bool interlaced in (bool[])[false, true])
        {
            byte[] file = PngFile.Of(PngFile.Header(width, height, depth, color, interlaced), data);
            AssertRefused(file, [ThumbnailFit.Fill, ThumbnailFit.Inside]);
        }
    }

    [Fact]
    public void Interlaced_pixels_of_GIF()
    {
        byte[] file = [.. "GIF89a"u8, 0xFF, 0xFF, 0xFF, 0xFF, 0, 0, 0, 0x2C, 0, 0, 0, 0, 0xFF, 0xFF, 0xFF, 0xFF, 0x40, 2, 1, 0, 0];
        AssertTooLarge(file, new ThumbnailOptions { Fit = ThumbnailFit.Fill, Limits = Unlimited }, "4,294,836,225 interlaced pixels");
        AssertRefused(file);
    }

    [Theory]
    [InlineData(TwoGigapixels, 1)]
    [InlineData(TwoGigapixels, 1 - TwoGigapixels)]
    [InlineData(TwoGigapixels, int.MinValue)]
    [InlineData(TwoGigapixels, TwoGigapixels)]
    public void Rows_of_BMP(int width, int height)
    {
        foreach ((short bits, int compression) in ((short, int)[])[(1, 0), (8, 0), (32, 0), (8, 1), (4, 2)])
        {
            AssertRefused(Bmp(width, height, bits, compression));
        }
    }

    [Fact]
    public void Runs_of_BMP_end_at_the_end_of_the_row()
    {
        BmpHeader header = new(40, TwoGigapixels, TwoGigapixels, TopDown: true, 8, BmpCompression.Rle8, 0);
        BmpRunDecoder decoder = new((byte[])[255, 1, 255, 1, 0, 2, 255, 255], header);
        BmpRun? next = decoder.Decode(new BmpRun(TwoGigapixels - 10, TwoGigapixels - 300, 0), default, out bool cutOff);
        Assert.Equal(new BmpRun(TwoGigapixels, TwoGigapixels, 8), next);
        Assert.False(cutOff);
    }

    [Theory]
    [InlineData(16384, 16384)]
    [InlineData(16384, 1)]
    public void Rows_of_lossless_WebP(int width, int height)
    {
        uint size = (uint)(width - 1) | ((uint)(height - 1) << 14);
        byte[] data = [0x2F, (byte)size, (byte)(size >> 8), (byte)(size >> 16), (byte)(size >> 24), .. new byte[7]];
        AssertRefused([.. "RIFF"u8, 24, 0, 0, 0, .. "WEBPVP8L"u8, (byte)data.Length, 0, 0, 0, .. data]);
    }

    [Fact]
    public void Canvas_of_WebP()
    {
        byte[] file = [.. "RIFF"u8, 18, 0, 0, 0, .. "WEBPVP8X"u8, 10, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF];
        AssertRefused(file);
    }

    /// <summary>An axis reduced by more than an int has: where the kernel begins and ends is computed without wrapping around.</summary>
    [Fact]
    public void Kernels_wider_than_the_image()
    {
        KernelMap map = KernelMap.Create(1000, -3e9, 6e9, 1);
        Assert.Equal((0, 1000), (map.FirstInput, map.EndInput));
        Assert.Throws<ImageLimitException>(() => KernelMap.Create(TwoGigapixels, 0, TwoGigapixels, 1));
        Assert.Throws<ImageLimitException>(() => KernelMap.Create(TwoGigapixels, 0, TwoGigapixels, 4096));
    }

    private static void AssertTooLarge(byte[] file, ThumbnailOptions options, string expected, long mostAllocated = 64 << 20)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        ImageLimitException refusal = Assert.Throws<ImageLimitException>(() => new Thumbnailer().Make(file, options));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, mostAllocated);
        Assert.Null(refusal.Limit);
        Assert.Contains(expected, refusal.Message, StringComparison.Ordinal);
        Assert.EndsWith("can be held. Upload a smaller image.", refusal.Message, StringComparison.Ordinal);
    }

    /// <summary>By one of the three image errors, whatever the thumbnail is to be; nothing else leaves the engine.</summary>
    private static void AssertRefused(byte[] file, ThumbnailFit[]? fits = null)
    {
        foreach (ThumbnailFit fit in fits ?? Enum.GetValues<ThumbnailFit>())
        {
            foreach (int side in (int[])[1, 200, 4096])
            {
                long before = GC.GetAllocatedBytesForCurrentThread();
                Assert.ThrowsAny<ImageException>(() => new Thumbnailer().Make(file, new ThumbnailOptions { Width = side, Height = side, Fit = fit, Limits = Unlimited }));
                Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 512 << 20);
            }
        }
    }

    private static byte[] Jpeg(int[] sampling, params byte[][] scans)
    {
        byte[] codes = [2, .. new byte[15], 0, 1];
        byte[] frame = [8, 0xFF, 0xFF, 0xFF, 0xFF, (byte)sampling.Length, .. sampling.SelectMany((factors, i) => (byte[])[(byte)i, (byte)factors, 0])];
        return
        [
            0xFF, 0xD8,
            .. JpegFile.Segment(0xDB, [0, .. Enumerable.Repeat((byte)8, 64)]),
            .. JpegFile.Segment(0xC2, frame),
            .. JpegFile.Segment(0xC4, [0, .. codes]),
            .. JpegFile.Segment(0xC4, [0x10, .. codes]),
            .. scans.SelectMany(scan => (byte[])[.. JpegFile.Segment(0xDA, [1, 0, 0, .. scan]), 0x12, 0x34, 0x56]),
            0xFF, 0xD9,
        ];
    }

    private static byte[] Bmp(int width, int height, short bits, int compression)
    {
        byte[] file = new byte[2000];
        "BM"u8.CopyTo(file);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(10), 1078);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(14), 40);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(18), width);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(22), height);
        BinaryPrimitives.WriteInt16LittleEndian(file.AsSpan(26), 1);
        BinaryPrimitives.WriteInt16LittleEndian(file.AsSpan(28), bits);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(30), compression);
        return file;
    }
}
