using System.Buffers;
using System.Numerics;
using ResizeImage.Imaging.Pixels;

namespace ResizeImage.Imaging.Formats.Jpeg;

/// <summary>
/// A ring buffer of the samples of one component around the current row: two rows of MCUs, only the wanted columns. Upsamples to the
/// size of the image as libjpeg's "fancy upsampling" does: interpolates halved components with weights 3/4 and 1/4, and repeats the
/// nearest sample of all others.
/// </summary>
internal sealed class ComponentSamples : BlockSink, IDisposable
{
    private readonly ushort[] _quantization;
    private readonly int _size;             // samples per row and column of a block
    private readonly int _width;            // size of the component at this scale, without padding
    private readonly int _height;
    private int _firstColumn;               // the component's column at which the ring begins
    private int _columns;                   // samples per row of the ring, padded to whole vectors of blocks
    private readonly int _ringMask;         // rows of blocks in the ring, less 1: a power of two avoids divisions
    private readonly int _stripRows;
    private byte[] _ring = [];

    // The component has _scaledH / _pictureH samples per pixel across, and _scaledV / _pictureV down.
    private readonly int _scaledH;
    private readonly int _pictureH;
    private readonly int _scaledV;
    private readonly int _pictureV;
    private readonly bool _smoothH;
    private readonly bool _smoothV;
    private readonly DecodeWindow _window;
    private BlockDemand _demand;
    private readonly bool _toMeanLight;
    private readonly byte[] _row;
    private readonly ushort[] _blend;

    /// <param name="frame">The frame.</param>
    /// <param name="component">The component.</param>
    /// <param name="quantization">64 quantization steps in rows.</param>
    /// <param name="window">The wanted pixels and their scale.</param>
    /// <param name="isLight">True if the samples are code values of light, so that reduced scales estimate the mean of light.</param>
    public ComponentSamples(JpegFrame frame, JpegComponent component, ushort[] quantization, DecodeWindow window, bool isLight)
    {
        _toMeanLight = isLight && window.IsReduced;
        int pictureSize = window.Eighths;
        _quantization = quantization;
        _window = window;
        _size = BlockSize(frame, component, window.Eighths);
        (_scaledH, _pictureH) = Reduce(component.H * _size, frame.MaxH * pictureSize);
        (_scaledV, _pictureV) = Reduce(component.V * _size, frame.MaxV * pictureSize);
        _width = CeilDiv((long)frame.Width * component.H * _size, frame.MaxH * 8);
        _height = CeilDiv((long)frame.Height * component.V * _size, frame.MaxV * 8);

        // libjpeg interpolates only if a block keeps more than one sample and the row more than two.
        bool smooth = pictureSize > 1;
        _smoothH = smooth && (_scaledH, _pictureH) == (1, 2) && _pictureV <= 2 && _width > 2 && _scaledV == 1;
        _smoothV = smooth && (_scaledV, _pictureV) == (1, 2) && (_smoothH || _pictureH == 1) && _scaledH == 1;

        (int firstX, int endX) = Range(window.X, window.Width, _scaledH, _pictureH, _width, component.PaddedBlocksPerRow);
        (int firstY, int endY) = Range(window.Y, window.Height, _scaledV, _pictureV, _height, component.PaddedBlockRows);
        _stripRows = component.V * _size;
        _ringMask = (int)BitOperations.RoundUpToPowerOf2((uint)(2 * component.V)) - 1;
        _demand = new BlockDemand(firstX, endX, firstY, endY, LowInverseDct.LastCoefficient(window));
        RentRing();
        _row = ArrayPool<byte>.Shared.Rent(window.Width + 2);
        _blend = ArrayPool<ushort>.Shared.Rent((window.Width / 2) + 4);
    }

    /// <summary>The blocks and coefficients that change the wanted samples.</summary>
    public override BlockDemand Demand => _demand;

    /// <summary>
    /// Samples per row and column of a block if the component with the most has <paramref name="pictureSize"/>. As in libjpeg, components of lower
    /// resolution are reduced less, as far as that avoids upsampling.
    /// </summary>
    public static int BlockSize(JpegFrame frame, JpegComponent component, int pictureSize)
    {
        int size = pictureSize;
        while (size <= 4
            && frame.MaxH * pictureSize % (component.H * size * 2) == 0
            && frame.MaxV * pictureSize % (component.V * size * 2) == 0)
        {
            size *= 2;
        }

        return size;
    }

    /// <summary>Bytes that the buffers of a component need.</summary>
    public static long EstimateMemory(JpegFrame frame, JpegComponent component, DecodeWindow window)
    {
        int size = BlockSize(frame, component, window.Eighths);
        return (4L * component.V * size * (component.PaddedBlocksPerRow + LowInverseDct.BlockAlignment) * size) + (2L * window.Width);
    }

    /// <summary>Makes room for more blocks, which other windows demand. Call it before the first block.</summary>
    public void Widen(BlockDemand blocks)
    {
        ArrayPool<byte>.Shared.Return(_ring);
        _demand = blocks with { LastCoefficient = _demand.LastCoefficient };
        RentRing();
    }

    /// <summary>Transforms a demanded block into samples, at scale 1.</summary>
    public override void Put(int column, int row, ReadOnlySpan<short> coefficients) =>
        InverseDct.Transform(coefficients, _quantization, RingBlocks(row)[((column * _size) - _firstColumn)..], _columns);

    /// <summary>Transforms a row of demanded blocks into samples.</summary>
    public override void PutRow(int row, CoefficientRow coefficients) =>
        LowInverseDct.Transform(coefficients, Demand.LastCoefficient, _quantization, _size, RingBlocks(row), _columns, _toMeanLight);

    /// <summary>The row of MCUs that must have been decoded before <see cref="Row"/> can deliver row <paramref name="y"/> of the image.</summary>
    public int McuRowFor(int y)
    {
        int row = Math.Min((int)((long)y * _scaledV / _pictureV), _height - 1);
        if (_smoothV && (y & 1) == 1)
        {
            row = Math.Min(row + 1, _height - 1);
        }

        return row / _stripRows;
    }

    /// <summary>The wanted columns of row <paramref name="y"/> of the image.</summary>
    public ReadOnlySpan<byte> Row(int y)
    {
        int row = Math.Min((int)((long)y * _scaledV / _pictureV), _height - 1);
        ReadOnlySpan<byte> near = RingRow(row);
        if (!_smoothV && _scaledH == _pictureH)
        {
            return near.Slice(_window.X - _firstColumn, _window.Width);
        }

        Span<byte> output = _row.AsSpan(0, _window.Width);
        if (!_smoothV && !_smoothH)
        {
            for (int x = 0; x < output.Length; x++)
            {
                int column = Math.Min((int)((long)(_window.X + x) * _scaledH / _pictureH), _width - 1);
                output[x] = near[column - _firstColumn];
            }

            return output;
        }

        int other = (y & 1) == 0 ? Math.Max(row - 1, 0) : Math.Min(row + 1, _height - 1);
        ReadOnlySpan<byte> far = _smoothV ? RingRow(other) : default;
        if (!_smoothH)
        {
            int first = _window.X - _firstColumn;
            FancyUpsampling.Down(
                near.Slice(first, output.Length), far.Slice(first, output.Length), (ushort)((y & 1) == 0 ? 1 : 2), output);
            return output;
        }

        return SmoothAcross(near, far);
    }

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_ring);
        ArrayPool<byte>.Shared.Return(_row);
        ArrayPool<ushort>.Shared.Return(_blend);
    }

    /// <summary>Doubles the columns, and the rows if <paramref name="far"/> is not empty.</summary>
    private ReadOnlySpan<byte> SmoothAcross(ReadOnlySpan<byte> near, ReadOnlySpan<byte> far)
    {
        // The wanted columns and one more on either side. Beyond the edge the outermost sample repeats.
        int first = (_window.X >> 1) - 1;
        int end = ((_window.X + _window.Width - 1) >> 1) + 2;
        Span<ushort> blend = _blend.AsSpan(0, end - first);
        int inFirst = Math.Max(first, 0);
        int inLength = Math.Min(end, _width) - inFirst;
        near = near.Slice(inFirst - _firstColumn, inLength);
        far = far.IsEmpty ? far : far.Slice(inFirst - _firstColumn, inLength);
        FancyUpsampling.Blend(near, far, blend[(inFirst - first)..]);
        if (inFirst > first)
        {
            blend[0] = blend[1];
        }

        if (end > _width)
        {
            blend[^1] = blend[^2];
        }

        FancyUpsampling.Across(blend, rows: !far.IsEmpty, _row.AsSpan(0, 2 * (blend.Length - 2)));
        return _row.AsSpan(_window.X & 1, _window.Width);
    }

    private void RentRing()
    {
        int blocks = _demand.EndColumn - _demand.FirstColumn;
        _firstColumn = _demand.FirstColumn * _size;
        _columns = ((blocks + LowInverseDct.BlockAlignment - 1) & -LowInverseDct.BlockAlignment) * _size;
        _ring = ArrayPool<byte>.Shared.Rent((_ringMask + 1) * _size * _columns);
    }

    private Span<byte> RingBlocks(int row) => _ring.AsSpan((row & _ringMask) * _size * _columns);

    private ReadOnlySpan<byte> RingRow(int row) => RingBlocks(row / _size).Slice(row % _size * _columns, _columns);

    /// <summary>The blocks that cover a range of the image, with one more sample on either side for interpolation.</summary>
    private (int First, int End) Range(int start, int length, int scaled, int picture, int samples, int blocks)
    {
        long first = Math.Max(((long)start * scaled / picture) - 1, 0);
        long last = Math.Min((((long)start + length - 1) * scaled / picture) + 1, samples - 1);
        first = Math.Min(first, last);
        return ((int)(first / _size), (int)Math.Min((last / _size) + 1, blocks));
    }

    private static (int A, int B) Reduce(int a, int b)
    {
        for (int divisor = Math.Min(a, b); divisor > 1; divisor--)
        {
            if (a % divisor == 0 && b % divisor == 0)
            {
                return (a / divisor, b / divisor);
            }
        }

        return (a, b);
    }

    private static int CeilDiv(long a, int b) => (int)((a + b - 1) / b);
}
