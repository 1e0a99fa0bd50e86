using ResizeImage.Imaging.Pixels;

namespace ResizeImage.Imaging.Placeholders;

/// <summary>An image reduced by a whole number, 0 to 1 a sample, colors multiplied by alpha.</summary>
internal sealed class ReducedImage
{
    private ReducedImage(int width, int height)
    {
        (Width, Height) = (width, height);
        (Red, Green, Blue, Alpha) = (new double[width * height], new double[width * height], new double[width * height], new double[width * height]);
    }

    public int Width { get; }

    public int Height { get; }

    public double[] Red { get; }

    public double[] Green { get; }

    public double[] Blue { get; }

    public double[] Alpha { get; }

    /// <summary>True if no pixel is transparent.</summary>
    public bool IsOpaque { get; private set; }

    /// <summary>The mean of what is visible; 0 if nothing is.</summary>
    public double MeanRed { get; private set; }

    public double MeanGreen { get; private set; }

    public double MeanBlue { get; private set; }

    /// <summary>Averages square boxes of code values; those at the right and at the bottom can be smaller.</summary>
    /// <param name="bitmap">The image.</param>
    /// <param name="maxSide">The longest side that results, in pixels.</param>
    public static ReducedImage Of(Bitmap bitmap, int maxSide)
    {
        int box = (Math.Max(bitmap.Width, bitmap.Height) + maxSide - 1) / maxSide;
        ReducedImage reduced = new((bitmap.Width + box - 1) / box, (bitmap.Height + box - 1) / box);
        for (int y = 0; y < bitmap.Height; y++)
        {
            reduced.Add(bitmap, y, box);
        }

        reduced.Normalize(bitmap, box);
        return reduced;
    }

    private void Add(Bitmap bitmap, int y, int box)
    {
        int channels = bitmap.Channels;
        int green = channels == 1 ? 0 : 1;
        int blue = channels == 1 ? 0 : 2;
        ReadOnlySpan<byte> row = bitmap.Samples.AsSpan(y * bitmap.Width * channels, bitmap.Width * channels);
        int target = y / box * Width;
        for (int x = 0; x < bitmap.Width; target++)
        {
            int end = Math.Min(x + box, bitmap.Width);
            for (; x < end; x++)
            {
                ReadOnlySpan<byte> pixel = row.Slice(x * channels, channels);
                double alpha = channels == 4 ? pixel[3] / 255.0 : 1;
                Red[target] += alpha / 255 * pixel[0];
                Green[target] += alpha / 255 * pixel[green];
                Blue[target] += alpha / 255 * pixel[blue];
                Alpha[target] += alpha;
            }
        }
    }

    private void Normalize(Bitmap bitmap, int box)
    {
        double alpha = 0;
        for (int i = 0; i < Alpha.Length; i++)
        {
            int columns = Math.Min(box, bitmap.Width - (i % Width * box));
            int rows = Math.Min(box, bitmap.Height - (i / Width * box));
            double count = columns * rows;
            Red[i] /= count;
            Green[i] /= count;
            Blue[i] /= count;
            Alpha[i] /= count;
            MeanRed += Red[i];
            MeanGreen += Green[i];
            MeanBlue += Blue[i];
            alpha += Alpha[i];
        }

        IsOpaque = alpha >= Width * Height;
        if (alpha > 0)
        {
            MeanRed /= alpha;
            MeanGreen /= alpha;
            MeanBlue /= alpha;
        }
    }
}
