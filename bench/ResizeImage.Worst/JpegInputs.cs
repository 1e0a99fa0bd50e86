using ResizeImage.Imaging;

namespace ResizeImage.Worst;

/// <summary>JPEG (ITU-T T.81).</summary>
internal static class JpegInputs
{

    /// <summary>Codes 0 and 10. Code 0 is a DC difference of size 0, or the end of a block.</summary>
    private static readonly byte[] Dc = Huffman(0, [0, 1]);
    private static readonly byte[] Ac = Huffman(0x10, [0, 1]);

    /// <summary>For a first AC scan of a progressive frame: code 0 ends the band in up to 32,767 blocks.</summary>
    private static readonly byte[] LongRuns = Huffman(0x10, [0xE0, 1]);

    /// <summary>Code 0 is a coefficient with one additional bit, so a block with all coefficients has 127 bits.</summary>
    private static readonly byte[] AllCoefficients = Huffman(0x10, [1, 0]);

    public static IEnumerable<WorstInput> All()
    {
        foreach (ThumbnailOptions options in (ThumbnailOptions[])[new(), new() { Width = 4096, Height = 4096 }])
        {
            string size = options.Width == 200 ? string.Empty : $", to {options.Width}";
            yield return Baseline("gray" + size, [0x11], options);
            yield return Baseline("4:2:0" + size, [0x22, 0x11, 0x11], options);
            yield return Baseline("4:4:4" + size, [0x11, 0x11, 0x11], options);
            yield return Baseline("CMYK" + size, [0x11, 0x11, 0x11, 0x11], options);
            yield return Baseline("CMYK, profile of tables" + size, [0x11, 0x11, 0x11, 0x11], options, Profile(IccInputs.Tables(4)));
            yield return Baseline("4:4:4, profile of tables" + size, [0x11, 0x11, 0x11], options, Profile(IccInputs.Tables(3)));
            yield return Baseline("factors of 3 and 4" + size, [0x44, 0x33, 0x34, 0x43], options);
            yield return new("jpeg", "gray, all coefficients" + size, side => File(Frame(0xC0, side, side, [0x11]), Dc, AllCoefficients, Scan(1, 0, 63, 0), Zeros(Blocks(side) * 127 / 8)))
            {
                Options = options,
            };
            yield return Progressive("two scans, 4:4:4" + size, 2, [0x11, 0x11, 0x11], options);
        }

        yield return Baseline("gray, restart intervals without markers", [0x11], new(), Interval(1));
        yield return new("jpeg", "gray, restart markers", side => File(Frame(0xC0, side, side, [0x11]), Dc, Ac, Interval(1), Scan(1, 0, 63, 0), Restarts(Blocks(side))));
        yield return new("jpeg", "one scan for each component", side => File(Frame(0xC0, side, side, [0x11, 0x11, 0x11]), Dc, Ac, Scans(3, component => [.. Scan(component, 0, 63, 0), .. Zeros((Blocks(side) / 4) + 1)])));
        yield return Progressive("ten scans", 10, [0x11, 0x11, 0x11], new());
        yield return Progressive("fourteen scans, gray", 14, [0x11], new());
        yield return new("jpeg", "13 refinement scans, gray", side => File(Frame(0xC2, side, side, [0x11]), Dc, LongRuns, Scan(1, 0, 0, 0x0D), Zeros(Blocks(side) / 8), Scans(13, _ => [.. Scan(1, 1, 63, 0x32), .. Zeros(400)])));
        yield return new("jpeg", "100 scans of one block", side => File(Frame(0xC2, 8, 8, [0x11]), Dc, Ac, Scan(1, 0, 0, 0), [0], Scans(99, _ => [.. Dc, .. Ac, .. Scan(1, 1, 63, 0), 0])));
        yield return new("jpeg", "100 sequential scans of one block", side => File(Frame(0xC0, 8, 8, [0x11, 0x11, 0x11]), Scans(100, i => [.. Dc, .. Ac, .. Scan(1 + (i % 3), 0, 63, 0), 0])));
        yield return new("jpeg", "100 empty scans, restart intervals", side => File(Frame(0xC2, Math.Min(side, 3900), Math.Min(side, 3900), [0x11, 0x11, 0x11]), Dc, Ac, Interval(1), Scans(100, _ => [.. Scan(1, 0, 0, 0), 0, 0])));
        yield return Small("repeated Huffman tables", Dc);
        yield return Small("repeated quantization tables", Quantization());
        yield return Small("repeated restart intervals", Interval(1));
        yield return Small("fill bytes", [0xFF]);
        yield return Small("restart markers before the scan", [0xFF, 0xD0]);
        yield return Small("empty comments", [0xFF, 0xFE, 0, 2]);
        yield return Small("repeated DNL", [0xFF, 0xDC, 0, 4, 0, 8]);
        yield return Small("EXIF of many entries", Exif());
        yield return Small("pieces of a profile", Segment(0xE2, [.. "ICC_PROFILE\0"u8, 1, 255]));
        yield return new("jpeg", "profile of many tags", side => File(Frame(0xC0, 8, 8, [0x11, 0x11, 0x11]), Profile(IccInputs.ManyTags(4_000_000)), Dc, Ac, Scan(0, 0, 63, 0), [0, 0]));
        yield return new("jpeg", "bytes before a marker", side => File(Frame(0xC0, 8, 8, [0x11]), Zeros(9_000_000), Dc, Ac, Scan(1, 0, 63, 0), [0]));
        yield return new("jpeg", "truncated after the first rows", side => File(Frame(0xC0, side, side, [0x11, 0x11, 0x11]), Dc, Ac, Scan(0, 0, 63, 0), Zeros(2_000)));
        foreach (ThumbnailFit fit in Enum.GetValues<ThumbnailFit>())
        {
            yield return new("jpeg", $"one row, {fit}", side => File(Frame(0xC0, 65535, 1, [0x44, 0x11, 0x11, 0x11]), Dc, Ac, Scan(0, 0, 63, 0), Zeros(2048 * 19 * 2 / 8))) { Options = new() { Fit = fit } };
        }
    }

    private static WorstInput Baseline(string name, byte[] factors, ThumbnailOptions options, byte[]? before = null) =>
        new("jpeg", name, side =>
        {
            int blocks = factors.Length == 1 ? 1 : factors.Sum(f => (f >> 4) * (f & 15));
            int width = factors.Length == 1 ? 8 : 8 * factors.Max(f => f >> 4);
            int height = factors.Length == 1 ? 8 : 8 * factors.Max(f => f & 15);
            long mcus = (long)((side + width - 1) / width) * ((side + height - 1) / height);
            return File(Frame(0xC0, side, side, factors), before ?? [], Dc, Ac, Scan(factors.Length == 1 ? 1 : 0, 0, 63, 0, factors.Length), Zeros((mcus * blocks / 4) + 1));
        })
        {
            Options = options,
        };

    /// <summary>A DC scan, then repeated AC scans of the first component.</summary>
    private static WorstInput Progressive(string name, int scans, byte[] factors, ThumbnailOptions options) =>
        new("jpeg", $"progressive, {name}", side => File(
            Frame(0xC2, side, side, factors),
            Dc,
            Ac,
            Scan(factors.Length == 1 ? 1 : 0, 0, 0, 0, factors.Length),
            Zeros(Blocks(side) * factors.Length / 8),
            Scans(scans - 1, i => [.. Scan(1 + (i % factors.Length), 1, 63, 0), .. Zeros(Blocks(side) / 8)])))
        {
            Options = options,
        };

    /// <summary>Many segments, then one block.</summary>
    private static WorstInput Small(string name, byte[] segment) =>
        new("jpeg", name, side => File(Frame(0xC0, 8, 8, [0x11]), Scans(9_000_000 / segment.Length, _ => segment), Dc, Ac, Scan(1, 0, 63, 0), [0]));

    private static byte[] File(params byte[][] parts)
    {
        using MemoryStream file = new();
        file.Write([0xFF, 0xD8]);
        file.Write(Quantization());
        foreach (byte[] part in parts)
        {
            file.Write(part);
        }

        file.Write([0xFF, 0xD9]);
        return file.ToArray();
    }

    private static byte[] Scans(int count, Func<int, byte[]> scan)
    {
        using MemoryStream all = new();
        for (int i = 0; i < count; i++)
        {
            all.Write(scan(i));
        }

        return all.ToArray();
    }

    /// <summary>Number of blocks of a component.</summary>
    private static long Blocks(int side) => (side + 7) / 8 * (long)((side + 7) / 8);

    private static byte[] Zeros(long count) => new byte[count];

    private static byte[] Restarts(long intervals)
    {
        byte[] data = new byte[3 * intervals];
        for (long i = 0; i < intervals; i++)
        {
            data[(3 * i) + 1] = 0xFF;
            data[(3 * i) + 2] = (byte)(0xD0 + (i & 7));
        }

        return data;
    }

    private static byte[] Frame(byte marker, int width, int height, byte[] factors) => Segment(marker,
    [
        8, (byte)(height >> 8), (byte)height, (byte)(width >> 8), (byte)width, (byte)factors.Length,
        .. factors.SelectMany((f, i) => new byte[] { (byte)(i + 1), f, 0 }),
    ]);

    /// <param name="component">From 1; 0 for all.</param>
    /// <param name="start">Ss.</param>
    /// <param name="end">Se.</param>
    /// <param name="bits">Ah and Al.</param>
    /// <param name="count">Number of components of the frame.</param>
    private static byte[] Scan(int component, byte start, byte end, byte bits, int count = 3)
    {
        byte[] components = component > 0 ? [(byte)component, 0] : [.. Enumerable.Range(1, count).SelectMany(i => new byte[] { (byte)i, 0 })];
        return Segment(0xDA, [(byte)(components.Length / 2), .. components, start, end, bits]);
    }

    private static byte[] Quantization() => Segment(0xDB, [0, .. Enumerable.Repeat((byte)1, 64)]);

    private static byte[] Huffman(byte kind, byte[] symbols) => Segment(0xC4, [kind, 1, (byte)(symbols.Length - 1), .. new byte[14], .. symbols]);

    private static byte[] Interval(int mcus) => Segment(0xDD, [(byte)(mcus >> 8), (byte)mcus]);

    private static byte[] Profile(byte[] profile)
    {
        byte[][] pieces = [.. profile.Chunk(65_000)];
        return [.. pieces.SelectMany((piece, i) => Segment(0xE2, [.. "ICC_PROFILE\0"u8, (byte)(i + 1), (byte)pieces.Length, .. piece]))];
    }

    /// <summary>A directory of 5,400 entries that the engine does not use.</summary>
    private static byte[] Exif() => Segment(0xE1, [.. "Exif\0\0MM\0*\0\0\0\u0008"u8, 0x15, 0x18, .. Enumerable.Repeat<byte[]>([1, 0, 0, 3, 0, 0, 0, 1, 0, 1, 0, 0], 5400).SelectMany(e => e)]);

    private static byte[] Segment(byte marker, byte[] data) => [0xFF, marker, (byte)((data.Length + 2) >> 8), (byte)(data.Length + 2), .. data];
}
