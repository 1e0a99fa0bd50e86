using ResizeImage.Imaging.Pixels;

namespace ResizeImage.Imaging.Resampling;

/// <summary>The steps between resampling and encoding: turns the small image upright, adds bars, applies the background.</summary>
internal static class Canvas
{
    /// <summary>Turns a stored image upright (Exif 2.32, tag 274).</summary>
    /// <param name="bitmap">The image as stored.</param>
    /// <param name="orientation">1 to 8.</param>
    public static Bitmap Upright(Bitmap bitmap, int orientation)
    {
        if (orientation == 1)
        {
            return bitmap;
        }

        bool swap = orientation >= 5;
        bool fromRight = orientation is 2 or 3 or 7 or 8; // of the stored image, in the reading order of the upright one
        bool fromBottom = orientation is 3 or 4 or 6 or 7;
        int width = swap ? bitmap.Height : bitmap.Width;
        int height = swap ? bitmap.Width : bitmap.Height;
        byte[] samples = new byte[bitmap.Samples.Length];
        int target = 0;
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++, target += bitmap.Channels)
            {
                (int sourceX, int sourceY) = swap ? (y, x) : (x, y);
                sourceX = fromRight ? bitmap.Width - 1 - sourceX : sourceX;
                sourceY = fromBottom ? bitmap.Height - 1 - sourceY : sourceY;
                bitmap.Samples.AsSpan(((sourceY * bitmap.Width) + sourceX) * bitmap.Channels, bitmap.Channels)
                    .CopyTo(samples.AsSpan(target));
            }
        }

        return new Bitmap(width, height, bitmap.Channels, samples);
    }

    /// <summary>Centers an image on a larger background; RGB, or RGBA if image or background are transparent.</summary>
    public static Bitmap Pad(Bitmap bitmap, int width, int height, Rgba background)
    {
        if (bitmap.Width == width && bitmap.Height == height)
        {
            return bitmap;
        }

        int channels = bitmap.Channels == 4 || background.A < 255 ? 4 : 3;
        byte[] samples = new byte[width * height * channels];
        ReadOnlySpan<byte> fill = [background.R, background.G, background.B, background.A];
        for (int i = 0; i < samples.Length; i += channels)
        {
            fill[..channels].CopyTo(samples.AsSpan(i));
        }

        int left = (width - bitmap.Width) / 2;
        int top = (height - bitmap.Height) / 2;
        for (int y = 0; y < bitmap.Height; y++)
        {
            for (int x = 0; x < bitmap.Width; x++)
            {
                int source = ((y * bitmap.Width) + x) * bitmap.Channels;
                int target = (((y + top) * width) + x + left) * channels;
                samples[target] = bitmap.Samples[source];
                samples[target + 1] = bitmap.Samples[source + (bitmap.Channels == 1 ? 0 : 1)];
                samples[target + 2] = bitmap.Samples[source + (bitmap.Channels == 1 ? 0 : 2)];
                if (channels == 4)
                {
                    samples[target + 3] = bitmap.Channels == 4 ? bitmap.Samples[source + 3] : (byte)255;
                }
            }
        }

        return new Bitmap(width, height, channels, samples);
    }

    /// <summary>True if any pixel is not opaque.</summary>
    public static bool IsTransparent(Bitmap bitmap)
    {
        if (bitmap.Channels == 4)
        {
            for (int i = 3; i < bitmap.Samples.Length; i += 4)
            {
                if (bitmap.Samples[i] < 255)
                {
                    return true;
                }
            }
        }

        return false;
    }

    /// <summary>Composites a transparent image over an opaque background on code values, as browsers do.</summary>
    public static Bitmap Flatten(Bitmap bitmap, Rgba background)
    {
        if (bitmap.Channels != 4)
        {
            return bitmap;
        }

        byte[] samples = new byte[bitmap.Width * bitmap.Height * 3];
        for (int i = 0, o = 0; i < bitmap.Samples.Length; i += 4, o += 3)
        {
            int alpha = bitmap.Samples[i + 3];
            samples[o] = Blend(bitmap.Samples[i], background.R, alpha);
            samples[o + 1] = Blend(bitmap.Samples[i + 1], background.G, alpha);
            samples[o + 2] = Blend(bitmap.Samples[i + 2], background.B, alpha);
        }

        return new Bitmap(bitmap.Width, bitmap.Height, 3, samples);
    }

    private static byte Blend(int over, int under, int alpha) => (byte)(((over * alpha) + (under * (255 - alpha)) + 127) / 255);
}
