namespace ResizeImage.Imaging.Formats.Tiff;

/// <summary>The bytes of a strip or tile in the file.</summary>
/// <param name="Offset">Offset of the first byte.</param>
/// <param name="Length">Bytes that are in the file; 0 if the segment is missing.</param>
/// <param name="IsTruncated">The segment extends beyond the end of the file.</param>
internal readonly record struct TiffSegment(int Offset, int Length, bool IsTruncated);

/// <summary>
/// The segments of an image: strips (TIFF 6.0, section 3), which are as wide as the image, or tiles (section 15). Offsets and byte counts stay
/// in the file and are read when a segment is.
/// </summary>
internal sealed class TiffSegments
{
    private readonly ByteSource _file;
    private readonly TiffField _offsets;
    private readonly TiffField? _byteCounts;

    /// <summary>Strips or tiles as the directory states them.</summary>
    /// <param name="file">The whole file.</param>
    /// <param name="directory">The image's directory.</param>
    /// <param name="width">Columns of the image.</param>
    /// <param name="height">Rows of the image.</param>
    /// <exception cref="InvalidImageException">Fields are missing, or a size is 0.</exception>
    public TiffSegments(ByteSource file, TiffIfd directory, int width, int height)
    {
        _file = file;
        bool isTiled = directory.Has(TiffTag.TileWidth) || directory.Has(TiffTag.TileOffsets);
        _offsets = directory.Find(isTiled ? TiffTag.TileOffsets : TiffTag.StripOffsets)
            ?? directory.Find(isTiled ? TiffTag.StripOffsets : TiffTag.TileOffsets)
            ?? throw TiffErrors.Corrupt($"its directory has no {(isTiled ? "TileOffsets" : "StripOffsets")}");
        _byteCounts = directory.Find(isTiled ? TiffTag.TileByteCounts : TiffTag.StripByteCounts)
            ?? directory.Find(isTiled ? TiffTag.StripByteCounts : TiffTag.TileByteCounts);
        long segmentWidth = isTiled ? directory.Number(TiffTag.TileWidth) ?? 0 : width;
        long segmentHeight = isTiled ? directory.Number(TiffTag.TileLength) ?? 0 : directory.Number(TiffTag.RowsPerStrip) ?? height;
        if (!isTiled && segmentHeight == 0)
        {
            segmentHeight = height;
        }

        if (segmentWidth is 0 or > int.MaxValue || segmentHeight == 0)
        {
            throw TiffErrors.Corrupt($"its tiles have {segmentWidth} × {segmentHeight} pixels");
        }

        IsTiled = isTiled;
        Width = (int)segmentWidth;
        Height = (int)Math.Min(segmentHeight, height);
        Across = (width - 1) / Width + 1;
        Down = (height - 1) / Height + 1;
    }

    /// <summary>One strip, for the JPEG file that section 22 of TIFF 6.0 allows instead of strips.</summary>
    /// <param name="file">The whole file.</param>
    /// <param name="offset">The offset of its data.</param>
    /// <param name="byteCount">Its length, if it is stated.</param>
    /// <param name="width">Columns of the image.</param>
    /// <param name="height">Rows of the image.</param>
    public TiffSegments(ByteSource file, TiffField offset, TiffField? byteCount, int width, int height)
    {
        (_file, _offsets, _byteCounts) = (file, offset, byteCount);
        (Width, Height, Across, Down) = (width, height, 1, 1);
    }

    /// <summary>The segments are tiles: those at the right edge are as wide as all others.</summary>
    public bool IsTiled { get; }

    /// <summary>Columns of each segment.</summary>
    public int Width { get; }

    /// <summary>Rows of a segment that can be in the image; the last segment may have fewer.</summary>
    public int Height { get; }

    /// <summary>Segments beside each other.</summary>
    public int Across { get; }

    /// <summary>Segments below each other.</summary>
    public int Down { get; }

    /// <summary>Finds a segment in the file.</summary>
    /// <param name="plane">The plane, 0 if samples are interleaved.</param>
    /// <param name="down">The row of segments.</param>
    /// <param name="across">The column of segments.</param>
    public TiffSegment Find(int plane, int down, int across)
    {
        long index = ((((long)plane * Down) + down) * Across) + across;
        long offset = _offsets.Number(index) ?? 0;
        if (offset <= 0)
        {
            return default;
        }

        if (offset >= _file.Length)
        {
            return new(0, 0, IsTruncated: true);
        }

        // Without a byte count, the data of a segment shows its end.
        long length = _byteCounts?.Number(index) is { } count and > 0 ? count : _file.Length - offset;
        long room = _file.Length - offset;
        return new((int)offset, (int)Math.Min(length, room), IsTruncated: length > room);
    }
}
