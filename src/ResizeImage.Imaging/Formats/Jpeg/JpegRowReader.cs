using System.Buffers;

namespace ResizeImage.Imaging.Formats.Jpeg;

/// <summary>Delivers rows: blocks to samples, upsampling, colour.</summary>
internal sealed class JpegRowReader : RowReader
{
    private readonly JpegFrame _frame;
    private readonly JpegColorSpace _colorSpace;
    private readonly bool _inverted;
    private readonly DecodeWindow _window;
    private readonly IMcuRows _rows;
    private readonly SampleSink _sink;
    private readonly byte[] _black;
    private int _nextMcuRow;
    private int _y;

    /// <param name="frame">The frame.</param>
    /// <param name="colorSpace">How its components make up a colour.</param>
    /// <param name="inverted">CMYK is stored as light let through, not as ink.</param>
    /// <param name="quantization">A table for each component.</param>
    /// <param name="window">What is wanted.</param>
    /// <param name="open">Makes the source of blocks for the sink that it will be called with.</param>
    public JpegRowReader(
        JpegFrame frame,
        JpegColorSpace colorSpace,
        bool inverted,
        ushort[][] quantization,
        DecodeWindow window,
        Func<BlockSink, IMcuRows> open)
    {
        _frame = frame;
        _colorSpace = colorSpace;
        _inverted = inverted;
        _window = window;
        _y = window.Y;
        _sink = new SampleSink(frame.Components.Select(c => new ComponentSamples(frame, c, quantization[c.Index], window)).ToArray());
        _rows = open(_sink);
        _black = colorSpace is JpegColorSpace.Cmyk or JpegColorSpace.Ycck ? ArrayPool<byte>.Shared.Rent(window.Width) : [];
    }

    public override PixelLayout Layout => _colorSpace == JpegColorSpace.Gray ? PixelLayout.Gray8 : PixelLayout.Rgb8;

    public override void ReadRow(Span<byte> row)
    {
        int needed = _sink.Components.Max(c => c.McuRowFor(_y));
        for (; _nextMcuRow <= needed; _nextMcuRow++)
        {
            _rows.DecodeMcuRow(_nextMcuRow);
        }

        Convert(row);
        _y++;
        if (_y == _window.Y + _window.Height)
        {
            Finish();
        }
    }

    public override void Dispose()
    {
        foreach (ComponentSamples component in _sink.Components)
        {
            component.Dispose();
        }

        ArrayPool<byte>.Shared.Return(_black);
        base.Dispose();
    }

    private void Finish()
    {
        if (_rows.Empty)
        {
            throw new InvalidImageException("The JPEG file has a header but no picture data that can be read. Upload it again in full.");
        }

        if (_rows.Damaged)
        {
            Note = "The JPEG file is cut off or damaged; what could not be read is grey.";
        }
    }

    private void Convert(Span<byte> row)
    {
        ComponentSamples[] components = _sink.Components;
        ReadOnlySpan<byte> first = components[0].Row(_y);
        if (_colorSpace == JpegColorSpace.Gray)
        {
            first.CopyTo(row);
            return;
        }

        ReadOnlySpan<byte> second = components[1].Row(_y);
        ReadOnlySpan<byte> third = components[2].Row(_y);
        if (_colorSpace is JpegColorSpace.YCbCr or JpegColorSpace.Ycck)
        {
            JpegColorConverter.YCbCrToRgb(first, second, third, row);
        }
        else
        {
            JpegColorConverter.Interleave(first, second, third, row);
        }

        if (components.Length == 4)
        {
            ConvertInks(row, components[3].Row(_y));
        }
    }

    /// <summary>From C, M, Y in <paramref name="row"/> (or 255 minus them, for YCCK) and K to sRGB.</summary>
    private void ConvertInks(Span<byte> row, ReadOnlySpan<byte> k)
    {
        Span<byte> black = _black.AsSpan(0, _window.Width);
        k.CopyTo(black);
        bool rowIsInk = (_colorSpace == JpegColorSpace.Cmyk) != _inverted;
        if (rowIsInk)
        {
            JpegColorConverter.Invert(row[..(3 * black.Length)]);
        }

        if (!_inverted)
        {
            JpegColorConverter.Invert(black);
        }

        JpegColorConverter.MultiplyByBlack(row, black);
    }

    /// <summary>Hands each block to its component.</summary>
    private sealed class SampleSink(ComponentSamples[] components) : BlockSink
    {
        public ComponentSamples[] Components { get; } = components;

        public override BlockDemand Demand(JpegComponent component) => Components[component.Index].Demand;

        public override void Put(JpegComponent component, int column, int row, ReadOnlySpan<short> coefficients) =>
            Components[component.Index].Put(column, row, coefficients);
    }
}
