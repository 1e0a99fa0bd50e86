using System.Buffers.Binary;

namespace ResizeImage.Imaging.Tests.Formats.Tiff;

/// <summary>Writes TIFF files of one strip without compression, right or wrong (TIFF 6.0, section 2).</summary>
internal static class TiffFile
{
    /// <summary>A file whose fields, all of type LONG, can be replaced or added.</summary>
    /// <param name="width">Columns.</param>
    /// <param name="height">Rows.</param>
    /// <param name="bits">Bits per sample.</param>
    /// <param name="photometric">PhotometricInterpretation.</param>
    /// <param name="samples">Samples per pixel.</param>
    /// <param name="data">The strip.</param>
    /// <param name="isLittleEndian">II; else MM.</param>
    /// <param name="fields">Tags and their values.</param>
    public static byte[] Of(
        int width, int height, int bits, int photometric, int samples, byte[] data, bool isLittleEndian = true, params (ushort Tag, uint[] Values)[] fields)
    {
        SortedDictionary<ushort, uint[]> entries = new()
        {
            [256] = [(uint)width],
            [257] = [(uint)height],
            [258] = [.. Enumerable.Repeat((uint)bits, samples)],
            [259] = [1],
            [262] = [(uint)photometric],
            [273] = [8],
            [277] = [(uint)samples],
            [278] = [(uint)height],
            [279] = [(uint)data.Length],
        };
        foreach ((ushort tag, uint[] values) in fields)
        {
            entries[tag] = values;
        }

        byte[] padding = new byte[data.Length % 2];
        uint directory = (uint)(8 + data.Length + padding.Length);
        List<byte> file = [.. isLittleEndian ? "II*\0"u8 : "MM\0*"u8, .. Number(directory, 4), .. data, .. padding, .. Number((uint)entries.Count, 2)];
        uint values0 = directory + 2 + (12 * (uint)entries.Count) + 4;
        List<byte> outside = [];
        foreach ((ushort tag, uint[] values) in entries)
        {
            file.AddRange([.. Number(tag, 2), .. Number(4, 2), .. Number((uint)values.Length, 4)]);
            file.AddRange(values.Length == 1 ? Number(values[0], 4) : Number(values0 + (uint)outside.Count, 4));
            outside.AddRange(values.Length == 1 ? [] : values.SelectMany(value => Number(value, 4)));
        }

        return [.. file, 0, 0, 0, 0, .. outside];

        byte[] Number(uint value, int bytes)
        {
            byte[] number = new byte[4];
            if (isLittleEndian)
            {
                BinaryPrimitives.WriteUInt32LittleEndian(number, value);
                return number[..bytes];
            }

            BinaryPrimitives.WriteUInt32BigEndian(number, value);
            return number[(4 - bytes)..];
        }
    }
}
