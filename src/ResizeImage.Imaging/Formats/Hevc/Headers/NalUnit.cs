using System.Buffers.Binary;

namespace ResizeImage.Imaging.Formats.Hevc.Headers;

/// <summary>NAL units (H.265 7.3.1) behind their lengths, as in ISO/IEC 14496-15.</summary>
internal static class NalUnit
{
    public const int HeaderBytes = 2;
    public const int SequenceParameterSet = 33;
    public const int PictureParameterSet = 34;

    // Table 7-1: slices of pictures that start a sequence, and the types after them that are reserved for such.
    private const int LastSlice = 31;
    private const int FirstIrap = 16;
    private const int LastIrap = 23;
    private const int IdrWithLeading = 19;
    private const int Idr = 20;

    /// <summary>nal_unit_type.</summary>
    public static int Type(ReadOnlySpan<byte> unit) => (unit[0] >> 1) & 0x3F;

    /// <summary>True for the base layer; other layers hold enhancements, for instance of L-HEVC, with parameter sets of their own.</summary>
    public static bool IsBaseLayer(ReadOnlySpan<byte> unit) => (unit[0] & 1) == 0 && unit[1] >> 3 == 0;

    public static bool IsSlice(int type) => type <= LastSlice;

    /// <summary>A random access picture, whose slice headers have no_output_of_prior_pics_flag.</summary>
    public static bool IsIrap(int type) => type is >= FirstIrap and <= LastIrap;

    /// <summary>A picture whose slice headers have no reference pictures.</summary>
    public static bool IsIdr(int type) => type is IdrWithLeading or Idr;

    /// <summary>Takes the next unit from the front of a buffer. Zeros between units, with which cameras pad, are passed over.</summary>
    /// <param name="data">Receives what follows.</param>
    /// <param name="lengthSize">Bytes of a length: 1, 2 or 4.</param>
    /// <param name="unit">The unit with its header, as far as the data goes.</param>
    /// <returns>False at the end.</returns>
    public static bool TryTake(ref ReadOnlySpan<byte> data, int lengthSize, out ReadOnlySpan<byte> unit)
    {
        while (data.Length > lengthSize)
        {
            uint length = lengthSize switch
            {
                1 => data[0],
                2 => BinaryPrimitives.ReadUInt16BigEndian(data),
                _ => BinaryPrimitives.ReadUInt32BigEndian(data),
            };
            data = data[lengthSize..];
            unit = data[..(int)Math.Min(length, data.Length)];
            data = data[unit.Length..];
            if (unit.Length > HeaderBytes)
            {
                return true;
            }
        }

        unit = default;
        return false;
    }

    /// <summary>Copies a payload without emulation prevention bytes: 0 0 3 becomes 0 0 (7.3.1.1).</summary>
    /// <param name="payload">The unit without its header.</param>
    /// <param name="rbsp">At least as long.</param>
    /// <returns>The bytes written.</returns>
    public static int Unescape(ReadOnlySpan<byte> payload, Span<byte> rbsp)
    {
        int written = 0;
        while (true)
        {
            int zeros = payload.IndexOf((ReadOnlySpan<byte>)[0, 0, 3]);
            if (zeros < 0)
            {
                payload.CopyTo(rbsp[written..]);
                return written + payload.Length;
            }

            payload[..(zeros + 2)].CopyTo(rbsp[written..]);
            written += zeros + 2;
            payload = payload[(zeros + 3)..];
        }
    }

    /// <summary>A payload without emulation prevention bytes, in an array of its own.</summary>
    public static ReadOnlySpan<byte> Rbsp(ReadOnlySpan<byte> unit)
    {
        byte[] rbsp = new byte[unit.Length - HeaderBytes];
        return rbsp.AsSpan(0, Unescape(unit[HeaderBytes..], rbsp));
    }
}
