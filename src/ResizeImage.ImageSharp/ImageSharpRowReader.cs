using System.Runtime.InteropServices;
using ResizeImage.Imaging.Formats;
using ResizeImage.Imaging.Pixels;
using SixLabors.ImageSharp;
using SixLabors.ImageSharp.Advanced;
using SixLabors.ImageSharp.PixelFormats;

namespace ResizeImage.ImageSharp;

/// <summary>Delivers the rows of a window of a decoded image. It owns the image.</summary>
internal sealed class ImageSharpRowReader(Image<Rgba32> image, DecodeWindow window) : RowReader
{
    private int _y = window.Y;

    /// <summary>The pixels decide: many headers allow transparency that no pixel has.</summary>
    public override PixelLayout Layout { get; } = IsOpaque(image) ? PixelLayout.Rgbx8 : PixelLayout.Rgba8;

    /// <inheritdoc/>
    public override void ReadRow(Span<byte> row) =>
        MemoryMarshal.AsBytes(image.DangerousGetPixelRowMemory(_y++).Span.Slice(window.X, window.Width)).CopyTo(row);

    /// <inheritdoc/>
    public override void Dispose()
    {
        image.Dispose();
        base.Dispose();
    }

    private static bool IsOpaque(Image<Rgba32> image)
    {
        for (int y = 0; y < image.Height; y++)
        {
            foreach (Rgba32 pixel in image.DangerousGetPixelRowMemory(y).Span)
            {
                if (pixel.A < byte.MaxValue)
                {
                    return false;
                }
            }
        }

        return true;
    }
}
