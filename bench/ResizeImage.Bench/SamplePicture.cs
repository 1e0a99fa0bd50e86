using ResizeImage.Imaging.Formats.Jpeg;
using ResizeImage.Imaging.Pixels;

namespace ResizeImage.Bench;

/// <summary>An image that costs as much time as a photo: finer detail is weaker, so that most coefficients are 0.</summary>
internal static class SamplePicture
{
    private const int Finest = 2;
    private const int Coarsest = 256;

    /// <summary>An RGB image, always the same.</summary>
    public static Bitmap Create(int width, int height)
    {
        byte[] samples = new byte[width * height * 3];
        for (int y = 0, i = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
            {
                double light = 128;
                for (int cell = Finest; cell <= Coarsest; cell *= 2)
                {
                    light += 18 * Math.Pow(cell, 0.2) * Noise((double)x / cell, (double)y / cell, cell);
                }

                double hue = 60 * Noise(x / 128.0, y / 128.0, 0);
                samples[i++] = (byte)Math.Clamp(light + hue, 0, 255);
                samples[i++] = (byte)Math.Clamp(light, 0, 255);
                samples[i++] = (byte)Math.Clamp(light - hue, 0, 255);
            }
        }

        return new Bitmap(width, height, 3, samples);
    }

    /// <summary>The same image as baseline JPEG, 4:2:0, with the 2 to 3 bits per pixel that cameras write.</summary>
    public static byte[] CreateJpeg(int width, int height) => JpegEncoder.Encode(Create(width, height), quality: 89);

    /// <summary>Value noise: random values of -1 to 1 at whole coordinates, interpolated between them.</summary>
    private static double Noise(double x, double y, int seed)
    {
        (int column, int row) = ((int)x, (int)y);
        double top = double.Lerp(Hash(column, row, seed), Hash(column + 1, row, seed), x - column);
        double bottom = double.Lerp(Hash(column, row + 1, seed), Hash(column + 1, row + 1, seed), x - column);
        return double.Lerp(top, bottom, y - row);
    }

    private static double Hash(int x, int y, int seed)
    {
        uint hash = ((uint)x * 0x9E3779B1) ^ ((uint)y * 0x85EBCA77) ^ ((uint)seed * 0xC2B2AE3D);
        hash = (hash ^ (hash >> 15)) * 0x2C1B3C6D;
        return ((hash ^ (hash >> 13)) / (uint.MaxValue / 2.0)) - 1;
    }
}
