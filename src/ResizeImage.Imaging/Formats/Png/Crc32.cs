using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace ResizeImage.Imaging.Formats.Png;

/// <summary>The checksum of PNG chunks (PNG third edition, 5.5 and Annex D): CRC-32 with the reflected polynomial 0xEDB88320.</summary>
internal static class Crc32
{
    private const uint Polynomial = 0xEDB88320;

    // Slicing-by-8: Table[256 · k + b] is the remainder of byte b followed by k zero bytes, so one step folds eight bytes
    // (2.0 GB/s; byte by byte 0.5 GB/s).
    private static readonly uint[] Table = MakeTable();

    /// <summary>Bytes that are folded at once: four vectors, because each multiplication has to wait for the one before it.</summary>
    private const int Stride = 64;

    /// <summary>Continues a checksum.</summary>
    /// <param name="crc">The checksum of the bytes before; 0 for none.</param>
    /// <param name="bytes">The next bytes.</param>
    public static uint Append(uint crc, ReadOnlySpan<byte> bytes)
    {
        if (Pclmulqdq.IsSupported && bytes.Length >= Stride)
        {
            ReadOnlySpan<Vector128<ulong>> vectors = MemoryMarshal.Cast<byte, Vector128<ulong>>(bytes);
            Span<byte> folded = stackalloc byte[16];
            Fold(~crc, vectors).AsByte().CopyTo(folded);
            crc = Update(0, folded);
            bytes = bytes[(16 * vectors.Length)..];
        }
        else
        {
            crc = ~crc;
        }

        return ~Update(crc, bytes);
    }

    /// <summary>
    /// Reduces vectors to one with the same remainder by carry-less multiplication (Gopal et al., "Fast CRC Computation for Generic Polynomials
    /// Using PCLMULQDQ Instruction", 2009): a vector n bits before the end counts x^n times, and x^n modulo the polynomial is a constant. Slicing
    /// by 8 takes 8 % of the thumbnail of a PNG without row filters, this takes under 1 %.
    /// </summary>
    /// <param name="state">The remainder of the bytes before.</param>
    /// <param name="vectors">At least four.</param>
    private static Vector128<ulong> Fold(uint state, ReadOnlySpan<Vector128<ulong>> vectors)
    {
        // x^(n + 32) and x^(n - 32), reflected, for n = 512 and n = 128.
        Vector128<ulong> byFour = Vector128.Create(0x0154442BD4UL, 0x01C6E41596UL);
        Vector128<ulong> byOne = Vector128.Create(0x01751997D0UL, 0x00CCAA009EUL);
        Vector128<ulong> a = vectors[0] ^ Vector128.CreateScalar((ulong)state);
        Vector128<ulong> b = vectors[1];
        Vector128<ulong> c = vectors[2];
        Vector128<ulong> d = vectors[3];
        int i = 4;
        for (; i <= vectors.Length - 4; i += 4)
        {
            a = Multiply(a, byFour) ^ vectors[i];
            b = Multiply(b, byFour) ^ vectors[i + 1];
            c = Multiply(c, byFour) ^ vectors[i + 2];
            d = Multiply(d, byFour) ^ vectors[i + 3];
        }

        a = Multiply(Multiply(Multiply(a, byOne) ^ b, byOne) ^ c, byOne) ^ d;
        for (; i < vectors.Length; i++)
        {
            a = Multiply(a, byOne) ^ vectors[i];
        }

        return a;
    }

    /// <summary>The sum of the products of both halves.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<ulong> Multiply(Vector128<ulong> vector, Vector128<ulong> powers) =>
        Pclmulqdq.CarrylessMultiply(vector, powers, 0x00) ^ Pclmulqdq.CarrylessMultiply(vector, powers, 0x11);

    /// <summary>The remainder of more bytes.</summary>
    private static uint Update(uint crc, ReadOnlySpan<byte> bytes)
    {
        ReadOnlySpan<uint> table = Table;
        while (bytes.Length >= 8)
        {
            uint low = BinaryPrimitives.ReadUInt32LittleEndian(bytes) ^ crc;
            uint high = BinaryPrimitives.ReadUInt32LittleEndian(bytes[4..]);
            crc = table[(7 * 256) + (byte)low]
                ^ table[(6 * 256) + (byte)(low >> 8)]
                ^ table[(5 * 256) + (byte)(low >> 16)]
                ^ table[(4 * 256) + (byte)(low >> 24)]
                ^ table[(3 * 256) + (byte)high]
                ^ table[(2 * 256) + (byte)(high >> 8)]
                ^ table[(1 * 256) + (byte)(high >> 16)]
                ^ table[(byte)(high >> 24)];
            bytes = bytes[8..];
        }

        foreach (byte b in bytes)
        {
            crc = table[(byte)(crc ^ b)] ^ (crc >> 8);
        }

        return crc;
    }

    private static uint[] MakeTable()
    {
        uint[] table = new uint[8 * 256];
        for (uint b = 0; b < 256; b++)
        {
            uint remainder = b;
            for (int bit = 0; bit < 8; bit++)
            {
                remainder = (remainder & 1) != 0 ? (remainder >> 1) ^ Polynomial : remainder >> 1;
            }

            table[b] = remainder;
        }

        for (int i = 256; i < table.Length; i++)
        {
            uint before = table[i - 256];
            table[i] = table[(byte)before] ^ (before >> 8);
        }

        return table;
    }
}
