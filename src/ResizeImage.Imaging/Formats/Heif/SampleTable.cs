namespace ResizeImage.Imaging.Formats.Heif;

/// <summary>Gray and alpha samples to the full range of 8 or 16 bits, by a table of all codes.</summary>
internal static class SampleTable
{
    /// <summary>The table.</summary>
    /// <param name="bits">Bits of a sample.</param>
    /// <param name="isFullRange">If false, codes are 16 to 235 times 2^(bits − 8).</param>
    /// <param name="most">255 or 65,535.</param>
    public static ushort[] Create(int bits, bool isFullRange, int most)
    {
        ushort[] table = new ushort[1 << bits];
        int unit = 1 << (bits - 8);
        long black = isFullRange ? 0 : 16 * unit;
        long range = isFullRange ? table.Length - 1 : 219 * unit;
        for (int i = 0; i < table.Length; i++)
        {
            table[i] = (ushort)Math.Clamp((((i - black) * 2 * most) + range) / (2 * range), 0, most);
        }

        return table;
    }
}
