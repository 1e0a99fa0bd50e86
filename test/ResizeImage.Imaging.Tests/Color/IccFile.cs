using System.Buffers.Binary;
using System.Text;

namespace ResizeImage.Imaging.Tests.Color;

/// <summary>Writes ICC profiles by hand (ICC.1:2022 7 and 10), right or wrong.</summary>
internal static class IccFile
{
    /// <summary>The matrix columns of Adobe RGB (1998), relative to D50.</summary>
    public static readonly double[][] AdobeRgb = [[0.60974, 0.31111, 0.01947], [0.20528, 0.62567, 0.06087], [0.14919, 0.06322, 0.74457]];

    /// <summary>Of Display P3.</summary>
    public static readonly double[][] DisplayP3 = [[0.51512, 0.24120, -0.00105], [0.29198, 0.69225, 0.04189], [0.15710, 0.06657, 0.78407]];

    /// <summary>Of ProPhoto RGB (ROMM).</summary>
    public static readonly double[][] ProPhoto = [[0.79767, 0.28804, 0], [0.13519, 0.71188, 0], [0.03134, 0.00009, 0.82491]];

    /// <summary>Of sRGB.</summary>
    public static readonly double[][] Srgb = [[0.43607, 0.22249, 0.01392], [0.38515, 0.71687, 0.09708], [0.14307, 0.06061, 0.71410]];

    /// <summary>The parameters of sRGB's curve, for <see cref="Parametric"/> of type 3.</summary>
    public static readonly double[] SrgbParameters = [2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045];

    /// <summary>A profile of a display, or of a printer for CMYK.</summary>
    /// <param name="version">2 or 4.</param>
    /// <param name="model"><c>RGB </c>, <c>GRAY</c> or <c>CMYK</c>.</param>
    /// <param name="connection"><c>XYZ </c> or <c>Lab </c>.</param>
    /// <param name="tags">Signatures and data.</param>
    public static byte[] Of(int version, string model, string connection, params (string Signature, byte[] Data)[] tags)
    {
        (string Signature, byte[] Data)[] all = [.. tags, ("wtpt", Xyz(0.9642, 1, 0.8249)), ("desc", Description(version)), ("cprt", Text(version))];
        List<byte> table = [.. Big(all.Length)];
        List<byte> contents = [];
        int start = 128 + 4 + (12 * all.Length);
        foreach ((string signature, byte[] data) in all)
        {
            table.AddRange([.. Ascii(signature), .. Big(start + contents.Count), .. Big(data.Length)]);
            contents.AddRange([.. data, .. new byte[-data.Length & 3]]);
        }

        byte[] header =
        [
            .. Big(start + contents.Count), .. new byte[4], (byte)version, (byte)(version == 4 ? 0x30 : 0x10), 0, 0,
            .. Ascii(model == "CMYK" ? "prtr" : "mntr"), .. Ascii(model), .. Ascii(connection), .. new byte[12], .. Ascii("acsp"), .. new byte[28],
            .. Fixed(0.9642), .. Fixed(1), .. Fixed(0.8249), .. new byte[48],
        ];
        return [.. header, .. table, .. contents];
    }

    /// <summary>Matrix and curves.</summary>
    public static byte[] Rgb(int version, double[][] columns, byte[] red, byte[]? green = null, byte[]? blue = null) => Of(
        version,
        "RGB ",
        "XYZ ",
        ("rXYZ", Xyz(columns[0])),
        ("gXYZ", Xyz(columns[1])),
        ("bXYZ", Xyz(columns[2])),
        ("rTRC", red),
        ("gTRC", green ?? red),
        ("bTRC", blue ?? red));

    public static byte[] Gamma(double gamma) => [.. Ascii("curv"), .. Big(0), .. Big(1), .. Big16((int)Math.Round(gamma * 256))];

    /// <summary>Sampled at even steps.</summary>
    public static byte[] Curve(int count, Func<double, double> function) =>
        [.. Ascii("curv"), .. Big(0), .. Big(count), .. Samples(count, function, 2)];

    public static byte[] Parametric(int type, params double[] parameters) =>
        [.. Ascii("para"), .. Big(0), .. Big16(type), 0, 0, .. parameters.SelectMany(Fixed)];

    public static byte[] Xyz(params double[] xyz) => [.. Ascii("XYZ "), .. Big(0), .. xyz.SelectMany(Fixed)];

    /// <summary>lut8Type (1 byte a sample) or lut16Type (2).</summary>
    /// <param name="bytes">1 or 2.</param>
    /// <param name="channels">Of the device.</param>
    /// <param name="points">Of the grid.</param>
    /// <param name="input">Each channel's curve.</param>
    /// <param name="grid">From places in the grid, 0 to 1, to encoded results, 0 to 1.</param>
    /// <param name="output">Each result's curve.</param>
    public static byte[] Lut(int bytes, int channels, int points, Func<double, double> input, Func<double[], double[]> grid, Func<double, double> output)
    {
        int entries = bytes == 1 ? 256 : 300;
        double[] identity = [1, 0, 0, 0, 1, 0, 0, 0, 1];
        return
        [
            .. Ascii(bytes == 1 ? "mft1" : "mft2"), .. Big(0), (byte)channels, 3, (byte)points, 0, .. identity.SelectMany(Fixed),
            .. bytes == 1 ? [] : (byte[])[.. Big16(entries), .. Big16(entries)],
            .. Enumerable.Repeat(Samples(entries, input, bytes), channels).SelectMany(x => x),
            .. Nodes(channels, points, bytes, grid),
            .. Enumerable.Repeat(Samples(entries, output, bytes), 3).SelectMany(x => x),
        ];
    }

    /// <summary>lutAToBType; what is null is left out.</summary>
    public static byte[] AToB(
        int channels, byte[]? a, int points, int bytes, Func<double[], double[]>? grid, byte[]? m, double[]? matrix, byte[] b)
    {
        List<byte> data = [];
        byte[] offsets = [.. Place(Curves(b, 3)), .. Place(matrix?.SelectMany(Fixed)), .. Place(Curves(m, 3)), .. Place(Grid()), .. Place(Curves(a, channels))];
        return [.. Ascii("mAB "), .. Big(0), (byte)channels, 3, 0, 0, .. offsets, .. data];

        byte[] Place(IEnumerable<byte>? part)
        {
            int offset = 32 + data.Count;
            data.AddRange(part ?? []);
            data.AddRange(new byte[-data.Count & 3]);
            return Big(part is null ? 0 : offset);
        }

        static IEnumerable<byte>? Curves(byte[]? curve, int count) =>
            curve is null ? null : Enumerable.Repeat((byte[])[.. curve, .. new byte[-curve.Length & 3]], count).SelectMany(x => x);

        IEnumerable<byte>? Grid() => grid is null
            ? null
            : [.. Enumerable.Repeat((byte)points, channels), .. new byte[16 - channels], (byte)bytes, 0, 0, 0, .. Nodes(channels, points, bytes, grid)];
    }

    private static byte[] Nodes(int channels, int points, int bytes, Func<double[], double[]> grid)
    {
        List<byte> nodes = [];
        for (int i = 0; i < Math.Pow(points, channels); i++)
        {
            // The last channel varies fastest.
            double[] place = [.. Enumerable.Range(1, channels).Select(c => i / (int)Math.Pow(points, channels - c) % points / (points - 1.0))];
            nodes.AddRange(grid(place).SelectMany(value => Encode(value, bytes)));
        }

        return [.. nodes];
    }

    private static byte[] Samples(int count, Func<double, double> function, int bytes) =>
        [.. Enumerable.Range(0, count).SelectMany(i => Encode(function(i / (count - 1.0)), bytes))];

    private static byte[] Encode(double value, int bytes) => bytes == 1
        ? [(byte)Math.Round(Math.Clamp(value, 0, 1) * 255)]
        : Big16((int)Math.Round(Math.Clamp(value, 0, 1) * 65535));

    private static byte[] Description(int version) => version == 4
        ? Text(4)
        : [.. Ascii("desc"), .. Big(0), .. Big(5), .. Ascii("test\0"), .. new byte[78]];

    private static byte[] Text(int version) => version == 4
        ? [.. Ascii("mluc"), .. Big(0), .. Big(1), .. Big(12), .. Ascii("enUS"), .. Big(8), .. Big(28), .. Encoding.BigEndianUnicode.GetBytes("test")]
        : [.. Ascii("text"), .. Big(0), .. Ascii("test\0")];

    private static byte[] Ascii(string text) => Encoding.ASCII.GetBytes(text);

    private static byte[] Fixed(double value) => Big((int)Math.Round(value * 65536));

    private static byte[] Big16(int value) => [(byte)(value >> 8), (byte)value];

    private static byte[] Big(int value)
    {
        byte[] bytes = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(bytes, value);
        return bytes;
    }
}
