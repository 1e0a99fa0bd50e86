using ResizeImage.Imaging.Pixels;

namespace ResizeImage.Imaging.Formats.Jpeg;

/// <summary>Writes a baseline or progressive JPEG file (JFIF) with optimal Huffman tables.</summary>
internal static class JpegEncoder
{
    /// <summary>
    /// The quality of a thumbnail if the settings give none: SSIMULACRA2 of 80 to 85 by the curve of bench/curve.py, from which on nobody sees a
    /// difference side by side, in at most 1.5 times the bytes of sharp at quality 80. Small thumbnails get more, because displays
    /// enlarge them.
    /// </summary>
    public static int DefaultQuality(int width, int height) => Math.Max(width, height) switch
    {
        <= 160 => 90,
        <= 320 => 88,
        <= 640 => 87,
        _ => 85,
    };

    /// <summary>
    /// Encodes a bitmap. Color keeps its full resolution (4:4:4): coarse steps for Cb and Cr save more bytes at equal SSIMULACRA2 than half the
    /// resolution (4:2:0), at every quality from 20 up.
    /// </summary>
    /// <param name="bitmap">1 or 3 channels.</param>
    /// <param name="quality">1 to 100.</param>
    /// <param name="progressive">True for progressive, false for baseline.</param>
    /// <param name="work">Checked once per scan.</param>
    public static byte[] Encode(Bitmap bitmap, int quality, bool progressive = false, WorkMeter? work = null)
    {
        var luminance = QuantizationTables.Scaled(chrominance: false, quality);
        var chrominance = QuantizationTables.Scaled(chrominance: true, quality);
        EncoderComponent[] components = ForwardTransform.Run(bitmap, luminance, chrominance);
        TrellisQuantizer.Run(components, work);
        return Write(bitmap, components, progressive, work);
    }

    /// <summary>Writes the file of components that have been quantized.</summary>
    public static byte[] Write(Bitmap bitmap, EncoderComponent[] components, bool progressive, WorkMeter? work)
    {
        var file = new List<byte>(bitmap.Width * bitmap.Height / 2);
        WriteHeader(file, bitmap, components, progressive);
        foreach (EncoderScan scan in progressive ? EncoderScan.Progressive(components) : EncoderScan.Baseline(components))
        {
            work?.Check();
            WriteScan(file, scan, components);
        }

        file.AddRange([0xFF, JpegMarker.EndOfImage]);
        return file.ToArray();
    }

    private static void WriteScan(List<byte> file, EncoderScan scan, EncoderComponent[] components)
    {
        int[][] counts = scan.Symbols.Count();
        var tables = new HuffmanEncoder?[counts.Length];
        for (int i = 0; i < counts.Length; i++)
        {
            if (counts[i].Any(count => count > 0))
            {
                const int AcClass = 0x10;
                tables[i] = new HuffmanEncoder(counts[i]);
                WriteHuffmanTable(file, (i / 2) | (i % 2 * AcClass), tables[i]!);
            }
        }

        WriteScanHeader(file, scan, components);
        var writer = new EntropyWriter(file);
        scan.Symbols.Write(writer, tables);
        writer.Flush();
    }

    private static void WriteHeader(List<byte> file, Bitmap bitmap, EncoderComponent[] components, bool progressive)
    {
        file.AddRange([0xFF, JpegMarker.StartOfImage]);

        // JFIF 1.01, square pixels, no embedded thumbnail.
        WriteSegment(file, JpegMarker.App0, [.. "JFIF\0"u8, 1, 1, 0, 0, 1, 0, 1, 0, 0]);
        foreach (EncoderComponent component in components.AsSpan(0, Math.Min(components.Length, 2)))
        {
            WriteQuantizationTable(file, component.Table, component.Steps);
        }

        List<byte> frame =
        [
            8,
            (byte)(bitmap.Height >> 8), (byte)bitmap.Height,
            (byte)(bitmap.Width >> 8), (byte)bitmap.Width,
            (byte)components.Length,
        ];
        for (int i = 0; i < components.Length; i++)
        {
            frame.AddRange([(byte)(i + 1), 0x11, (byte)components[i].Table]);
        }

        WriteSegment(file, progressive ? JpegMarker.StartOfFrameProgressive : JpegMarker.StartOfFrameBaseline, frame);
    }

    private static void WriteQuantizationTable(List<byte> file, int index, byte[] steps)
    {
        List<byte> segment = [(byte)index];
        foreach (byte natural in ZigZag.NaturalOrder)
        {
            segment.Add(steps[natural]);
        }

        WriteSegment(file, JpegMarker.DefineQuantizationTables, segment);
    }

    private static void WriteHuffmanTable(List<byte> file, int classAndIndex, HuffmanEncoder table) =>
        WriteSegment(file, JpegMarker.DefineHuffmanTables, [(byte)classAndIndex, .. table.Counts, .. table.Values]);

    private static void WriteScanHeader(List<byte> file, EncoderScan scan, EncoderComponent[] components)
    {
        List<byte> segment = [(byte)scan.Components.Length];
        foreach (int i in scan.Components)
        {
            segment.AddRange([(byte)(i + 1), (byte)((components[i].Table << 4) | components[i].Table)]);
        }

        segment.AddRange([(byte)scan.SpectralStart, (byte)scan.SpectralEnd, 0]);
        WriteSegment(file, JpegMarker.StartOfScan, segment);
    }

    private static void WriteSegment(List<byte> file, byte marker, List<byte> data)
    {
        int length = data.Count + 2;
        file.AddRange([0xFF, marker, (byte)(length >> 8), (byte)length]);
        file.AddRange(data);
    }
}
