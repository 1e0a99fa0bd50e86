namespace ResizeImage.Imaging.Tests.Support;

/// <summary>What netpbm makes of the colors of a BMP.</summary>
internal static class NetpbmJudge
{
    /// <summary>See <see cref="ToolFactAttribute"/>.</summary>
    public const string Program = "bmptopnm";

    /// <summary>Decodes a BMP.</summary>
    /// <exception cref="InvalidOperationException">netpbm refuses the file.</exception>
    public static Picture Decode(byte[] file)
    {
        Pnm pnm = Pnm.Parse(ExternalProgram.Run("ppmtoppm", [], ExternalProgram.Run(Program, ["-quiet"], file)));
        byte[] samples = new byte[pnm.Width * pnm.Height * 4];
        for (int i = 0; i < samples.Length; i++)
        {
            samples[i] = i % 4 == 3 ? byte.MaxValue : pnm.Samples[(i / 4 * 3) + (i % 4)];
        }

        return new(pnm.Width, pnm.Height, samples);
    }
}
