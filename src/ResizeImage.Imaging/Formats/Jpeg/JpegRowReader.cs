using ResizeImage.Imaging.Color;
using ResizeImage.Imaging.Pixels;

namespace ResizeImage.Imaging.Formats.Jpeg;

/// <summary>Turns samples into rows of pixels: upsampling, color conversion.</summary>
/// <param name="mcuRows">Decodes the blocks.</param>
/// <param name="components">Receive the blocks, and transform them.</param>
/// <param name="colorSpace">The color space of the components.</param>
/// <param name="window">The wanted pixels and their scale.</param>
internal sealed class JpegRowReader(DecodedMcuRows mcuRows, ComponentSamples[] components, JpegColorSpace colorSpace, DecodeWindow window) : RowReader
{
    private int _y = window.Y;

    public override PixelLayout Layout => colorSpace switch
    {
        JpegColorSpace.Gray => PixelLayout.Gray8,
        JpegColorSpace.YCbCr => PixelLayout.YCbCr8,
        JpegColorSpace.Cmyk or JpegColorSpace.Ycck => PixelLayout.Cmyk8,
        _ => PixelLayout.Rgbx8,
    };

    public override void ReadRow(Span<byte> row)
    {
        int needed = 0;
        foreach (ComponentSamples component in components)
        {
            needed = Math.Max(needed, component.McuRowFor(_y));
        }

        mcuRows.DecodeTo(needed);
        Convert(row);
        _y++;
        if (_y == window.Y + window.Height)
        {
            Finish();
        }
    }

    public override void Dispose()
    {
        mcuRows.Dispose();
        foreach (ComponentSamples component in components)
        {
            component.Dispose();
        }

        base.Dispose();
    }

    private void Finish()
    {
        if (mcuRows.Empty)
        {
            throw JpegErrors.NoData(mcuRows.File);
        }

        if (mcuRows.Damaged)
        {
            Note = "The JPEG file is truncated or corrupt; the parts that could not be decoded are gray.";
        }
    }

    private void Convert(Span<byte> row)
    {
        ReadOnlySpan<byte> first = components[0].Row(_y);
        if (colorSpace == JpegColorSpace.Gray)
        {
            first.CopyTo(row);
            return;
        }

        ReadOnlySpan<byte> second = components[1].Row(_y);
        ReadOnlySpan<byte> third = components[2].Row(_y);
        if (colorSpace == JpegColorSpace.YCbCr)
        {
            first.CopyTo(row);
            second.CopyTo(row[window.Width..]);
            third.CopyTo(row[(2 * window.Width)..]);
            return;
        }

        if (colorSpace == JpegColorSpace.Ycck)
        {
            YCbCrToRgb.Convert(YCbCrMatrix.Jfif, first, second, third, row);
        }
        else
        {
            JpegColorConverter.Interleave(first, second, third, row);
        }

        if (components.Length == 4)
        {
            JpegColorConverter.AddBlack(row, components[3].Row(_y), invertColor: colorSpace == JpegColorSpace.Cmyk);
        }
    }
}
