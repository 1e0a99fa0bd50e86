using ResizeImage.Imaging.Color;
using ResizeImage.Imaging.Pixels;

namespace ResizeImage.Imaging.Formats.Jpeg;

/// <summary>Turns blocks into rows of pixels: inverse DCT, upsampling, color conversion.</summary>
internal sealed class JpegRowReader : RowReader
{
    private readonly ByteSource _file;
    private readonly JpegColorSpace _colorSpace;
    private readonly DecodeWindow _window;
    private readonly IMcuRows _rows;
    private readonly ComponentSamples[] _components;
    private int _nextMcuRow;
    private int _y;

    /// <summary>Makes a reader, which checks the file's work meter once per row of MCUs.</summary>
    /// <param name="file">The whole file.</param>
    /// <param name="frame">The frame.</param>
    /// <param name="colorSpace">The color space of its components.</param>
    /// <param name="quantization">For each component, 64 quantization steps in rows.</param>
    /// <param name="window">The wanted pixels and their scale.</param>
    /// <param name="open">Makes the source of blocks, given a sink for each component.</param>
    public JpegRowReader(
        ByteSource file,
        JpegFrame frame,
        JpegColorSpace colorSpace,
        ushort[][] quantization,
        DecodeWindow window,
        Func<IReadOnlyList<BlockSink>, IMcuRows> open)
    {
        _file = file;
        _colorSpace = colorSpace;
        _window = window;
        _y = window.Y;
        _components = frame.Components.Select(c => new ComponentSamples(frame, c, quantization[c.Index], window, IsLight(c))).ToArray();
        _rows = open(_components);
    }

    public override PixelLayout Layout => _colorSpace switch
    {
        JpegColorSpace.Gray => PixelLayout.Gray8,
        JpegColorSpace.YCbCr => PixelLayout.YCbCr8,
        JpegColorSpace.Cmyk or JpegColorSpace.Ycck => PixelLayout.Cmyk8,
        _ => PixelLayout.Rgbx8,
    };

    public override void ReadRow(Span<byte> row)
    {
        int needed = 0;
        foreach (ComponentSamples component in _components)
        {
            needed = Math.Max(needed, component.McuRowFor(_y));
        }

        for (; _nextMcuRow <= needed; _nextMcuRow++)
        {
            _file.Work.Check();
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
        _rows.Dispose();
        foreach (ComponentSamples component in _components)
        {
            component.Dispose();
        }

        base.Dispose();
    }

    /// <summary>True if a component has code values of light: Y, or a channel of RGB. Ink and differences of color have other curves.</summary>
    private bool IsLight(JpegComponent component) => _colorSpace switch
    {
        JpegColorSpace.Gray or JpegColorSpace.Rgb => true,
        JpegColorSpace.YCbCr => component.Index == 0,
        _ => false,
    };

    private void Finish()
    {
        if (_rows.Empty)
        {
            throw JpegErrors.NoData(_file);
        }

        if (_rows.Damaged)
        {
            Note = "The JPEG file is truncated or corrupt; the parts that could not be decoded are gray.";
        }
    }

    private void Convert(Span<byte> row)
    {
        ReadOnlySpan<byte> first = _components[0].Row(_y);
        if (_colorSpace == JpegColorSpace.Gray)
        {
            first.CopyTo(row);
            return;
        }

        ReadOnlySpan<byte> second = _components[1].Row(_y);
        ReadOnlySpan<byte> third = _components[2].Row(_y);
        if (_colorSpace == JpegColorSpace.YCbCr)
        {
            first.CopyTo(row);
            second.CopyTo(row[_window.Width..]);
            third.CopyTo(row[(2 * _window.Width)..]);
            return;
        }

        if (_colorSpace == JpegColorSpace.Ycck)
        {
            YCbCrToRgb.Convert(YCbCrMatrix.Jfif, first, second, third, row);
        }
        else
        {
            JpegColorConverter.Interleave(first, second, third, row);
        }

        if (_components.Length == 4)
        {
            JpegColorConverter.AddBlack(row, _components[3].Row(_y), invertColor: _colorSpace == JpegColorSpace.Cmyk);
        }
    }
}
