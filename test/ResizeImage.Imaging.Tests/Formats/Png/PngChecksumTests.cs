using ResizeImage.Imaging.Formats.Png;
using ResizeImage.Imaging.Pixels;
using ResizeImage.Imaging.Tests.Support;

namespace ResizeImage.Imaging.Tests.Formats.Png;

/// <summary>Wrong checksums and corrupt pixels: the engine shows the valid pixels, as Chromium does, and a note names the damage.</summary>
public class PngChecksumTests
{
    private const string Blank = "the others are blank.";

    // Five rows of four gray pixels, each row darker than the one before.
    private static readonly byte[] Header = PngFile.Header(4, 5, 8, PngColorType.Grayscale);
    private static readonly byte[] Scanlines = [0, 90, 91, 92, 93, 2, 9, 9, 9, 9, 0, 70, 71, 72, 73, 1, 60, 1, 1, 1, 0, 50, 51, 52, 53];
    private static readonly byte[] Compressed = PngFile.Deflate(Scanlines);

    public static TheoryData<string, byte[], int, string> Damaged()
    {
        byte[] wrongAdler = [.. Compressed[..^4], 1, 2, 3, 4];
        byte[] wrongFilter = [.. Scanlines];
        wrongFilter[15] = 9;
        byte[] transparency = Spoiled(PngFile.Chunk("tRNS", [0, 90]));
        return new()
        {
            { "CRC", Of(Spoiled(Idat(Compressed))), 5, "The checksum of the PNG's chunk IDAT at byte 33 does not match; its pixels match their own (Adler-32)." },
            { "CRC of one of two chunks", Of(Spoiled(Idat(Compressed[..9])), Idat(Compressed[9..])), 5, "The checksum of the PNG's chunk IDAT at byte 33 does not match; its pixels match their own (Adler-32)." },
            { "Adler-32", Of(Idat(wrongAdler)), 5, "The checksum of the PNG's pixels (Adler-32) does not match: they may be corrupt." },
            { "Adler-32 0", Of(Idat([.. Compressed[..^4], 0, 0, 0, 0])), 5, "The checksum of the PNG's pixels (Adler-32) does not match: they may be corrupt." },
            { "no Adler-32", Of(Idat(Compressed[..^4])), 5, "The checksum of the PNG's pixels (Adler-32) is missing: they may be corrupt." },
            { "half an Adler-32", Of(Idat(Compressed[..^2])), 5, "The checksum of the PNG's pixels (Adler-32) is missing: they may be corrupt." },
            { "CRC and Adler-32", Of(Spoiled(Idat(wrongAdler))), 5, "The checksum of the PNG's chunk IDAT at byte 33 does not match: its pixels may be corrupt." },
            { "CRC, and no Adler-32", Of(Spoiled(Idat(Compressed[..^4]))), 5, "The checksum of the PNG's chunk IDAT at byte 33 does not match: its pixels may be corrupt." },
            { "CRC of transparency", Of(transparency, Idat(Compressed)), 5, "The checksum of the PNG's chunk tRNS at byte 33 does not match: the chunk was ignored." },
            { "CRC of text behind the pixels", Of(Idat(Compressed), Spoiled(PngFile.Chunk("tEXt", [65, 0, 66]))), 5, $"The checksum of the PNG's chunk tEXt at byte {33 + 12 + Compressed.Length} does not match: the chunk was ignored." },
            { "CRC of the end", [.. PngFile.Of(Header, Idat(Compressed)), .. Spoiled(PngFile.End)], 5, $"The checksum of the PNG's chunk IEND at byte {33 + 12 + Compressed.Length} does not match." },
            { "CRC of pixels and transparency", Of(transparency, Spoiled(Idat(Compressed))), 5, "The checksum of the PNG's chunk IDAT at byte 47 does not match; its pixels match their own (Adler-32). The checksum of the PNG's chunk tRNS at byte 33 does not match: the chunk was ignored." },
            { "filter type 9", Of(PngFile.Data(wrongFilter)), 3, $"The PNG is corrupt: only the first 3 of its 5 rows can be read; {Blank}" },
            { "a row short", Of(PngFile.Data(Scanlines[..20])), 4, $"The PNG is corrupt: only the first 4 of its 5 rows can be read; {Blank}" },
            { "a byte short", Of(PngFile.Data(Scanlines[..^1])), 4, $"The PNG is corrupt: only the first 4 of its 5 rows can be read; {Blank}" },
            { "a block of no type", Of(Idat([0x78, 1, 0, 10, 0, 0xF5, 0xFF, .. Scanlines[..10], 7])), 2, $"The PNG is corrupt: only the first 2 of its 5 rows can be read; {Blank}" },
            { "data interrupted", Of(Idat([0x78, 1, 0, 25, 0, 0xE6, 0xFF, .. Scanlines[..15]]), PngFile.Chunk("tEXt", []), Idat(Scanlines[15..])), 3, $"The PNG is corrupt: only the first 3 of its 5 rows can be read; {Blank}" },
        };
    }

    [Theory]
    [MemberData(nameof(Damaged))]
    public void Damage_in_the_pixels_or_checksums_gives_the_valid_rows_and_a_note(string what, byte[] file, int rows, string note)
    {
        DecodedPng whole = DecodedPng.Decode(PngFile.Of(Header, Idat(Compressed), PngFile.End), out string? none);
        Assert.Null(none);
        DecodedPng actual = DecodedPng.Decode(file, out string? actualNote);
        Assert.Equal(note, actualNote);
        for (int i = 0; i < actual.Samples.Length; i++)
        {
            int expected = i / 16 < rows ? whole.Samples[i] : i % 4 == 3 ? ushort.MaxValue : 128 * 257;
            Assert.True(expected == actual.Samples[i], $"{what}: sample {i} is {actual.Samples[i]}, expected {expected}");
        }
    }

    [Fact]
    public void Damage_in_an_interlaced_image_leaves_coarse_pixels()
    {
        byte[] header = PngFile.Header(16, 16, 8, PngColorType.Grayscale, interlaced: true);
        byte[] scanlines = [.. Enumerable.Range(0, 2).SelectMany(_ => new byte[] { 0, 10, 20 }), .. Enumerable.Range(0, 2).SelectMany(_ => new byte[] { 0, 30, 40 })];
        byte[] file = PngFile.Of(header, PngFile.Data([.. scanlines, 77]), PngFile.End);
        DecodedPng.Decode(file, out string? note);
        Assert.Equal("The PNG is corrupt in pass 3 of 7 of its interlacing: it is coarse in parts.", note);
    }

    /// <summary>A CRC tells of any bit of a chunk's type, data and CRC, whether or not decoding comes so far.</summary>
    [CorpusFact]
    public void No_bit_flip_that_a_checksum_reveals_is_silent()
    {
        int noted = 0;
        foreach (string name in (string[])["basn0g01", "basn2c08", "basi3p04", "tbbn3p08", "ccwn2c08", "oi4n2c16", "ct1n0g04"])
        {
            byte[] file = File.ReadAllBytes(Path.Combine(Corpus.Root!, $"conformance/pngsuite/{name}.png"));
            DecodedPng whole = DecodedPng.Decode(file);
            HashSet<int> lengths = [.. Lengths(file)];
            for (int bit = 0; bit < 8 * file.Length; bit += 1 + (bit % 7))
            {
                byte[] flipped = [.. file];
                flipped[bit / 8] ^= (byte)(1 << (bit % 8));
                foreach (int height in (int[])[whole.Height, 1 + (whole.Height / 3)])
                {
                    DecodeWindow window = new(8, 0, 0, whole.Width, height);
                    (DecodedPng? pixels, string? note) = TryDecode(flipped, window);
                    bool isSame = pixels is not null && pixels.DifferenceFrom(whole.Cut(window)) is null;
                    Assert.True(pixels is null || note is not null || (isSame && lengths.Contains(bit / 8)), $"{name}, bit {bit}, {height} rows: silent");
                    noted += note is null ? 0 : 1;
                }
            }
        }

        Assert.True(noted > 3000, $"{noted}");
    }

    [CorpusTheory]
    [InlineData("B04-png-idat-crc-wrong.png", "The checksum of the PNG's chunk IDAT at byte 33 does not match; its pixels match their own (Adler-32).")]
    [InlineData("B05-png-adler-wrong.png", "The checksum of the PNG's pixels (Adler-32) does not match: they may be corrupt.")]
    [InlineData("B05-png-adler-absent-is-accepted.png", "The checksum of the PNG's pixels (Adler-32) is missing: they may be corrupt.")]
    [InlineData("B06-png-damaged-middle-crc-right.png", "The checksum of the PNG's pixels (Adler-32) does not match: they may be corrupt.")]
    public void A_file_of_the_field_gives_a_thumbnail_with_a_note(string name, string note)
    {
        Thumbnail made = new Thumbnailer().Make(File.ReadAllBytes(Corpus.Files("field", name)[0]), new ThumbnailOptions());
        Assert.StartsWith(note, made.Note, StringComparison.Ordinal);
    }

    private static byte[] Of(params byte[][] chunks) => PngFile.Of([Header, .. chunks, PngFile.End]);

    private static byte[] Idat(byte[] zlib) => PngFile.Chunk("IDAT", zlib);

    /// <summary>With a wrong CRC.</summary>
    private static byte[] Spoiled(byte[] chunk)
    {
        byte[] spoiled = [.. chunk];
        spoiled[^1] ^= 1;
        return spoiled;
    }

    private static (DecodedPng? Pixels, string? Note) TryDecode(byte[] file, DecodeWindow window)
    {
        try
        {
            PngDecoder decoder = PngDecoder.Read(file);
            return decoder.Info.Width == window.Width && decoder.Info.Height >= window.Height
                ? (DecodedPng.Decode(decoder, window, out string? note), note)
                : (null, null);
        }
        catch (ImageException)
        {
            return (null, null);
        }
    }

    /// <summary>Offsets of the bytes that no checksum covers: chunks' lengths.</summary>
    private static IEnumerable<int> Lengths(byte[] file)
    {
        long at = PngFile.Signature.Length;
        while (PngChunk.TryRead(file, at, out PngChunk chunk))
        {
            for (int i = 0; i < 4; i++)
            {
                yield return (int)at + i;
            }

            at = chunk.End;
        }
    }
}
