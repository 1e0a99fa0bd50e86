using static ResizeImage.Imaging.Tests.Formats.Heif.HeifFile;

namespace ResizeImage.Imaging.Tests.Formats.Hevc;

/// <summary>The first picture of a byte stream (H.265 annex B) as HEIF stores it.</summary>
/// <param name="Configuration">HEVCDecoderConfigurationRecord with the parameter sets, ISO/IEC 14496-15 8.3.3.</param>
/// <param name="Data">The slices, each with its length in 32 bits.</param>
internal sealed record HevcStream(byte[] Configuration, byte[] Data)
{
    private const int FirstParameterSet = 32;
    private const int LastParameterSet = 34;

    public static HevcStream FromAnnexB(byte[] stream)
    {
        List<byte[]> sets = [];
        List<byte> slices = [];
        foreach (byte[] unit in Units(stream))
        {
            int type = (unit[0] >> 1) & 63;
            bool isFirstSlice = type < FirstParameterSet && (unit[2] & 0x80) != 0;
            if (slices.Count > 0 && (isFirstSlice || type is >= FirstParameterSet and <= LastParameterSet))
            {
                break;
            }

            if (type is >= FirstParameterSet and <= LastParameterSet)
            {
                sets.Add(unit);
            }
            else if (type < FirstParameterSet)
            {
                slices.AddRange([.. U32(unit.Length), .. unit]);
            }
        }

        return new(Record(sets), [.. slices]);
    }

    /// <summary>A configuration of these parameter sets. The other fields, which repeat parts of them, are zero.</summary>
    public static byte[] Record(IReadOnlyCollection<byte[]> sets) =>
        [1, .. new byte[20], 3, (byte)sets.Count, .. sets.SelectMany(set => (byte[])[(byte)((set[0] >> 1) & 63), .. U16(1), .. U16(set.Length), .. set])];

    /// <summary>The NAL units between start codes, without zeros behind them.</summary>
    private static IEnumerable<byte[]> Units(byte[] stream)
    {
        int start = stream.AsSpan().IndexOf((ReadOnlySpan<byte>)[0, 0, 1]) + 3;
        while (start < stream.Length)
        {
            int length = stream.AsSpan(start).IndexOf((ReadOnlySpan<byte>)[0, 0, 1]);
            int end = length < 0 ? stream.Length : start + length;
            byte[] unit = stream.AsSpan(start, end - start).TrimEnd((byte)0).ToArray();
            start = end + 3;
            if (unit.Length > 2)
            {
                yield return unit;
            }
        }
    }
}
