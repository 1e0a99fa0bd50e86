using System.Text;
using ResizeImage.Imaging.Formats;
using ResizeImage.Imaging.Pixels;
using ResizeImage.Imaging.Tests.Support;

namespace ResizeImage.Imaging.Tests.Formats.WebP;

/// <summary>Chunks: what lies around the pixels.</summary>
public class WebPContainerTests
{
    private const int Width = 21;
    private const int Height = 14;

    /// <summary>EXIF with nothing but an orientation of 6.</summary>
    private static ReadOnlySpan<byte> Exif => "II*\0\b\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\x06\0\0\0\0\0\0\0"u8;

    [ToolFact("cwebp", "webpmux")]
    public void Profile_and_orientation_are_read()
    {
        byte[] profile = [.. Enumerable.Range(0, 131).Select(i => (byte)i)];
        byte[] file = Mux(Lossy(), ["-set", "icc"], profile);
        file = Mux(file, ["-set", "exif"], Exif.ToArray());
        ImageDecoder decoder = InputFormat.Open(file);
        Assert.Equal(profile, decoder.ReadIccProfile().ToArray());
        Assert.Equal(new ImageInfo(ImageFormat.WebP, Width, Height, 6), decoder.Info);

        file = Mux(Lossy(), ["-set", "exif"], [.. "Exif\0\0"u8, .. Exif]);
        Assert.Equal(6, InputFormat.Open(file).Info.Orientation);
    }

    [ToolFact("cwebp")]
    public void Unknown_chunks_and_padding_are_skipped()
    {
        byte[] image = Lossless();
        byte[] header = Header(Width, Height);
        byte[] silent = File(Chunk("VP8X", header), Chunk("WHAT", [1, 2, 3]), image[12..], Chunk("EXIF", Exif.ToArray()));
        header[0] = 8;
        byte[] extended = File(Chunk("VP8X", header), Chunk("WHAT", [1, 2, 3]), image[12..], Chunk("EXIF", Exif.ToArray()));
        Assert.Equal(Decoding.All(image).Samples, Decoding.All(extended).Samples);
        Assert.Equal(6, InputFormat.Open(extended).Info.Orientation);

        // As in libwebp, and so in browsers: a header that does not announce EXIF has none.
        Assert.Equal(1, InputFormat.Open(silent).Info.Orientation);
    }

    [ToolFact("cwebp", "dwebp", "webpmux")]
    public void A_frame_of_an_animation_lies_on_a_transparent_canvas()
    {
        byte[] large = Dwebp.Encode(TestPicture.Rgb(60, 50), "-q", "60");
        byte[] translucent = Dwebp.Encode(Width, Height, TestPicture.Samples(Width, Height, 4), "-q", "60");
        foreach (byte[] frame in (byte[][])[Lossy(), Lossless(), translucent])
        {
            // webpmux takes the canvas from the frames: the second one reaches furthest.
            byte[] file = Animate(frame, "+100+6+10+0-b", large, "+100+0+0+0-b");
            var ours = Decoding.All(file);
            (int width, int height, byte[] pixels) = Dwebp.Decode(frame);
            byte[] canvas = new byte[60 * 50 * 4];
            for (int y = 0; y < height; y++)
            {
                pixels.AsSpan(y * width * 4, width * 4).CopyTo(canvas.AsSpan((((y + 10) * 60) + 6) * 4));
            }

            Assert.Equal((60, 50, PixelLayout.Rgba8, null), (ours.Width, ours.Height, ours.Layout, ours.Note));
            Dwebp.AssertSamePicture(canvas, ours.Samples, ours.Layout);
        }
    }

    [ToolFact("cwebp", "webpmux")]
    public void A_window_outside_the_frame_is_transparent()
    {
        byte[] file = Animate(Lossy(), "+100+20+20+0-b", Dwebp.Encode(TestPicture.Rgb(60, 50)), "+100+0+0+0-b");
        Assert.All(Decoding.Part(file, new DecodeWindow(8, 2, 3, 18, 40)).Samples, sample => Assert.Equal(0, sample));
        Assert.All(Decoding.Part(file, new DecodeWindow(8, 20, 34, 20, 16)).Samples, sample => Assert.Equal(0, sample));
    }

    [ToolFact("cwebp")]
    public void Headers_that_contradict_themselves_are_refused()
    {
        byte[] image = Lossless()[12..];
        byte[] frame = [3, 0, 0, 0, 0, 0, Width - 1, 0, 0, Height - 1, 0, 0, 0, 0, 0, 0];
        AssertInvalid("both must be the same", File(Chunk("VP8X", Header(Width + 1, Height)), image));
        AssertInvalid("outside its canvas of 25 × 14", File(Chunk("VP8X", Header(25, Height)), Chunk("ANMF", [.. frame, .. image])));
        AssertInvalid("starts with chunk ALPH", File(Chunk("ALPH", [0, 1])));
        AssertInvalid("signature 0x2E", File(Chunk("VP8L", [0x2E, 0, 0, 0, 0])));
        AssertInvalid("start code", File(Chunk("VP8 ", [0x10, 0, 0, 1, 2, 3, 1, 0, 1, 0])));
        AssertInvalid("a shown interframe", File(Chunk("VP8 ", [0x11, 0, 0, 0x9D, 1, 0x2A, 1, 0, 1, 0])));
        AssertInvalid("0 × 1 pixels", File(Chunk("VP8 ", [0x10, 0, 0, 0x9D, 1, 0x2A, 0, 0, 1, 0])));
        AssertInvalid("truncated", File(Chunk("VP8X", Header(1, 1))));
    }

    private static byte[] Lossy() => Dwebp.Encode(TestPicture.Rgb(Width, Height), "-q", "80");

    private static byte[] Lossless() => Dwebp.Encode(TestPicture.Rgb(Width, Height), "-lossless");

    private static void AssertInvalid(string message, byte[] file)
    {
        InvalidImageException e = RefusalAdvice.AssertAdvises(Assert.Throws<InvalidImageException>(() => Decoding.All(file)));
        Assert.Contains(message, e.Message, StringComparison.Ordinal);
    }

    private static byte[] Header(int width, int height) => [0, 0, 0, 0, (byte)(width - 1), 0, 0, (byte)(height - 1), 0, 0];

    private static byte[] File(params byte[][] chunks)
    {
        byte[] content = [.. "WEBP"u8, .. chunks.SelectMany(chunk => chunk)];
        return Chunk("RIFF", content);
    }

    private static byte[] Chunk(string type, byte[] payload) =>
        [.. Encoding.ASCII.GetBytes(type), .. BitConverter.GetBytes(payload.Length), .. payload, .. new byte[payload.Length & 1]];

    /// <summary>webpmux reads and writes files only.</summary>
    private static byte[] Mux(byte[] file, string[] command, byte[] data)
    {
        string folder = Directory.CreateTempSubdirectory("webpmux-").FullName;
        try
        {
            string input = Path.Combine(folder, "input");
            string extra = Path.Combine(folder, "extra");
            string output = Path.Combine(folder, "output");
            System.IO.File.WriteAllBytes(input, file);
            System.IO.File.WriteAllBytes(extra, data);
            ExternalProgram.Run("webpmux", [.. command, extra, input, "-o", output]);
            return System.IO.File.ReadAllBytes(output);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static byte[] Animate(byte[] first, string firstPlace, byte[] second, string secondPlace)
    {
        string folder = Directory.CreateTempSubdirectory("webpmux-").FullName;
        try
        {
            string a = Path.Combine(folder, "a.webp");
            string b = Path.Combine(folder, "b.webp");
            string output = Path.Combine(folder, "output");
            System.IO.File.WriteAllBytes(a, first);
            System.IO.File.WriteAllBytes(b, second);
            ExternalProgram.Run("webpmux", ["-frame", a, firstPlace, "-frame", b, secondPlace, "-o", output]);
            return System.IO.File.ReadAllBytes(output);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
