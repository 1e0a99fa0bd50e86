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
        double alpha = 0;
        for (int i = 0; i < reduced.Alpha.Length; i++)
        {
            reduced.Average(bitmap, box, i);
            reduced.MeanRed += reduced.Red[i];
            reduced.MeanGreen += reduced.Green[i];
            reduced.MeanBlue += reduced.Blue[i];
            alpha += reduced.Alpha[i];
        }

        reduced.IsOpaque = alpha >= reduced.Alpha.Length;
        if (alpha > 0)
        {
            reduced.MeanRed /= alpha;
            reduced.MeanGreen /= alpha;
            reduced.MeanBlue /= alpha;
        }

        return reduced;
    }

    /// <summary>The mean of a box. Sums of a box of 41 × 41 pixels fit: a thumbnail has at most 4,096 columns.</summary>
    private void Average(Bitmap bitmap, int box, int index)
    {
        int channels = bitmap.Channels;
        int left = index % Width * box;
        int top = index / Width * box;
        int columns = Math.Min(box, bitmap.Width - left);
        int rows = Math.Min(box, bitmap.Height - top);
        int red = 0;
        int green = 0;
        int blue = 0;
        int alpha = 0;
        for (int y = top; y < top + rows; y++)
        {
            ReadOnlySpan<byte> pixels = bitmap.Samples.AsSpan(((y * bitmap.Width) + left) * channels, columns * channels);
            for (; !pixels.IsEmpty; pixels = pixels[channels..])
            {
                int weight = channels == 4 ? pixels[3] : 255;
                red += weight * pixels[0];
                green += weight * pixels[channels == 1 ? 0 : 1];
                blue += weight * pixels[channels == 1 ? 0 : 2];
                alpha += weight;
            }
        }

        double count = 255.0 * columns * rows;
        Red[index] = red / (255 * count);
        Green[index] = green / (255 * count);
        Blue[index] = blue / (255 * count);
        Alpha[index] = alpha / count;
    }
}
