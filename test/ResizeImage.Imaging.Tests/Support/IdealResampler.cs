namespace ResizeImage.Imaging.Tests.Support;

/// <summary>Resampling by its definition: in linear light (IEC 61966-2-1), separable Lanczos3 over all source pixels, in double precision.</summary>
internal static class IdealResampler
{
    private const int Channels = 3;
    private const int Lobes = 3;

    private static readonly double[] Light = [.. Enumerable.Range(0, 256).Select(code => Decode(code / 255.0))];

    /// <summary>R, G and B of each pixel of a smaller image of the whole.</summary>
    public static byte[] Resize(Pnm source, int width, int height)
    {
        (int First, double[] Weights)[] columns = Kernel(source.Width, width);
        (int First, double[] Weights)[] rows = Kernel(source.Height, height);
        double[] across = new double[source.Height * width * Channels];
        Parallel.For(0, source.Height, y =>
        {
            for (int x = 0; x < width; x++)
            {
                for (int c = 0; c < Channels; c++)
                {
                    double sum = 0;
                    for (int i = 0; i < columns[x].Weights.Length; i++)
                    {
                        sum += columns[x].Weights[i] * Light[source.Samples[(((y * source.Width) + columns[x].First + i) * Channels) + c]];
                    }

                    across[(((y * width) + x) * Channels) + c] = sum;
                }
            }
        });

        byte[] result = new byte[width * height * Channels];
        Parallel.For(0, height, y =>
        {
            for (int i = 0; i < width * Channels; i++)
            {
                double sum = 0;
                for (int j = 0; j < rows[y].Weights.Length; j++)
                {
                    sum += rows[y].Weights[j] * across[((rows[y].First + j) * width * Channels) + i];
                }

                result[(y * width * Channels) + i] = (byte)Math.Round(ToCode(sum));
            }
        });
        return result;
    }

    /// <summary>Peak signal-to-noise ratio over all samples, in dB.</summary>
    public static double Psnr(byte[] expected, byte[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        double error = expected.Zip(actual, (a, b) => (double)(a - b) * (a - b)).Average();
        return error == 0 ? double.PositiveInfinity : 10 * Math.Log10(255 * 255 / error);
    }

    /// <summary>The kernel; 0 from a distance of 3 on.</summary>
    public static double Lanczos(double x) => x == 0 ? 1 : Math.Abs(x) >= Lobes ? 0 : Sinc(x) * Sinc(x / Lobes);

    /// <summary>The sRGB code of a linear value, 0 to 255, not rounded.</summary>
    public static double ToCode(double light) =>
        255 * Math.Clamp(light <= 0.0031308 ? light * 12.92 : (1.055 * Math.Pow(light, 1 / 2.4)) - 0.055, 0, 1);

    /// <summary>For each sample of the result the first of the source that it depends on, and their weights, which add up to 1.</summary>
    private static (int First, double[] Weights)[] Kernel(int source, int target)
    {
        double step = (double)source / target;
        return [.. Enumerable.Range(0, target).Select(i =>
        {
            double center = (i + 0.5) * step;
            int first = Math.Max(0, (int)Math.Floor(center - (Lobes * step)));
            int end = Math.Min(source, (int)Math.Ceiling(center + (Lobes * step)));
            double[] weights = [.. Enumerable.Range(first, end - first).Select(j => Lanczos((j + 0.5 - center) / step))];
            double sum = weights.Sum();
            return (first, weights.Select(weight => weight / sum).ToArray());
        })];
    }

    private static double Sinc(double x) => Math.Sin(Math.PI * x) / (Math.PI * x);

    private static double Decode(double code) => code <= 0.04045 ? code / 12.92 : Math.Pow((code + 0.055) / 1.055, 2.4);
}
