using System.Text;

namespace ResizeImage.Worst;

/// <summary>ICC profiles (ICC.1:2022).</summary>
internal static class IccInputs
{
    /// <summary>A profile of tables (lut16Type) from RGB or CMYK to CIELAB, with curves after the grid: the slowest kind.</summary>
    /// <param name="channels">3 or 4.</param>
    public static byte[] Tables(int channels)
    {
        int points = channels == 3 ? 33 : 17;
        int nodes = (int)Math.Pow(points, channels);
        using MemoryStream tag = new();
        tag.Write([.. "mft2"u8, 0, 0, 0, 0, (byte)channels, 3, (byte)points, 0]);
        tag.Write(new byte[36]);
        tag.Write([1, 0, 1, 0]);
        for (int c = 0; c < channels; c++)
        {
            Curve(tag, 1.1);
        }

        Random random = new(2);
        for (int i = 0; i < nodes; i++)
        {
            int lightness = 65280 * (i % nodes / (nodes / points)) / (points - 1);
            Write16(tag, channels == 4 ? 65280 - lightness : lightness);
            Write16(tag, 32768 + random.Next(-3000, 3000));
            Write16(tag, 32768 + random.Next(-3000, 3000));
        }

        for (int c = 0; c < 3; c++)
        {
            Curve(tag, 0.9);
        }

        return Of(channels == 3 ? "RGB " : "CMYK", [("A2B0", tag.ToArray())]);
    }

    /// <summary>As many tags as fit, without those that a reader needs.</summary>
    public static byte[] ManyTags(int bytes) => Of("RGB ", [.. Enumerable.Repeat(("desc", Array.Empty<byte>()), bytes / 12)]);

    private static byte[] Of(string model, (string Name, byte[] Data)[] tags)
    {
        using MemoryStream table = new();
        using MemoryStream data = new();
        table.Write(HostileZlib.BigEndian((uint)tags.Length));
        foreach ((string name, byte[] content) in tags)
        {
            table.Write(Encoding.ASCII.GetBytes(name));
            table.Write(HostileZlib.BigEndian((uint)(132 + (12 * tags.Length) + data.Length)));
            table.Write(HostileZlib.BigEndian((uint)content.Length));
            data.Write(content);
        }

        byte[] header = new byte[128];
        HostileZlib.BigEndian((uint)(128 + table.Length + data.Length)).CopyTo(header, 0);
        header[8] = 2;
        Encoding.ASCII.GetBytes("prtr" + model + "Lab ").CopyTo(header, 12);
        Encoding.ASCII.GetBytes("acsp").CopyTo(header, 36);
        return [.. header, .. table.ToArray(), .. data.ToArray()];
    }

    private static void Curve(MemoryStream tag, double exponent)
    {
        for (int i = 0; i < 256; i++)
        {
            Write16(tag, (int)(65535 * Math.Pow(i / 255.0, exponent)));
        }
    }

    private static void Write16(MemoryStream tag, int value) => tag.Write([(byte)(value >> 8), (byte)value]);
}
