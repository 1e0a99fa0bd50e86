using System.Runtime.InteropServices;

namespace ResizeImage.Imaging.Formats.Heif;

/// <summary>
/// Doubles chroma of 4:2:0 and 4:2:2 to the columns and rows of luma. With fancy upsampling, chroma counts as centered between its pixels, as
/// libheif and libyuv in browsers treat it although H.265 E.3.1 puts it to the left by default: photos are mostly made from centered chroma.
/// </summary>
internal sealed class ChromaColumns
{
    private readonly BandShape _shape;
    private readonly int _odd;
    private readonly int _pairs;
    private readonly bool _repeatsLeft;
    private readonly bool _repeatsRight;

    // Of samples of one byte, and of two. Each has one sample more on either side than what is doubled.
    private readonly ushort[] _blend;
    private readonly int[] _wideBlend;
    private readonly byte[] _doubled;

    /// <param name="shape">With half the columns of chroma.</param>
    /// <param name="first">The first column of luma.</param>
    /// <param name="count">Columns of luma.</param>
    /// <param name="available">Samples in a row of chroma of the whole picture.</param>
    /// <param name="isFancy">If false, each sample serves two columns, and two rows of 4:2:0.</param>
    public ChromaColumns(BandShape shape, int first, int count, int available, bool isFancy)
    {
        _shape = shape;
        _odd = first & 1;
        int start = first / 2;
        int end = ((first + count - 1) / 2) + 1;
        _pairs = end - start;
        _repeatsLeft = start == 0;
        _repeatsRight = end >= available;
        IsFancy = isFancy;
        int from = isFancy && !_repeatsLeft ? start - 1 : start;
        int to = isFancy && !_repeatsRight ? end + 1 : end;
        (First, Count) = (from, to - from);
        _blend = new ushort[isFancy && !shape.IsWide ? _pairs + 2 : 0];
        _wideBlend = new int[isFancy && shape.IsWide ? _pairs + 2 : 0];
        _doubled = new byte[2 * _pairs * shape.BytesPerSample];
    }

    public bool IsFancy { get; }

    /// <summary>The first sample of chroma that is needed.</summary>
    public int First { get; }

    /// <summary>Samples of chroma that are needed.</summary>
    public int Count { get; }

    /// <summary>Makes a row as wide as luma.</summary>
    /// <param name="near">The needed samples of the nearest row.</param>
    /// <param name="far">Of the other row that the row is between; empty if rows are not doubled.</param>
    /// <param name="output">Receives a sample for each column of luma.</param>
    public void Double(ReadOnlySpan<byte> near, ReadOnlySpan<byte> far, Span<byte> output)
    {
        if (_shape.IsWide)
        {
            DoubleWide(MemoryMarshal.Cast<byte, ushort>(near), MemoryMarshal.Cast<byte, ushort>(far), MemoryMarshal.Cast<byte, ushort>(_doubled.AsSpan()));
        }
        else if (IsFancy)
        {
            FancyUpsampling.Blend(near[..Count], far.IsEmpty ? far : far[..Count], _blend.AsSpan(_repeatsLeft ? 1 : 0, Count));
            Extend(_blend);
            if (far.IsEmpty)
            {
                FancyUpsampling.Across(_blend, rows: false, _doubled);
            }
            else
            {
                FancyUpsampling.AcrossHalfUp(_blend, _doubled);
            }
        }
        else
        {
            Span<ushort> pairs = MemoryMarshal.Cast<byte, ushort>(_doubled.AsSpan());
            for (int i = 0; i < pairs.Length; i++)
            {
                pairs[i] = (ushort)(near[i] * 0x0101);
            }
        }

        _doubled.AsSpan(_odd * _shape.BytesPerSample, output.Length).CopyTo(output);
    }

    private void DoubleWide(ReadOnlySpan<ushort> near, ReadOnlySpan<ushort> far, Span<ushort> doubled)
    {
        if (!IsFancy)
        {
            for (int i = 0; i < _pairs; i++)
            {
                doubled[2 * i] = doubled[(2 * i) + 1] = near[i];
            }

            return;
        }

        int first = _repeatsLeft ? 1 : 0;
        for (int i = 0; i < Count; i++)
        {
            _wideBlend[first + i] = far.IsEmpty ? 4 * near[i] : (3 * near[i]) + far[i];
        }

        Extend(_wideBlend);
        for (int i = 0; i < _pairs; i++)
        {
            int center = (3 * _wideBlend[i + 1]) + 8;
            doubled[2 * i] = (ushort)((center + _wideBlend[i]) >> 4);
            doubled[(2 * i) + 1] = (ushort)((center + _wideBlend[i + 2]) >> 4);
        }
    }

    /// <summary>Repeats the outermost samples of the picture.</summary>
    private void Extend<T>(T[] blend)
    {
        if (_repeatsLeft)
        {
            blend[0] = blend[1];
        }

        if (_repeatsRight)
        {
            blend[^1] = blend[^2];
        }
    }
}
