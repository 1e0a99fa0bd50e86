using ResizeImage.Imaging.Formats;
using ResizeImage.Imaging.Pixels;

namespace ResizeImage.Imaging.Tests.Support;

/// <summary>A picture of 8-bit samples, in which decoders of such pictures can be compared.</summary>
/// <param name="Width">Pixels in a row.</param>
/// <param name="Height">Rows.</param>
/// <param name="Samples">R, G, B, A of each pixel.</param>
internal sealed record Picture(int Width, int Height, byte[] Samples)
{
    /// <summary>Decodes a whole file with our decoder.</summary>
    public static Picture Decode(byte[] file) => Decode(file, out _);

    /// <inheritdoc cref="Decode(byte[])"/>
    public static Picture Decode(byte[] file, out string? note)
    {
        ImageInfo info = InputFormat.Open(file).Info;
        return Decode(file, new(8, 0, 0, info.Width, info.Height), out note);
    }

    /// <summary>Decodes a window.</summary>
    public static Picture Decode(byte[] file, DecodeWindow window, out string? note)
    {
        (int width, int height, PixelLayout layout, byte[] samples, note) = Decoding.Part(file, window);
        int channels = layout.BytesPerPixel();
        byte[] rgba = new byte[width * height * 4];
        for (int i = 0; i < rgba.Length; i++)
        {
            (int pixel, int channel) = (i / 4, i % 4);
            rgba[i] = channel < channels ? samples[(pixel * channels) + channel] : channel == 3 ? byte.MaxValue : samples[pixel * channels];
        }

        return new(width, height, rgba);
    }

    /// <summary>R, G, B, A of a pixel.</summary>
    public byte[] this[int x, int y] => Samples[(4 * ((y * Width) + x))..(4 * ((y * Width) + x + 1))];

    /// <summary>The pixels of a row.</summary>
    public byte[] Row(int y) => Samples[(4 * y * Width)..(4 * (y + 1) * Width)];

    /// <summary>A part of it.</summary>
    public Picture Cut(DecodeWindow window) => new(
        window.Width,
        window.Height,
        [.. Enumerable.Range(window.Y, window.Height).SelectMany(y => Samples.AsSpan(4 * ((y * Width) + window.X), 4 * window.Width).ToArray())]);

    /// <summary>Where two pictures differ, in words; null if nowhere. The color of what is fully transparent does not matter.</summary>
    /// <param name="other">What it should be.</param>
    /// <param name="tolerance">The largest difference of samples that is no difference.</param>
    public string? DifferenceFrom(Picture other, int tolerance = 0)
    {
        if (Samples.Length != other.Samples.Length || Width != other.Width)
        {
            return $"{Width}×{Height} instead of {other.Width}×{other.Height}";
        }

        for (int i = 0; i < Samples.Length; i++)
        {
            bool seen = Samples[i | 3] != 0 || other.Samples[i | 3] != 0;
            if (seen && Math.Abs(Samples[i] - other.Samples[i]) > tolerance)
            {
                (int x, int y) = (i / 4 % Width, i / 4 / Width);
                return $"pixel ({x}, {y}) is {string.Join(' ', this[x, y])} instead of {string.Join(' ', other[x, y])}";
            }
        }

        return null;
    }
}
