namespace ResizeImage.Worst;

/// <summary>zlib streams (RFC 1950, RFC 1951) that no compressor writes.</summary>
internal static class HostileZlib
{
    private const int EndOfBlock = 256;
    private const int Longest = 258;

    private static ReadOnlySpan<byte> LengthOrder => [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];

    /// <summary>Empty blocks, then a stored block with data.</summary>
    /// <param name="bytes">Approximate size of all empty blocks.</param>
    /// <param name="block">Writes an empty block.</param>
    /// <param name="data">At most 65,535 bytes.</param>
    public static byte[] Empty(int bytes, Action<BitWriter> block, byte[] data)
    {
        // Eight blocks end at a byte boundary.
        BitWriter eight = new();
        for (int i = 0; i < 8; i++)
        {
            block(eight);
        }

        byte[] unit = eight.ToArray();
        using MemoryStream stream = new();
        stream.Write([0x78, 0x01]);
        while (stream.Length < bytes)
        {
            stream.Write(unit);
        }

        stream.Write([1, (byte)data.Length, (byte)(data.Length >> 8), (byte)~data.Length, (byte)(~data.Length >> 8)]);
        stream.Write(data);
        stream.Write(BigEndian(Adler(data, 1)));
        return stream.ToArray();
    }

    /// <summary>An empty fixed block: ten bits.</summary>
    public static void FixedBlock(BitWriter bits) => bits.Write(2, 10);

    /// <summary>A dynamic block with the fewest bits: two literals.</summary>
    public static void SmallDynamicBlock(BitWriter bits)
    {
        byte[] lengths = new byte[257];
        (lengths[0], lengths[EndOfBlock]) = (1, 1);
        WriteDynamicHeader(bits, lengths, [1], last: false);
        bits.WriteCode(1, 1);
    }

    /// <summary>A dynamic block whose tables take the longest time for its size: codes of all lengths, for the last symbols.</summary>
    public static void DeepDynamicBlock(BitWriter bits)
    {
        byte[] lengths = new byte[286];
        for (int i = 0; i < 14; i++)
        {
            lengths[270 + i] = (byte)(2 + i);
        }

        (lengths[EndOfBlock], lengths[284]) = (1, 15);
        byte[] distances = new byte[30];
        for (int i = 0; i < 15; i++)
        {
            distances[i] = (byte)(i + 1);
        }

        distances[15] = 15;
        WriteDynamicHeader(bits, lengths, distances, last: false);
        bits.WriteCode(0, 1);
    }

    /// <summary>Identical rows of zeros, at two bits per 258 bytes.</summary>
    /// <param name="filter">Filter type of each row.</param>
    /// <param name="row">Bytes per row, without the filter type.</param>
    /// <param name="rows">Number of rows.</param>
    public static byte[] ZeroRows(byte filter, long row, int rows)
    {
        // 285, 258 bytes: 0. The literal 0: 10. The filter and the end: 110, 111. A distance of 1: 0.
        byte[] lengths = new byte[286];
        (lengths[285], lengths[0], lengths[EndOfBlock]) = (1, 2, 3);
        lengths[filter == 0 ? 1 : filter] = 3;
        bool filterFirst = filter != 0;
        BitWriter bits = new();
        bits.Write(0x0178, 16);
        WriteDynamicHeader(bits, lengths, [1], last: true);
        for (int y = 0; y < rows; y++)
        {
            if (filterFirst)
            {
                bits.WriteCode(6, 3);
            }
            else
            {
                bits.WriteCode(2, 2);
            }

            bits.WriteCode(2, 2);
            long left = row - 1;
            for (; left >= Longest; left -= Longest)
            {
                bits.Write(0, 2);
            }

            for (; left > 0; left--)
            {
                bits.WriteCode(2, 2);
            }
        }

        bits.WriteCode(7, 3);
        using MemoryStream stream = new();
        stream.Write(bits.ToArray());
        stream.Write(BigEndian(AdlerOfRows(filter, row, rows)));
        return stream.ToArray();
    }

    /// <summary>Rows of noise that repeats within the window of Deflate, at 26 bits per 258 bytes.</summary>
    /// <param name="filter">Filter type of each row.</param>
    /// <param name="row">Bytes per row; this plus 1 must have a large divisor below 32,768.</param>
    /// <param name="rows">Number of rows.</param>
    public static byte[] NoiseRows(byte filter, int row, int rows)
    {
        // All rows begin at the same offset in the noise.
        int period = Math.Min(row + 1, 32768);
        while ((row + 1) % period != 0)
        {
            period--;
        }

        byte[] noise = new byte[period];
        new Random(1).NextBytes(noise);
        noise[0] = filter;
        BitWriter bits = new();
        bits.Write(0x0178, 16);
        bits.Write(3, 3);
        foreach (byte b in noise)
        {
            Literal(bits, b);
        }

        long total = (long)rows * (row + 1);
        long left = total - period;
        for (; left >= Longest; left -= Longest)
        {
            Repeat(bits, period);
        }

        for (; left > 0; left--)
        {
            Literal(bits, noise[(total - left) % period]);
        }

        bits.Write(0, 7);
        using MemoryStream stream = new();
        stream.Write(bits.ToArray());
        uint adler = 1;
        for (long i = (long)rows * (row + 1) / period; i > 0; i--)
        {
            adler = Adler(noise, adler);
        }

        stream.Write(BigEndian(adler));
        return stream.ToArray();
    }

    /// <summary>Rows of noise, as literals.</summary>
    /// <param name="filter">Filter type of each row.</param>
    /// <param name="row">Bytes per row, without the filter type.</param>
    /// <param name="rows">Number of rows.</param>
    public static byte[] Noise(byte filter, int row, int rows)
    {
        BitWriter bits = new();
        bits.Write(0x0178, 16);
        bits.Write(3, 3);
        Random random = new(1);
        byte[] line = new byte[row + 1];
        uint adler = 1;
        for (int y = 0; y < rows; y++)
        {
            random.NextBytes(line);
            line[0] = filter;
            adler = Adler(line, adler);
            foreach (byte b in line)
            {
                Literal(bits, b);
            }
        }

        bits.Write(0, 7);
        return [.. bits.ToArray(), .. BigEndian(adler)];
    }

    public static byte[] BigEndian(uint value) => [(byte)(value >> 24), (byte)(value >> 16), (byte)(value >> 8), (byte)value];

    /// <summary>A literal of the fixed code (RFC 1951, 3.2.6).</summary>
    private static void Literal(BitWriter bits, byte value)
    {
        if (value < 144)
        {
            bits.WriteCode(48u + value, 8);
        }
        else
        {
            bits.WriteCode(400u + value - 144, 9);
        }
    }

    /// <summary>A repetition of 258 bytes by the fixed code.</summary>
    private static void Repeat(BitWriter bits, int distance)
    {
        bits.WriteCode(197, 8);
        int code = 0;
        int start = 1;
        while (start + (1 << ExtraOfDistance(code)) <= distance)
        {
            start += 1 << ExtraOfDistance(code++);
        }

        bits.WriteCode((uint)code, 5);
        bits.Write((uint)(distance - start), ExtraOfDistance(code));
    }

    private static int ExtraOfDistance(int code) => code < 2 ? 0 : (code - 2) / 2;

    private static void WriteDynamicHeader(BitWriter bits, byte[] lengths, byte[] distances, bool last)
    {
        bits.Write(last ? 1u : 0, 1);
        bits.Write(2, 2);
        bits.Write((uint)lengths.Length - 257, 5);
        bits.Write((uint)distances.Length - 1, 5);
        bits.Write(15, 4);

        // All sixteen lengths, and runs of 11 to 138 zeros.
        foreach (byte length in LengthOrder)
        {
            bits.Write(length switch { 16 or 17 => 0u, 18 => 1, < 2 => 3, 15 or 14 or 13 or 12 => 5, < 8 => 6, _ => 7 }, 3);
        }

        // 18: 0. 0 and 1: from 100 on. 12 to 15: from 11000 on. 2 to 7: from 111000 on. 8 to 11: from 1111100 on.
        byte[] all = [.. lengths, .. distances];
        for (int i = 0; i < all.Length;)
        {
            int zeros = 0;
            while (i + zeros < all.Length && all[i + zeros] == 0 && zeros < 138)
            {
                zeros++;
            }

            if (zeros >= 11)
            {
                bits.WriteCode(0, 1);
                bits.Write((uint)zeros - 11, 7);
                i += zeros;
                continue;
            }

            byte length = all[i++];
            switch (length)
            {
                case < 2:
                    bits.WriteCode(4u + length, 3);
                    break;
                case >= 12:
                    bits.WriteCode(24u + length - 12, 5);
                    break;
                case < 8:
                    bits.WriteCode(56u + length - 2, 6);
                    break;
                default:
                    bits.WriteCode(124u + length - 8, 7);
                    break;
            }
        }
    }

    private static uint Adler(ReadOnlySpan<byte> data, uint adler)
    {
        ulong a = adler & 0xFFFF;
        ulong b = adler >> 16;
        foreach (byte value in data)
        {
            a += value;
            b += a;
            if (b > 1ul << 60)
            {
                b %= 65521;
            }
        }

        return (uint)((b % 65521 << 16) | (a % 65521));
    }

    private static uint AdlerOfRows(byte filter, long row, int rows)
    {
        ulong a = 1;
        ulong b = 0;
        for (int y = 0; y < rows; y++)
        {
            a = (a + filter) % 65521;
            b = (b + (a * (ulong)(row + 1))) % 65521;
        }

        return (uint)((b << 16) | a);
    }
}
