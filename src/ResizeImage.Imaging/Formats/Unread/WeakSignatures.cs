using System.Buffers.Binary;

namespace ResizeImage.Imaging.Formats.Unread;

/// <summary>Formats with a short signature or none, recognized by a header whose fields are consistent.</summary>
internal static class WeakSignatures
{
    private const int TransportPacket = 188;

    /// <summary>Names a file; null if no header fits.</summary>
    public static UnreadFile? Find(ReadOnlySpan<byte> file)
    {
        if (IsPfm(file))
        {
            return UnreadFile.Image("a PFM image (Netpbm with floating-point samples)");
        }

        // For an engine that does not read them.
        if (IsIcon(file) is { } icon)
        {
            return UnreadFile.Image(icon);
        }

        if (IsTransportStream(file, 0) || IsTransportStream(file, 4))
        {
            return UnreadFile.Video("an MPEG transport stream (video)");
        }

        if (IsMpegAudio(file) is { } audio)
        {
            return UnreadFile.Other(audio);
        }

        return IsPcx(file) ? UnreadFile.Image("a PCX image") : null;
    }

    /// <summary>PF and Pf of Netpbm: width and height follow.</summary>
    private static bool IsPfm(ReadOnlySpan<byte> file)
    {
        if (file is not [(byte)'P', (byte)'F' or (byte)'f', (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n', ..])
        {
            return false;
        }

        ReadOnlySpan<byte> rest = file[3..].TrimStart(" \t\r\n"u8);
        int width = Math.Max(0, rest.IndexOfAnyExceptInRange((byte)'0', (byte)'9'));
        return width > 0 && rest[width..].TrimStart(" \t\r\n"u8) is [>= (byte)'0' and <= (byte)'9', ..];
    }

    /// <summary>ICONDIR and its first ICONDIRENTRY: the data is after the directory.</summary>
    private static string? IsIcon(ReadOnlySpan<byte> file)
    {
        const int Directory = 6;
        const int Entry = 16;
        if (file is not [0, 0, 1 or 2, 0, ..] || file.Length < Directory + Entry)
        {
            return null;
        }

        int count = BinaryPrimitives.ReadUInt16LittleEndian(file[4..]);
        uint size = BinaryPrimitives.ReadUInt32LittleEndian(file[14..]);
        uint offset = BinaryPrimitives.ReadUInt32LittleEndian(file[18..]);
        bool fits = count > 0 && file[9] == 0 && size > 0 && offset >= Directory + (Entry * count);
        return !fits ? null : file[2] == 1 ? "an icon (ICO)" : "a cursor (CUR)";
    }

    /// <summary>A sync byte before three packets (ISO/IEC 13818-1, 2.4.3.2); in Blu-ray and AVCHD, each packet has four bytes before it.</summary>
    private static bool IsTransportStream(ReadOnlySpan<byte> file, int before)
    {
        const byte Sync = 0x47;
        int step = TransportPacket + before;
        return file.Length > before + (2 * step) && file[before] == Sync && file[before + step] == Sync && file[before + (2 * step)] == Sync;
    }

    /// <summary>The header of a frame of MPEG audio (ISO/IEC 11172-3, 2.4.2.3) or of AAC in ADTS.</summary>
    private static string? IsMpegAudio(ReadOnlySpan<byte> file) => file switch
    {
        [0xFF, 0xF0 or 0xF1 or 0xF8 or 0xF9, ..] => "an AAC audio file",
        [0xFF, 0xFA or 0xFB or 0xF2 or 0xF3 or 0xE2 or 0xE3, var rates, ..] when rates >> 4 is > 0 and < 15 && ((rates >> 2) & 3) != 3 => "an MP3 audio file",
        _ => null,
    };

    /// <summary>Manufacturer, version, run-length coding, bits, a window that is not empty, and the byte that is always 0.</summary>
    private static bool IsPcx(ReadOnlySpan<byte> file) =>
        file is [0x0A, 0 or 2 or 3 or 4 or 5, 0 or 1, 1 or 2 or 4 or 8, ..]
        && file.Length >= 128
        && file[64] == 0
        && BinaryPrimitives.ReadUInt16LittleEndian(file[4..]) <= BinaryPrimitives.ReadUInt16LittleEndian(file[8..])
        && BinaryPrimitives.ReadUInt16LittleEndian(file[6..]) <= BinaryPrimitives.ReadUInt16LittleEndian(file[10..]);
}
