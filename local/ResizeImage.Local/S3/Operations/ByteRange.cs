using System.Globalization;

namespace ResizeImage.Local.S3.Operations;

/// <summary>The header Range: RFC 9110 section 14.2.</summary>
internal static class ByteRange
{
    /// <summary>The requested bytes; null for all.</summary>
    /// <remarks>Several ranges, or an invalid range, mean the whole object, as in S3.</remarks>
    /// <exception cref="S3Exception">InvalidRange: nothing of it exists.</exception>
    public static (long Start, long Length)? Parse(string? header, long size)
    {
        if (header is null || !header.StartsWith("bytes=", StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        string[] ends = header["bytes=".Length..].Split('-', StringSplitOptions.TrimEntries);
        if (ends.Length != 2 || !TryNumber(ends[0], out long? first) || !TryNumber(ends[1], out long? last)
            || (first is null && last is null) || last < first)
        {
            return null;
        }

        long start = first ?? Math.Max(0, size - last!.Value);
        if (start >= size || (first is null && last == 0))
        {
            throw S3Error.InvalidRange(header, size);
        }

        long end = first is null || last is null ? size - 1 : Math.Min(last.Value, size - 1);
        return (start, end - start + 1);
    }

    /// <summary>The bytes that x-amz-copy-source-range names: both ends, within the object. All of them where it is missing.</summary>
    /// <exception cref="S3Exception">InvalidArgument, InvalidRequest.</exception>
    public static (long Start, long Length) ParseCopySource(string? header, long size)
    {
        if (header is null)
        {
            return (0, size);
        }

        string[] ends = header.StartsWith("bytes=", StringComparison.Ordinal) ? header["bytes=".Length..].Split('-') : [];
        if (ends.Length != 2 || !TryNumber(ends[0], out long? first) || !TryNumber(ends[1], out long? last) || last is null || first is null || last < first)
        {
            throw S3Error.Argument(
                "The x-amz-copy-source-range value must be of the form bytes=first-last where first and last are the zero-based offsets of the first and last bytes to copy",
                "x-amz-copy-source-range", header);
        }

        return last < size
            ? (first.Value, last.Value - first.Value + 1)
            : throw S3Error.Argument(string.Create(CultureInfo.InvariantCulture, $"Range specified is not valid for source object of size: {size}"), "x-amz-copy-source-range", header);
    }

    private static bool TryNumber(string text, out long? number)
    {
        bool isNumber = long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long value);
        number = isNumber ? value : null;
        return isNumber || text.Length == 0;
    }
}
