namespace ResizeImage.Imaging.Formats.Jpeg;

/// <summary>The refusals of JPEG files: each says what was found and what to do.</summary>
internal static class JpegErrors
{
    /// <summary>The file breaks a rule of T.81.</summary>
    /// <param name="what">A clause about the file, without a period.</param>
    public static InvalidImageException Corrupt(string what) => new($"The JPEG file is corrupt: {what}. {Advice.Corrupt}");

    /// <summary>The file is valid, and the engine does not decode its kind.</summary>
    /// <param name="kind">Completes "The file is", for example "a lossless JPEG (SOF3)".</param>
    public static UnsupportedImageException Unsupported(string kind) =>
        new($"The file is {kind}; baseline and progressive JPEG are read. {Advice.Unsupported}");

    /// <summary>A scan needs a table that the file has not defined.</summary>
    public static InvalidImageException Missing(string table, int index) => Corrupt($"it uses {table} {index} without defining it");

    /// <summary>The file has no frame header or no scan.</summary>
    public static InvalidImageException Missing(string missing, ByteSource file) => EndsAsWhole(file)
        ? Corrupt($"it has no {missing}")
        : new($"The JPEG file ends after {file.Length:N0} bytes, before its {missing}. {Advice.Truncated}");

    /// <summary>A segment extends beyond the end of the file: the file is truncated, or the length is wrong.</summary>
    /// <param name="marker">The second byte of the segment's marker.</param>
    /// <param name="offset">Offset of the marker.</param>
    /// <param name="length">The length field of the segment (T.81 B.1.1.4).</param>
    /// <param name="file">The whole file.</param>
    public static InvalidImageException SegmentBeyondEnd(byte marker, int offset, int length, ByteSource file) => EndsAsWhole(file)
        ? Corrupt($"the segment of marker 0xFF{marker:X2} at byte {offset:N0} gives its length as {length:N0}, but the file has {file.Length:N0} bytes")
        : new($"The JPEG file ends after {file.Length:N0} bytes, within the segment of marker 0xFF{marker:X2} at byte {offset:N0}. {Advice.Truncated}");

    /// <summary>The file has a frame and a scan, and not one MCU can be decoded.</summary>
    public static InvalidImageException NoData(ByteSource file) => EndsAsWhole(file)
        ? Corrupt("none of its image data can be decoded")
        : new($"The JPEG file ends after {file.Length:N0} bytes, before its first pixels. {Advice.Truncated}");

    /// <summary>True if EOI ends the file, apart from padding: then the file is not truncated.</summary>
    private static bool EndsAsWhole(ByteSource file)
    {
        ReadOnlySpan<byte> bytes = file.WaitForAll().TrimEnd(" \r\n\0"u8);
        return bytes.Length > 4 && bytes.EndsWith((ReadOnlySpan<byte>)[0xFF, JpegMarker.EndOfImage]);
    }
}
