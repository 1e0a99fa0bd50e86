namespace ResizeImage.Imaging.Tests.Support;

/// <summary>Pictures made by the tests: smooth color, hard edges and noise, the same every time.</summary>
internal static class TestPicture
{
    /// <summary>Pixels of 1, 3 or 4 channels.</summary>
    public static byte[] Samples(int width, int height, int channels, int seed = 1)
    {
        var random = new Random(seed);
        byte[] samples = new byte[width * height * channels];
        for (int y = 0, i = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
            {
                bool disc = Math.Pow(x - (width * 0.6), 2) + Math.Pow(y - (height * 0.4), 2) < Math.Pow(Math.Min(width, height) * 0.25, 2);
                for (int c = 0; c < channels; c++, i++)
                {
                    double wave = Math.Sin((x * (0.05 + (0.02 * c))) + (y * 0.07));
                    double value = disc ? 40 + (70 * c) : 128 + (90 * wave) + random.Next(-12, 13);
                    samples[i] = (byte)Math.Clamp(c == 3 ? (x * 300 / width) - 20 : value, 0, 255);
                }
            }
        }

        return samples;
    }

    public static Pnm Rgb(int width, int height, int seed = 1) => new(width, height, 3, Samples(width, height, 3, seed));
}
