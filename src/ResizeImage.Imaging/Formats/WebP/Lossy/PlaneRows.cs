using System.Numerics;
using System.Runtime.InteropServices;
using ResizeImage.Imaging.Pixels;

namespace ResizeImage.Imaging.Formats.WebP;

/// <summary>
/// The window's columns of a row of Y, U and V at one size: chroma is doubled, or luma is halved. A halved sample that reaches over the edge
/// uses the samples coded there, which mostly repeat the outermost ones.
/// </summary>
/// <param name="planes">The decoded samples.</param>
/// <param name="width">Width of the frame.</param>
/// <param name="height">Height of the frame.</param>
/// <param name="window">In the frame's coordinates.</param>
/// <param name="fancy">Fancy upsampling of chroma; if false, each chroma sample serves four pixels.</param>
internal sealed class PlaneRows(Vp8Planes planes, int width, int height, DecodeWindow window, bool fancy)
{
    // Has one sample more on either side than what is doubled, which begins at an even column.
    private readonly ushort[] _blend = fancy && !window.IsReduced ? new ushort[(window.Width / 2) + 4] : [];
    private readonly byte[] _doubled = new byte[window.IsReduced ? 0 : window.Width + 2];

    /// <summary>Bytes that an instance allocates, at most.</summary>
    public static long EstimateMemory(DecodeWindow window) => 2L * (window.Width + 5);

    /// <summary>The number of luma rows, from the first one on, that must be final before a row can be read.</summary>
    /// <param name="row">A row of the image at the window's scale.</param>
    public int LumaRowsFor(int row)
    {
        int end = LumaRowsOf(row);

        // An odd row also uses the chroma row below its own.
        return Math.Min(fancy && !window.IsReduced && row % 2 == 1 ? end + 2 : end, height);
    }

    /// <summary>The luma rows of the frame down to the end of a row of the window, which may be beyond the frame's.</summary>
    public int LumaRowsOf(int row) => window.IsReduced ? 2 * (row + 1) : row + 1;

    /// <summary>Reads a row of the window.</summary>
    /// <param name="row">A row of the image at the window's scale.</param>
    /// <param name="readable">Luma rows, from the first one on, that are readable.</param>
    /// <param name="output">Receives Y of the window's columns, then U, then V.</param>
    public void Read(int row, int readable, Span<byte> output)
    {
        ReadLuma(row, output[..window.Width]);
        ReadChroma(planes.U, row, readable, output.Slice(window.Width, window.Width));
        ReadChroma(planes.V, row, readable, output.Slice(2 * window.Width, window.Width));
    }

    private void ReadLuma(int row, Span<byte> output)
    {
        if (window.IsReduced)
        {
            PlaneReduction.Halve(planes.YRow(2 * row)[(2 * window.X)..], planes.YRow((2 * row) + 1)[(2 * window.X)..], output);
        }
        else
        {
            planes.YRow(row).Slice(window.X, window.Width).CopyTo(output);
        }
    }

    private void ReadChroma(byte[] plane, int row, int readable, Span<byte> output)
    {
        if (window.IsReduced)
        {
            planes.ChromaRow(plane, row).Slice(window.X, window.Width).CopyTo(output);
            return;
        }

        int near = row / 2;
        int far = row % 2 == 0 ? Math.Max(near - 1, 0) : Math.Min(near + 1, (readable - 1) / 2);
        Double(planes.ChromaRow(plane, near), planes.ChromaRow(plane, far), _doubled);
        _doubled.AsSpan(window.X & 1, window.Width).CopyTo(output);
    }

    /// <summary>Makes two samples for each of the chroma row, beginning with the one that the window's first column belongs to.</summary>
    private void Double(ReadOnlySpan<byte> near, ReadOnlySpan<byte> far, Span<byte> output)
    {
        int first = window.X / 2;
        int end = ((window.X + window.Width - 1) / 2) + 1;
        if (!fancy)
        {
            Repeat(near[first..end], MemoryMarshal.Cast<byte, ushort>(output));
            return;
        }

        int chromaWidth = (width + 1) / 2;
        int blendFirst = Math.Max(first - 1, 0);
        int blendEnd = Math.Min(end + 1, chromaWidth);
        Span<ushort> blend = _blend.AsSpan(0, end - first + 2);
        FancyUpsampling.Blend(near[blendFirst..blendEnd], far[blendFirst..blendEnd], blend[(blendFirst - first + 1)..]);
        if (first == 0)
        {
            blend[0] = blend[1];
        }

        if (end == chromaWidth)
        {
            blend[^1] = blend[^2];
        }

        FancyUpsampling.AcrossHalfUp(blend, output[..(2 * (end - first))]);
    }

    /// <summary>Each sample twice. Vectors take 1 to 5 % off the thumbnail of an image that is not halved.</summary>
    private static void Repeat(ReadOnlySpan<byte> samples, Span<ushort> pairs)
    {
        int i = 0;
        for (; i <= samples.Length - Vector<byte>.Count; i += Vector<byte>.Count)
        {
            Vector.Widen(new Vector<byte>(samples[i..]), out Vector<ushort> low, out Vector<ushort> high);
            (low | (low << 8)).CopyTo(pairs[i..]);
            (high | (high << 8)).CopyTo(pairs[(i + Vector<ushort>.Count)..]);
        }

        for (; i < samples.Length; i++)
        {
            pairs[i] = (ushort)(samples[i] * 0x0101);
        }
    }
}
