using System.Buffers.Binary;

namespace ResizeImage.Imaging.Tests.Formats.Tiff;

/// <summary>Writes TIFF files of one strip without compression, right or wrong (TIFF 6.0, section 2).</summary>
internal static class TiffFile
{
    /// <summary>Moves the directory of a little-endian file of <see cref="Of"/> before its strip.</summary>
    public static byte[] DirectoryFirst(byte[] file)
    {
        const int StripOffsets = 273;
        int directory = BinaryPrimitives.ReadInt32LittleEndian(file.AsSpan(4));
        byte[] moved = file[directory..];
        for (int entry = 2; entry < 2 + (12 * moved[0]); entry += 12)
        {
            Span<byte> value = moved.AsSpan(entry + 8, 4);
            if (BinaryPrimitives.ReadUInt16LittleEndian(moved.AsSpan(entry)) == StripOffsets)
            {
                BinaryPrimitives.WriteInt32LittleEndian(value, 8 + moved.Length);
            }
            else if (BinaryPrimitives.ReadInt32LittleEndian(moved.AsSpan(entry + 4)) > 1)
            {
                BinaryPrimitives.WriteInt32LittleEndian(value, BinaryPrimitives.ReadInt32LittleEndian(value) - directory + 8);
            }
        }

        return [.. file[..4], 8, 0, 0, 0, .. moved, .. file[8..directory]];
    }

    /// <summary>A file whose fields, all of type LONG, can be replaced or added.</summary>
    /// <param name="width">Columns.</param>
    /// <param name="height">Rows.</param>
    /// <param name="bits">Bits per sample.</param>
    /// <param name="photometric">PhotometricInterpretation.</param>
    /// <param name="samples">Samples per pixel.</param>
    /// <param name="data">The strip.</param>
    /// <param name="isLittleEndian">II; else MM.</param>
    /// <param name="fields">Tags and their values; without values, the field is left out.</param>
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
            if (values.Length == 0)
            {
                _ = entries.Remove(tag);
            }
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
