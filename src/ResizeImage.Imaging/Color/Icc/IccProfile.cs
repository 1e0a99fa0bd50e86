using System.Buffers.Binary;

namespace ResizeImage.Imaging.Color.Icc;

/// <summary>The header and the tags of an ICC profile (ICC.1:2022 7.2 and 7.3), versions 2 and 4. Reads in place, throws nothing.</summary>
internal sealed class IccProfile
{
    /// <summary>Size limit of a profile in bytes; those of printing presses have up to 3 MB.</summary>
    public const int MaxBytes = 4 << 20;

    /// <summary>Bytes of a header, up to the count of tags.</summary>
    public const int HeaderBytes = 128;

    private const int EntryBytes = 12;
    private readonly ReadOnlyMemory<byte> _bytes;

    private IccProfile(ReadOnlyMemory<byte> bytes, ColorModel model, bool isLab)
    {
        _bytes = bytes;
        Model = model;
        ConnectsByLab = isLab;
    }

    /// <summary>The channels that the profile describes.</summary>
    public ColorModel Model { get; }

    /// <summary>The connection space is CIELAB; if false, XYZ.</summary>
    public bool ConnectsByLab { get; }

    /// <summary>Version 4; if false, 2.</summary>
    public bool IsVersion4 => _bytes.Span[8] >= 4;

    /// <summary>The size that a profile's header states.</summary>
    public static uint StatedSize(ReadOnlySpan<byte> header) => BinaryPrimitives.ReadUInt32BigEndian(header);

    /// <summary>Reads the header.</summary>
    /// <param name="bytes">The profile, valid or not.</param>
    /// <param name="problem">The reason for null, as a part of a sentence.</param>
    public static IccProfile? Read(ReadOnlyMemory<byte> bytes, out string? problem)
    {
        ReadOnlySpan<byte> header = bytes.Span;
        problem = header switch
        {
            { Length: < HeaderBytes + sizeof(uint) } => "it is truncated",
            { Length: > MaxBytes } => $"it has {header.Length:N0} bytes, more than the {MaxBytes:N0} that are read",
            _ when !header[36..].StartsWith("acsp"u8) => "it is no profile",
            _ when header[8] > 4 => $"it is of version {header[8]}; 2 and 4 are read",
            _ when ModelOf(header[16..20]) is null => "it is for a kind of color that the image cannot have",
            _ when !IsConnectionSpace(header[20..24]) || IsOneOf(header[12..16], "link"u8, "abst"u8, "nmcl"u8) => "it does not describe a device",
            _ => null,
        };
        return problem is null ? new(bytes, ModelOf(header[16..20])!.Value, header[20..].StartsWith("Lab "u8)) : null;
    }

    /// <summary>The data of a tag; empty if it is missing or outside the profile.</summary>
    /// <param name="signature">Four letters.</param>
    public ReadOnlyMemory<byte> Tag(ReadOnlySpan<byte> signature)
    {
        ReadOnlySpan<byte> table = _bytes.Span[HeaderBytes..];
        uint count = BinaryPrimitives.ReadUInt32BigEndian(table);
        table = table[sizeof(uint)..];
        for (; count > 0 && table.Length >= EntryBytes; count--, table = table[EntryBytes..])
        {
            if (!table.StartsWith(signature))
            {
                continue;
            }

            uint offset = BinaryPrimitives.ReadUInt32BigEndian(table[4..]);
            uint size = BinaryPrimitives.ReadUInt32BigEndian(table[8..]);
            return (ulong)offset + size <= (ulong)_bytes.Length ? _bytes.Slice((int)offset, (int)size) : default;
        }

        return default;
    }

    /// <summary>XYZType (ICC.1:2022 10.31): three s15Fixed16Numbers; null if it is missing or corrupt.</summary>
    public Triple? Xyz(ReadOnlySpan<byte> signature)
    {
        ReadOnlySpan<byte> data = Tag(signature).Span;
        return data.Length >= 20 && data.StartsWith("XYZ "u8)
            ? new(Fixed(data[8..]), Fixed(data[12..]), Fixed(data[16..]))
            : null;
    }

    /// <summary>A s15Fixed16Number (ICC.1:2022 4.6).</summary>
    public static double Fixed(ReadOnlySpan<byte> data) => BinaryPrimitives.ReadInt32BigEndian(data) / 65536.0;

    private static ColorModel? ModelOf(ReadOnlySpan<byte> signature) =>
        signature.SequenceEqual("RGB "u8) ? ColorModel.Rgb
        : signature.SequenceEqual("GRAY"u8) ? ColorModel.Gray
        : signature.SequenceEqual("CMYK"u8) ? ColorModel.Cmyk
        : null;

    private static bool IsConnectionSpace(ReadOnlySpan<byte> signature) => signature.SequenceEqual("XYZ "u8) || signature.SequenceEqual("Lab "u8);

    private static bool IsOneOf(ReadOnlySpan<byte> signature, ReadOnlySpan<byte> a, ReadOnlySpan<byte> b, ReadOnlySpan<byte> c) =>
        signature.SequenceEqual(a) || signature.SequenceEqual(b) || signature.SequenceEqual(c);
}
