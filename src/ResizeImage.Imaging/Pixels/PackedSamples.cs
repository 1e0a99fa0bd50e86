using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace ResizeImage.Imaging.Pixels;

/// <summary>Samples of less than 8 bits, packed into bytes from the high bits down (PNG 7.2).</summary>
internal static class PackedSamples
{
    /// <summary>The factor from a gray sample to one of 8 bits: 255 / (2^bits − 1), always whole (PNG 13.12).</summary>
    public static int GrayScale(int bits) => 255 / ((1 << bits) - 1);

    /// <summary>Unpacks each sample to a byte.</summary>
    /// <param name="packed">A scanline.</param>
    /// <param name="bits">1, 2 or 4.</param>
    /// <param name="first">The first sample to unpack.</param>
    /// <param name="samples">Receives as many samples as it is long.</param>
    public static void Unpack(ReadOnlySpan<byte> packed, int bits, int first, Span<byte> samples)
    {
        int samplesInByte = 8 / bits;
        int lead = Math.Min(-first & (samplesInByte - 1), samples.Length);
        UnpackEach(packed, bits, first, samples[..lead]);
        packed = packed[(int)(((long)first + lead) * bits / 8)..];
        samples = samples[lead..];
        int whole = 0;
        if (BitConverter.IsLittleEndian)
        {
            int bytes = samples.Length / samplesInByte;
            whole = bytes * samplesInByte;
            UnpackBytes(packed[..bytes], bits, samples);
        }

        UnpackEach(packed, bits, whole, samples[whole..]);
    }

    /// <summary>The inverse of <see cref="Unpack"/> for a whole scanline; bits after the last sample are 0.</summary>
    public static void Pack(ReadOnlySpan<byte> samples, int bits, Span<byte> packed)
    {
        packed.Clear();
        for (int i = 0; i < samples.Length; i++)
        {
            int bit = i * bits;
            packed[bit >> 3] |= (byte)(samples[i] << (8 - bits - (bit & 7)));
        }
    }

    private static void UnpackEach(ReadOnlySpan<byte> packed, int bits, int first, Span<byte> samples)
    {
        int mask = (1 << bits) - 1;
        for (int i = 0; i < samples.Length; i++)
        {
            long bit = ((long)first + i) * bits;
            samples[i] = (byte)((packed[(int)(bit >> 3)] >> (8 - bits - (int)(bit & 7))) & mask);
        }
    }

    /// <summary>Unpacks whole bytes. One by one, samples of 4 bits take a quarter of the thumbnail of a large image.</summary>
    private static void UnpackBytes(ReadOnlySpan<byte> packed, int bits, Span<byte> samples)
    {
        switch (bits)
        {
            case 1:
                Unpack1(packed, MemoryMarshal.Cast<byte, ulong>(samples));
                break;
            case 2:
                Unpack2(packed, MemoryMarshal.Cast<byte, uint>(samples));
                break;
            default:
                Unpack4(packed, MemoryMarshal.Cast<byte, ushort>(samples));
                break;
        }
    }

    /// <summary>Of copies of a byte, each 9 bits further on, every eighth bit is a sample: bit 7 of the first copy, bit 6 of the second.</summary>
    private static void Unpack1(ReadOnlySpan<byte> packed, Span<ulong> samples)
    {
        for (int i = 0; i < packed.Length; i++)
        {
            samples[i] = ((packed[i] * 0x8040201008040201) >> 7) & 0x0101010101010101;
        }
    }

    /// <summary>Of copies of a byte, each 10 bits further on, bits 6 and 7 of every byte are a sample.</summary>
    private static void Unpack2(ReadOnlySpan<byte> packed, Span<uint> samples)
    {
        for (int i = 0; i < packed.Length; i++)
        {
            uint four = packed[i];
            samples[i] = ((four >> 6) | (four << 4) | (four << 14) | (four << 24)) & 0x03030303;
        }
    }

    private static void Unpack4(ReadOnlySpan<byte> packed, Span<ushort> samples)
    {
        int i = 0;
        for (; i <= packed.Length - Vector128<ushort>.Count; i += Vector128<ushort>.Count)
        {
            ulong eight = BinaryPrimitives.ReadUInt64LittleEndian(packed[i..]);
            Vector128<ushort> pairs = Vector128.WidenLower(Vector128.CreateScalarUnsafe(eight).AsByte());
            (((pairs << 8) & Vector128.Create((ushort)0x0F00)) | (pairs >> 4)).CopyTo(samples[i..]);
        }

        for (; i < packed.Length; i++)
        {
            samples[i] = (ushort)(((packed[i] & 15) << 8) | (packed[i] >> 4));
        }
    }
}
