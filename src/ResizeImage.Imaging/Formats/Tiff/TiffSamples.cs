using System.Runtime.InteropServices;
using ResizeImage.Imaging.Pixels;

namespace ResizeImage.Imaging.Formats.Tiff;

/// <summary>Unpacks samples of any number of bits (TIFF 6.0, BitsPerSample), the highest bit of a byte first.</summary>
internal static class TiffSamples
{
    /// <summary>Unpacks samples of at most 8 bits to bytes, without scaling.</summary>
    /// <param name="row">A row of a plane.</param>
    /// <param name="bits">1 to 8.</param>
    /// <param name="first">The first sample to unpack.</param>
    /// <param name="samples">Receives as many samples as it is long.</param>
    public static void Unpack(ReadOnlySpan<byte> row, int bits, long first, Span<byte> samples)
    {
        if (bits == 8)
        {
            row.Slice((int)first, samples.Length).CopyTo(samples);
        }
        else if (bits is 1 or 2 or 4 && first <= int.MaxValue)
        {
            PackedSamples.Unpack(row, bits, (int)first, samples);
        }
        else
        {
            for (int i = 0; i < samples.Length; i++)
            {
                samples[i] = (byte)At(row, bits, first + i);
            }
        }
    }

    /// <summary>Unpacks samples of more than 8 bits to 16 bits: fewer bits are repeated into the lower ones, of more bits the highest count.</summary>
    /// <param name="row">A row of a plane; samples of 16 and 32 bits in the machine's byte order.</param>
    /// <param name="bits">9 to 16, 24 or 32.</param>
    /// <param name="isLittleEndian">The byte order of samples of 24 bits.</param>
    /// <param name="first">The first sample to unpack.</param>
    /// <param name="samples">Receives as many samples as it is long.</param>
    public static void Unpack(ReadOnlySpan<byte> row, int bits, bool isLittleEndian, long first, Span<ushort> samples)
    {
        switch (bits)
        {
            case 16:
                MemoryMarshal.Cast<byte, ushort>(row).Slice((int)first, samples.Length).CopyTo(samples);
                break;
            case 24:
                for (int i = 0; i < samples.Length; i++)
                {
                    ReadOnlySpan<byte> sample = row.Slice((int)(first + i) * 3, 3);
                    samples[i] = (ushort)((sample[isLittleEndian ? 2 : 0] << 8) | sample[1]);
                }

                break;
            case 32:
                ReadOnlySpan<uint> longs = MemoryMarshal.Cast<byte, uint>(row).Slice((int)first, samples.Length);
                for (int i = 0; i < samples.Length; i++)
                {
                    samples[i] = (ushort)(longs[i] >> 16);
                }

                break;
            default:
                for (int i = 0; i < samples.Length; i++)
                {
                    int sample = At(row, bits, first + i);
                    samples[i] = (ushort)((sample << (16 - bits)) | (sample >> ((2 * bits) - 16)));
                }

                break;
        }
    }

    /// <summary>A sample of at most 16 bits.</summary>
    private static int At(ReadOnlySpan<byte> row, int bits, long index)
    {
        long bit = index * bits;
        int at = (int)(bit >> 3);
        int three = (row[at] << 16) | ((at + 1 < row.Length ? row[at + 1] : 0) << 8) | (at + 2 < row.Length ? row[at + 2] : 0);
        return (three >> (24 - bits - (int)(bit & 7))) & ((1 << bits) - 1);
    }
}
