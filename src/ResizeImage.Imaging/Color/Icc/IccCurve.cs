using System.Buffers.Binary;

namespace ResizeImage.Imaging.Color.Icc;

/// <summary>Reads curves: curveType (ICC.1:2022 10.6) and parametricCurveType (10.18).</summary>
internal static class IccCurve
{
    private const int CurveHeader = 12;

    /// <summary>Parameters of each type of parametricCurveType.</summary>
    private static ReadOnlySpan<byte> ParameterCounts => [1, 3, 4, 5, 7];

    /// <summary>Reads one curve.</summary>
    /// <param name="data">Begins with the curve; may be longer.</param>
    /// <param name="length">The curve's bytes.</param>
    /// <returns>Null if it is corrupt.</returns>
    public static ToneCurve? Read(ReadOnlyMemory<byte> data, out int length)
    {
        ReadOnlySpan<byte> bytes = data.Span;
        length = 0;
        return bytes.Length < CurveHeader ? null
            : bytes.StartsWith("curv"u8) ? ReadSampled(data, out length)
            : bytes.StartsWith("para"u8) ? ReadParametric(bytes, out length)
            : null;
    }

    /// <summary>Reads consecutive curves, each padded to a multiple of four bytes (ICC.1:2022 10.12.3).</summary>
    /// <returns>Null if one is corrupt.</returns>
    public static ToneCurve[]? ReadSequence(ReadOnlyMemory<byte> data, int count)
    {
        var curves = new ToneCurve[count];
        for (int i = 0; i < count; i++)
        {
            if (Read(data, out int length) is not { } curve)
            {
                return null;
            }

            curves[i] = curve;
            data = data[Math.Min((length + 3) & ~3, data.Length)..];
        }

        return curves;
    }

    private static ToneCurve? ReadSampled(ReadOnlyMemory<byte> data, out int length)
    {
        uint count = BinaryPrimitives.ReadUInt32BigEndian(data.Span[8..]);
        length = 0;
        if (count > (data.Length - CurveHeader) / sizeof(ushort))
        {
            return null;
        }

        length = CurveHeader + ((int)count * sizeof(ushort));
        return count switch
        {
            0 => ParametricCurve.Identity,
            1 => ParametricCurve.Power(BinaryPrimitives.ReadUInt16BigEndian(data.Span[CurveHeader..]) / 256.0),
            _ => new SampledCurve(data[CurveHeader..length], sizeof(ushort)),
        };
    }

    private static ParametricCurve? ReadParametric(ReadOnlySpan<byte> data, out int length)
    {
        int type = BinaryPrimitives.ReadUInt16BigEndian(data[8..]);
        length = type < ParameterCounts.Length ? CurveHeader + (ParameterCounts[type] * sizeof(int)) : int.MaxValue;
        if (data.Length < length)
        {
            return null;
        }

        double[] p = new double[7];
        for (int i = 0; i < ParameterCounts[type]; i++)
        {
            p[i] = IccProfile.Fixed(data[(CurveHeader + (i * sizeof(int)))..]);
        }

        // Types 1 and 2 change where the base of the power reaches 0.
        double zero = p[1] == 0 ? 0 : -p[2] / p[1];
        return type switch
        {
            0 => ParametricCurve.Power(p[0]),
            1 => new(p[0], p[1], p[2], 0, zero, 0, 0),
            2 => new(p[0], p[1], p[2], 0, zero, p[3], p[3]),
            _ => new(p[0], p[1], p[2], p[3], p[4], p[5], p[6]),
        };
    }
}
