namespace ResizeImage.Imaging.Resampling;

/// <summary>The Lanczos kernel with three lobes: sinc(x) · sinc(x / 3) within |x| &lt; 3.</summary>
internal static class Lanczos3
{
    /// <summary>Where the kernel ends, on either side.</summary>
    public const double Support = 3;

    public static double Weight(double x)
    {
        x = Math.Abs(x);
        if (x >= Support)
        {
            return 0;
        }

        double a = Math.PI * x;
        return a < 1e-9 ? 1 : Support * Math.Sin(a) * Math.Sin(a / Support) / (a * a);
    }
}
