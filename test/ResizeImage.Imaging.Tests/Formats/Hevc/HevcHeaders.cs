namespace ResizeImage.Imaging.Tests.Formats.Hevc;

/// <summary>Parameter sets and slice headers, written by the tables of H.265 7.3.</summary>
internal static class HevcHeaders
{
    private static readonly byte[] SequenceUnit = [33 << 1, 1];
    private static readonly byte[] PictureUnit = [34 << 1, 1];

    /// <summary>A sequence parameter set with coding tree blocks of 16 samples, of blocks of 8 and transforms of 4 to 16, with SAO.</summary>
    /// <param name="width">Columns of luma, in whole blocks of 8.</param>
    /// <param name="height">Rows of luma, in whole blocks of 8.</param>
    /// <param name="chroma">chroma_format_idc.</param>
    /// <param name="bits">Bits of a sample.</param>
    public static byte[] Sequence(int width, int height, int chroma, int bits)
    {
        HevcBits set = new HevcBits().Write(1, 8);
        set.Write(0, 32).Write(0, 32).Write(0, 32); // profile_tier_level
        set.Unsigned(0, chroma).Write(0, chroma == 3 ? 1 : 0).Unsigned(width, height).Write(0, 1);
        set.Unsigned(bits - 8, bits - 8, 0).Write(0, 1).Unsigned(0, 0, 0);
        set.Unsigned(0, 1, 0, 2, 0, 0);
        set.Write(0, 2).Write(1, 1).Write(0, 1).Unsigned(0).Write(0, 5);
        return [.. SequenceUnit, .. set.ToArray(), 0x80];
    }

    /// <summary>A picture parameter set.</summary>
    /// <param name="cbOffset">pps_cb_qp_offset.</param>
    /// <param name="crOffset">pps_cr_qp_offset.</param>
    /// <param name="betaOffset">pps_beta_offset_div2.</param>
    /// <param name="tcOffset">pps_tc_offset_div2.</param>
    public static byte[] Picture(int cbOffset, int crOffset, int betaOffset, int tcOffset)
    {
        HevcBits set = new HevcBits().Unsigned(0, 0).Write(0, 7).Unsigned(0, 0).Signed(0).Write(0, 3);
        set.Signed(cbOffset, crOffset).Write(0, 6);
        set.Write(0, 1).Write(1, 1).Write(0, 2).Signed(betaOffset, tcOffset);
        set.Write(0, 2).Unsigned(0).Write(0, 2);
        return [.. PictureUnit, .. set.ToArray(), 0x80];
    }

    /// <summary>The header of the only slice of an IDR picture, without its NAL unit header.</summary>
    public static byte[] Slice() => [.. new HevcBits().Write(2, 2).Unsigned(0, 2).Write(0, 2).Signed(0).Write(0xFFFF, 16).ToArray()];

    /// <summary>A byte stream (annex B) whose conformance window begins below the first rows.</summary>
    /// <param name="stream">A stream without a conformance window, of coding tree blocks in 4:2:0.</param>
    /// <param name="top">conf_win_top_offset.</param>
    public static byte[] WithTop(byte[] stream, int top)
    {
        ReadOnlySpan<byte> start = [0, 0, 1, .. SequenceUnit];
        int first = stream.AsSpan().IndexOf(start) + start.Length;
        int end = first + stream.AsSpan(first).IndexOf((ReadOnlySpan<byte>)[0, 0, 1]);
        List<byte> payload = [];
        for (int i = first; i < end; i++)
        {
            bool isPrevention = stream[i] == 3 && stream[i - 1] == 0 && stream[i - 2] == 0;
            payload.AddRange(isPrevention ? [] : [stream[i]]);
        }

        bool[] bits = [.. payload.SelectMany(value => Enumerable.Range(0, 8).Select(bit => (value & (0x80 >> bit)) != 0))];
        int window = 8 + 96;
        for (int code = 0; code < 4; code++)
        {
            int zeros = Array.IndexOf(bits, true, window) - window;
            window += (2 * zeros) + 1;
        }

        Assert.False(bits[window]);
        HevcBits changed = new();
        foreach (bool bit in bits[..window])
        {
            changed.Write(bit ? 1u : 0, 1);
        }

        changed.Write(1, 1).Unsigned(0, 0, top, 0);
        foreach (bool bit in bits[(window + 1)..])
        {
            changed.Write(bit ? 1u : 0, 1);
        }

        return [.. stream[..first], .. WithPrevention(changed.ToArray()), .. stream[end..]];
    }

    private static List<byte> WithPrevention(byte[] payload)
    {
        List<byte> escaped = [];
        foreach (byte value in payload)
        {
            if (value <= 3 && escaped is [.., 0, 0])
            {
                escaped.Add(3);
            }

            escaped.Add(value);
        }

        return escaped;
    }
}
