namespace ResizeImage.Imaging.Formats.WebP;

/// <summary>A number for each block of an image, coded as a small image (RFC 9649, 3.5 and 3.7.2.2).</summary>
internal sealed class BlockImage
{
    private const int LowestBits = 2;

    private BlockImage(int bits, int across, uint[] values)
    {
        Bits = bits;
        Across = across;
        Values = values;
    }

    /// <summary>A block has 2 to this power pixels on each side.</summary>
    public int Bits { get; }

    /// <summary>Blocks in a row.</summary>
    public int Across { get; }

    /// <summary>The numbers, row by row.</summary>
    public uint[] Values { get; }

    /// <summary>The most bytes that an instance allocates.</summary>
    public static long EstimateMemory(int width, int height) => sizeof(uint) * (long)Count(width, LowestBits) * Count(height, LowestBits);

    /// <summary>Reads the blocks' size and their numbers.</summary>
    /// <param name="bits">Positioned at the blocks' size.</param>
    /// <param name="width">Width of the whole image in pixels.</param>
    /// <param name="height">Height of the whole image in pixels.</param>
    /// <param name="work">Counts what is read.</param>
    /// <param name="number">Converts a pixel of the small image to a number.</param>
    /// <returns>Null if the data is corrupt or truncated.</returns>
    public static BlockImage? TryRead(ref LosslessBitReader bits, int width, int height, WorkMeter work, Func<uint, uint> number)
    {
        int blockBits = LowestBits + (int)bits.Read(3);
        int across = Count(width, blockBits);
        if (TryReadPixels(ref bits, across, Count(height, blockBits), work) is not uint[] pixels)
        {
            return null;
        }

        for (int i = 0; i < pixels.Length; i++)
        {
            pixels[i] = number(pixels[i]);
        }

        return new(blockBits, across, pixels);
    }

    /// <summary>Reads an image that serves another one: it is coded with one group of codes.</summary>
    /// <returns>The pixels row by row; null if the data is corrupt or truncated.</returns>
    public static uint[]? TryReadPixels(ref LosslessBitReader bits, int width, int height, WorkMeter work)
    {
        if (PrefixCodes.TryRead(ref bits, width, height, isMain: false, work) is not PrefixCodes codes)
        {
            return null;
        }

        uint[] pixels = new uint[width * height];
        var rows = new EntropyCodedRows(width, height, codes, work);
        for (int at = 0; at < pixels.Length; at += width)
        {
            if (!rows.TryRead(ref bits, out ReadOnlySpan<uint> row))
            {
                return null;
            }

            row.CopyTo(pixels.AsSpan(at));
        }

        return pixels;
    }

    /// <summary>How many blocks have each number, from 0 to the highest.</summary>
    public int[] CountUses()
    {
        int[] uses = new int[Values.Max() + 1];
        foreach (uint value in Values)
        {
            uses[value]++;
        }

        return uses;
    }

    /// <summary>Replaces each number by the one at its index.</summary>
    public void Replace(ReadOnlySpan<uint> numbers)
    {
        foreach (ref uint value in Values.AsSpan())
        {
            value = numbers[(int)value];
        }
    }

    private static int Count(int pixels, int bits) => (pixels + (1 << bits) - 1) >> bits;
}
