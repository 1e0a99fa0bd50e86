using System.Runtime.InteropServices;

namespace ResizeImage.Imaging.Formats.Bmp;

/// <summary>
/// The rows of a run-length encoded image. Nearly all such images are stored from the bottom up, and runs can only be read forwards: one pass
/// records where each row begins, so no pixels need be held. Skipped pixels have index 0, or are black, as in Pillow and ImageMagick.
/// </summary>
internal sealed class BmpRunRows : BmpRows
{
    private static readonly Comparer<BmpRun> ByRow = Comparer<BmpRun>.Create((a, b) => a.Row.CompareTo(b.Row));

    private readonly BmpHeader _header;
    private readonly BmpRunDecoder _decoder;
    private readonly byte[] _pixels;
    private readonly List<BmpRun> _runs = [];

    /// <param name="file">The whole file.</param>
    /// <param name="contents">The file's contents.</param>
    public BmpRunRows(ByteSource file, BmpContents contents)
    {
        _header = contents.Header;
        _decoder = new(file, _header);
        Count = FindRows((int)Math.Min(contents.PixelOffset, file.Length));
        _pixels = Count > 0 ? new byte[RowBytes(_header)] : [];
    }

    /// <inheritdoc/>
    public override int Count { get; }

    /// <summary>Estimated bytes that an instance allocates.</summary>
    public static long EstimateMemory(BmpHeader header, int fileBytes)
    {
        // A row takes at least two bytes of the file, unless it is skipped. A list that grows holds the old and the new array.
        long rows = Math.Min(header.Height, fileBytes / 2);
        return RowBytes(header) + (3 * rows * Marshal.SizeOf<BmpRun>());
    }

    /// <summary>Bytes of an expanded row; can exceed the longest array.</summary>
    public static long RowBytes(BmpHeader header) => (long)header.Width * BmpRunDecoder.BytesPerPixel(header);

    /// <inheritdoc/>
    public override ReadOnlySpan<byte> Read(int row)
    {
        Array.Clear(_pixels);
        int index = _runs.BinarySearch(new(row, 0, 0), ByRow);
        if (index >= 0)
        {
            _decoder.Decode(_runs[index], _pixels, out _);
        }

        return _pixels;
    }

    /// <returns>The number of readable rows: all, unless the file ends before its end-of-bitmap code.</returns>
    private int FindRows(int offset)
    {
        for (BmpRun? run = new BmpRun(0, 0, offset); run is { } start && start.Row < _header.Height;)
        {
            _runs.Add(start);
            run = _decoder.Decode(start, default, out bool isTruncated);
            if (isTruncated)
            {
                return start.Row;
            }
        }

        return _header.Height;
    }
}
