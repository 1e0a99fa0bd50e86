using System.Globalization;
using System.Text;

namespace ResizeImage.Imaging.Tests.Support;

/// <summary>A PGM or PPM file (netpbm's P5 and P6) with 8 bits a sample.</summary>
internal sealed record Pnm(int Width, int Height, int Channels, byte[] Samples)
{
    public static Pnm Parse(byte[] file)
    {
        int position = 0;
        string magic = Token(file, ref position);
        int width = int.Parse(Token(file, ref position), CultureInfo.InvariantCulture);
        int height = int.Parse(Token(file, ref position), CultureInfo.InvariantCulture);
        Assert.Equal("255", Token(file, ref position));
        int channels = magic == "P6" ? 3 : 1;
        return new Pnm(width, height, channels, file[position..(position + (width * height * channels))]);
    }

    public byte[] ToFile() =>
        [.. Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"P{(Channels == 3 ? 6 : 5)}\n{Width} {Height}\n255\n")), .. Samples];

    private static string Token(byte[] file, ref int position)
    {
        int start = position;
        while (!char.IsWhiteSpace((char)file[position]))
        {
            position++;
        }

        return Encoding.ASCII.GetString(file, start, position++ - start);
    }
}
