using System.Text;

namespace ResizeImage.Imaging.Formats.Heif;

/// <summary>Four-character codes of boxes, items, references and properties, as big-endian numbers.</summary>
internal static class BoxType
{
    // Boxes of ISO/IEC 14496-12.
    public const uint Ftyp = 0x66747970;
    public const uint Meta = 0x6D657461;
    public const uint Moov = 0x6D6F6F76;
    public const uint Idat = 0x69646174;
    public const uint Iinf = 0x69696E66;
    public const uint Infe = 0x696E6665;
    public const uint Iloc = 0x696C6F63;
    public const uint Ipco = 0x6970636F;
    public const uint Ipma = 0x69706D61;
    public const uint Iprp = 0x69707270;
    public const uint Iref = 0x69726566;
    public const uint Pitm = 0x7069746D;

    // Items.
    public const uint Exif = 0x45786966;
    public const uint Grid = 0x67726964;
    public const uint Iden = 0x6964656E;
    public const uint Iovl = 0x696F766C;
    public const uint Jpeg = 0x6A706567;
    public const uint Mime = 0x6D696D65;
    public const uint Tmap = 0x746D6170;

    // References.
    public const uint Auxl = 0x6175786C;
    public const uint Dimg = 0x64696D67;
    public const uint Prem = 0x7072656D;
    public const uint Thmb = 0x74686D62;

    // Properties.
    public const uint AuxC = 0x61757843;
    public const uint Clap = 0x636C6170;
    public const uint Colr = 0x636F6C72;
    public const uint Imir = 0x696D6972;
    public const uint Irot = 0x69726F74;
    public const uint Ispe = 0x69737065;

    // Kinds of colr.
    public const uint Nclx = 0x6E636C78;
    public const uint Prof = 0x70726F66;
    public const uint RIcc = 0x72494343;

    /// <summary>The code of four characters.</summary>
    public static uint Of(ReadOnlySpan<char> name) => ((uint)name[0] << 24) | ((uint)name[1] << 16) | ((uint)name[2] << 8) | name[3];

    /// <summary>The four characters, for messages; those that do not print are question marks.</summary>
    public static string NameOf(uint type)
    {
        StringBuilder name = new(4);
        for (int shift = 24; shift >= 0; shift -= 8)
        {
            char c = (char)((type >> shift) & 0xFF);
            name.Append(char.IsAsciiLetterOrDigit(c) || c == ' ' ? c : '?');
        }

        return name.ToString();
    }
}
