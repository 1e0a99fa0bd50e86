namespace ResizeImage.Imaging.Tests.Support;

/// <summary>Measures the similarity of two images.</summary>
internal static class Quality
{
    /// <summary>Peak signal-to-noise ratio of 8-bit samples, in dB.</summary>
    public static double Psnr(ReadOnlySpan<byte> a, ReadOnlySpan<byte> b)
    {
        Assert.Equal(a.Length, b.Length);
        double sum = 0;
        for (int i = 0; i < a.Length; i++)
        {
            sum += (a[i] - b[i]) * (a[i] - b[i]);
        }

        return 10 * Math.Log10(255 * 255 / Math.Max(sum / a.Length, 1e-9));
    }
}
