namespace ResizeImage.Imaging.Tests.Support;

/// <summary>What ImageMagick makes of the colors of a file. Its alpha of BMP without alpha is arbitrary, and is left out.</summary>
internal static class ImageMagickJudge
{
    /// <summary>See <see cref="ToolFactAttribute"/>.</summary>
    public const string Program = "convert";

    /// <summary>Decodes a file.</summary>
    /// <param name="file">The file.</param>
    /// <param name="format">Its format, for example <c>bmp</c>.</param>
    /// <param name="width">As wide as it must be.</param>
    /// <exception cref="InvalidOperationException">ImageMagick refuses the file.</exception>
    public static Picture Decode(byte[] file, string format, int width)
    {
        byte[] rgb = ExternalProgram.Run(Program, [format + ":-", "-auto-orient", "-alpha", "off", "-depth", "8", "rgb:-"], file, highestGoodExitCode: 1);
        byte[] samples = new byte[rgb.Length / 3 * 4];
        for (int i = 0; i < samples.Length; i++)
        {
            samples[i] = i % 4 == 3 ? byte.MaxValue : rgb[(i / 4 * 3) + (i % 4)];
        }

        return new(width, samples.Length / 4 / width, samples);
    }
}
