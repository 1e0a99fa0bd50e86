using System.Buffers.Binary;

namespace ResizeImage.Imaging.Formats.Tga;

/// <summary>
/// The end of a file of version 2.0 (fields 28 to 32), and the one field of its extension area that matters here.
/// <code>
/// | offset of the extension area (4) | offset of the developer area (4) | "TRUEVISION-XFILE.\0" (18) |
/// </code>
/// </summary>
internal static class TgaFooter
{
    private const int Size = 26;
    private const int ExtensionSize = 495;
    private const int AttributesTypeField = 494;

    /// <summary>The file ends with the signature.</summary>
    public static bool IsIn(ReadOnlySpan<byte> file) => file.Length >= Size && file.EndsWith("TRUEVISION-XFILE.\0"u8);

    /// <summary>Attributes type (field 24); null if there is no extension area.</summary>
    /// <param name="file">The whole file.</param>
    public static TgaAttributes? ReadAttributes(ReadOnlySpan<byte> file)
    {
        if (!IsIn(file))
        {
            return null;
        }

        uint offset = BinaryPrimitives.ReadUInt32LittleEndian(file[^Size..]);
        return offset >= TgaHeader.Size && offset <= file.Length - ExtensionSize
            ? (TgaAttributes)file[(int)offset + AttributesTypeField]
            : null;
    }
}
