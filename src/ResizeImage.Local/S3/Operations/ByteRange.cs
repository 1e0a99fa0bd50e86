using System.Globalization;

namespace ResizeImage.Local.S3.Operations;

/// <summary>The header Range: RFC 9110 section 14.2.</summary>
internal static class ByteRange
{
    /// <summary>The bytes asked for; null for all of them.</summary>
    /// <remarks>Several ranges, and what is not a range of bytes, mean the whole object, as in S3.</remarks>
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

    private static bool TryNumber(string text, out long? number)
    {
        bool isNumber = long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long value);
        number = isNumber ? value : null;
        return isNumber || text.Length == 0;
    }
}
