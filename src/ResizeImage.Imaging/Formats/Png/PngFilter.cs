using System.Numerics;

namespace ResizeImage.Imaging.Formats.Png;

/// <summary>
/// The scanline filters (PNG 9.2). Lines have <c>stride</c> zero bytes before the first pixel, so the pixel on the left always exists.
/// </summary>
internal static class PngFilter
{
    public const byte None = 0;
    public const byte Sub = 1;
    public const byte Up = 2;
    public const byte Average = 3;
    public const byte Paeth = 4;

    /// <summary>Filter types in method 0.</summary>
    public const int Count = 5;

    /// <summary>Turns a filtered line into samples.</summary>
    /// <param name="filter">The byte before the line, less than <see cref="Count"/>.</param>
    /// <param name="filtered">The line, without padding.</param>
    /// <param name="above">Padding and samples of the line above.</param>
    /// <param name="line">Padding, and receives the samples.</param>
    /// <param name="stride">Bytes of a pixel, at least 1.</param>
    public static void Undo(byte filter, ReadOnlySpan<byte> filtered, ReadOnlySpan<byte> above, Span<byte> line, int stride)
    {
        switch (filter)
        {
            case None:
                filtered.CopyTo(line[stride..]);
                break;
            case Sub:
                UndoSub(filtered, line, stride);
                break;
            case Up:
                UndoUp(filtered, above[stride..], line[stride..]);
                break;
            case Average:
                UndoAverage(filtered, above, line, stride);
                break;
            case Paeth:
                UndoPaeth(filtered, above, line, stride);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(filter));
        }
    }

    /// <summary>Turns two filtered lines, both <see cref="Paeth"/>, into samples.</summary>
    /// <param name="first">The first line, without padding.</param>
    /// <param name="second">The second line, without padding.</param>
    /// <param name="above">Padding and samples of the line above the first.</param>
    /// <param name="firstLine">Padding, and receives the samples.</param>
    /// <param name="secondLine">Padding, and receives the samples.</param>
    /// <param name="stride">Bytes of a pixel, at least 1.</param>
    public static void UndoPaethPair(
        ReadOnlySpan<byte> first, ReadOnlySpan<byte> second, ReadOnlySpan<byte> above, Span<byte> firstLine, Span<byte> secondLine, int stride)
    {
        int start = PngPixelFilters.Supports(stride)
            ? PngPixelFilters.UndoPaethPair(first, second, above[stride..], firstLine[stride..], secondLine[stride..], stride)
            : 0;
        UndoPaeth(first, above, firstLine, stride, start);
        UndoPaeth(second, firstLine, secondLine, stride, start);
    }

    /// <summary>Filters a line, the inverse of <see cref="Undo"/>.</summary>
    /// <param name="filter">A filter type less than <see cref="Count"/>.</param>
    /// <param name="line">Padding and samples.</param>
    /// <param name="above">Padding and samples of the line above, of the same length.</param>
    /// <param name="stride">Bytes of a pixel, at least 1.</param>
    /// <param name="filtered">Receives the line without padding.</param>
    public static void Apply(byte filter, ReadOnlySpan<byte> line, ReadOnlySpan<byte> above, int stride, Span<byte> filtered)
    {
        ReadOnlySpan<byte> pixels = line[stride..];
        ReadOnlySpan<byte> up = above[stride..];
        switch (filter)
        {
            case None:
                pixels.CopyTo(filtered);
                break;
            case Sub:
                Subtract(pixels, line, filtered);
                break;
            case Up:
                Subtract(pixels, up, filtered);
                break;
            case Average:
                for (int i = 0; i < filtered.Length; i++)
                {
                    filtered[i] = (byte)(pixels[i] - ((line[i] + up[i]) >> 1));
                }

                break;
            default:
                for (int i = 0; i < filtered.Length; i++)
                {
                    filtered[i] = (byte)(pixels[i] - Predict(line[i], up[i], above[i]));
                }

                break;
        }
    }

    /// <summary>The Paeth predictor: left, above or upper left, the nearest to left + above − upper left. Ties go in this order (PNG 9.4).</summary>
    public static int Predict(int left, int above, int upperLeft)
    {
        int byLeft = Math.Abs(above - upperLeft);
        int byAbove = Math.Abs(left - upperLeft);
        int byUpperLeft = Math.Abs(left + above - (2 * upperLeft));
        return byLeft <= byAbove && byLeft <= byUpperLeft ? left : byAbove <= byUpperLeft ? above : upperLeft;
    }

    private static void Subtract(ReadOnlySpan<byte> pixels, ReadOnlySpan<byte> predictions, Span<byte> filtered)
    {
        int i = 0;
        for (; i <= filtered.Length - Vector<byte>.Count; i += Vector<byte>.Count)
        {
            (new Vector<byte>(pixels[i..]) - new Vector<byte>(predictions[i..])).CopyTo(filtered[i..]);
        }

        for (; i < filtered.Length; i++)
        {
            filtered[i] = (byte)(pixels[i] - predictions[i]);
        }
    }

    private static void UndoSub(ReadOnlySpan<byte> filtered, Span<byte> line, int stride)
    {
        int start = PngPixelFilters.Supports(stride) ? PngPixelFilters.UndoSub(filtered, line[stride..], stride) : 0;
        for (int i = start; i < filtered.Length; i++)
        {
            line[stride + i] = (byte)(filtered[i] + line[i]);
        }
    }

    private static void UndoUp(ReadOnlySpan<byte> filtered, ReadOnlySpan<byte> above, Span<byte> pixels)
    {
        int i = 0;
        for (; i <= filtered.Length - Vector<byte>.Count; i += Vector<byte>.Count)
        {
            (new Vector<byte>(filtered[i..]) + new Vector<byte>(above[i..])).CopyTo(pixels[i..]);
        }

        for (; i < filtered.Length; i++)
        {
            pixels[i] = (byte)(filtered[i] + above[i]);
        }
    }

    private static void UndoAverage(ReadOnlySpan<byte> filtered, ReadOnlySpan<byte> above, Span<byte> line, int stride)
    {
        int start = PngPixelFilters.Supports(stride) ? PngPixelFilters.UndoAverage(filtered, above[stride..], line[stride..], stride) : 0;
        for (int i = start; i < filtered.Length; i++)
        {
            line[stride + i] = (byte)(filtered[i] + ((line[i] + above[stride + i]) >> 1));
        }
    }

    private static void UndoPaeth(ReadOnlySpan<byte> filtered, ReadOnlySpan<byte> above, Span<byte> line, int stride)
    {
        int start = PngPixelFilters.Supports(stride) ? PngPixelFilters.UndoPaeth(filtered, above[stride..], line[stride..], stride) : 0;
        UndoPaeth(filtered, above, line, stride, start);
    }

    private static void UndoPaeth(ReadOnlySpan<byte> filtered, ReadOnlySpan<byte> above, Span<byte> line, int stride, int start)
    {
        for (int i = start; i < filtered.Length; i++)
        {
            line[stride + i] = (byte)(filtered[i] + Predict(line[i], above[stride + i], above[i]));
        }
    }
}
