using System.Buffers.Binary;
using System.Text;

namespace ResizeImage.Imaging.Formats.Unread;

/// <summary>Photos that an upload corrupted: converted to text, stored with their form, in base64, after other bytes, or almost empty.</summary>
internal static class BrokenUpload
{
    /// <summary>Bytes of the file that are examined.</summary>
    public const int ExaminedBytes = 4096;

    private const string AsBinary = "Send the photo as binary data, for example set the API's binary media types.";

    /// <summary>The replacement character U+FFFD, in UTF-8.</summary>
    private static ReadOnlySpan<byte> Replacement => [0xEF, 0xBF, 0xBD];

    /// <summary>The refusal of a file that an upload corrupted; null for other files.</summary>
    public static InvalidImageException? Find(ReadOnlySpan<byte> file)
    {
        if (file.IsEmpty)
        {
            return new($"The file is empty. {Advice.Truncated}");
        }

        if (!file.ContainsAnyExcept((byte)0))
        {
            return new($"The file has {file.Length:N0} bytes, all of them 0: its content was lost. {Advice.Truncated}");
        }

        ReadOnlySpan<byte> start = file[..Math.Min(file.Length, ExaminedBytes)];
        return DecodedAsText(file, file.Length) ?? AsText(start) ?? InForm(start) ?? BeginningOnly(file);
    }

    /// <summary>
    /// The refusal of a file in which every byte that is not valid UTF-8 was replaced; null for other files. Call it before the decoders of GIF,
    /// WebP and BMP: their signatures are ASCII and survive.
    /// </summary>
    public static InvalidImageException? DecodedAsText(ReadOnlySpan<byte> file, int fileLength)
    {
        const int Few = 4;
        ReadOnlySpan<byte> start = file[..Math.Min(file.Length, ExaminedBytes)];
        ReadOnlySpan<byte> rest = start;
        int found = 0;
        for (int at = rest.IndexOf(Replacement); at >= 0 && found < Few; found++)
        {
            rest = rest[(at + Replacement.Length)..];
            at = rest.IndexOf(Replacement);
        }

        bool replaced = found >= Few || (found > 0 && file.StartsWith(Replacement));

        // A BMP can have that color, but it is not longer than it says.
        bool whole = file.StartsWith("BM"u8) && file.Length >= 6 && BinaryPrimitives.ReadUInt32LittleEndian(file[2..]) == fileLength;
        return replaced && !whole && TextFile.IsUtf8(start)
            ? new($"The file was converted to text on its way: every byte that is not valid UTF-8 was replaced. {AsBinary}")
            : null;
    }

    /// <summary>
    /// The refusal of a file with an image after a byte order mark, an empty line or the rest of a header; null for other files. Call it last:
    /// many formats contain a JPEG.
    /// </summary>
    public static InvalidImageException? AfterOtherBytes(ReadOnlySpan<byte> file)
    {
        const int Near = 256;
        ReadOnlySpan<byte> start = file[..Math.Min(file.Length, Near)];
        (int at, InputFormat? found) = (start.Length, null);
        foreach (InputFormat format in InputFormat.All)
        {
            // Signatures of ASCII letters are too short to be certain.
            if (!format.IsAscii && start.IndexOf(Encoding.Latin1.GetBytes(format.Signature)) is int offset and > 0 && offset < at)
            {
                (at, found) = (offset, format);
            }
        }

        return found is null ? null : new(
            $"The file has {at:N0} bytes ({Convert.ToHexString(start[..Math.Min(at, 8)])}{(at > 8 ? "…" : "")}) before a {found.Name} image. "
            + "Upload the image without them.");
    }

    private static InvalidImageException? AsText(ReadOnlySpan<byte> start)
    {
        // FF D8 FF of JPEG and 89 of PNG, each byte as a character.
        if (FileSignature.HasAt(start, 0, "\u00c3\u00bf\u00c3\u0098\u00c3\u00bf") || FileSignature.HasAt(start, 0, "\u00c2\u0089PNG"))
        {
            return new($"The file was converted to text on its way: every byte from 0x80 on was written as a character of UTF-8. {AsBinary}");
        }

        if (FileSignature.HasAt(start, 0, "?PNG") || (FileSignature.HasAt(start, 0, "???") && (FileSignature.HasAt(start, 6, "JFIF") || FileSignature.HasAt(start, 6, "Exif"))))
        {
            return new($"The file was converted to text on its way: every byte that is not ASCII was replaced by a question mark. {AsBinary}");
        }

        // PNG's signature exists to detect this (PNG 5.2).
        if (FileSignature.HasAt(start, 0, "\u0089PNG\n\u001a\n") || FileSignature.HasAt(start, 0, "\u0089PNG\r\r\n") || FileSignature.HasAt(start, 0, "\u0089PNG\r\r\u001a\r"))
        {
            return new("The PNG was transferred as text: its line endings were converted. Transfer it in binary mode.");
        }

        return TextFile.Decode(start) is { } text ? EncodedImage(text.TrimStart()) : null;
    }

    /// <summary>The bytes of an image, encoded as text.</summary>
    private static InvalidImageException? EncodedImage(string text)
    {
        string unquoted = text.TrimStart('"', '\'');
        int comma = unquoted.IndexOf(',', StringComparison.Ordinal);
        if (unquoted.StartsWith("data:", StringComparison.OrdinalIgnoreCase) && comma is > 0 and < 100)
        {
            string type = unquoted[5..comma].Split(';')[0];
            return new($"The file is a data URI ({TextSample.Of(type)}): the image as text, as pages embed it. Decode it and upload the bytes.");
        }

        if (text.StartsWith("{\"type\":\"Buffer\",\"data\":[", StringComparison.Ordinal))
        {
            return new("The file is a Buffer of Node.js written as JSON. Upload the bytes of the buffer.");
        }

        if (ImageIn(Base64(unquoted)) is { } image)
        {
            return new($"The file is {image} encoded as base64 text. Decode it before the upload, or have the API do so (isBase64Encoded).");
        }

        if (ImageIn(Hexadecimal(unquoted)) is { } dumped)
        {
            return new($"The file is {dumped} written as hexadecimal text. Decode it before the upload.");
        }

        return null;
    }

    /// <summary>The body of a request, stored with the request's framing.</summary>
    private static InvalidImageException? InForm(ReadOnlySpan<byte> start)
    {
        ReadOnlySpan<byte> form = start.TrimStart("\r\n"u8);
        string text = Encoding.Latin1.GetString(form[..Math.Min(form.Length, 1024)]);
        if (text.StartsWith("--", StringComparison.Ordinal) && text.Contains("Content-Disposition:", StringComparison.OrdinalIgnoreCase))
        {
            return new(
                "The file is the body of a form (multipart/form-data) with the photo in it. Store the file of the form only: parse the form, or upload with PUT.");
        }

        return text.IndexOf(";chunk-signature=", StringComparison.Ordinal) is > 0 and <= 8
            ? new("The file has the chunk signatures of its upload in it (aws-chunked): the store did not decode them. Turn chunked signing off for the upload.")
            : null;
    }

    /// <summary>Files too short for most signatures.</summary>
    private static InvalidImageException? BeginningOnly(ReadOnlySpan<byte> file)
    {
        const int TooShort = 12;
        if (file.Length >= TooShort)
        {
            return null;
        }

        foreach (InputFormat format in InputFormat.All)
        {
            if (format.BeginsSignature(file))
            {
                return new($"The file has only {file.Length} bytes, the beginning of a {format.Name} image. {Advice.Truncated}");
            }
        }

        return TextFile.Decode(file) is null ? new($"The file has only {file.Length} bytes: {Convert.ToHexString(file)}. {Advice.Truncated}") : null;
    }

    private static string? ImageIn(byte[]? bytes)
    {
        foreach (InputFormat format in InputFormat.All)
        {
            if (bytes is not null && format.HasSignature(bytes))
            {
                return $"a {format.Name} image";
            }
        }

        return IsoMediaFile.Find(bytes) is { IsImage: true } image ? image.Name : null;
    }

    /// <summary>The first bytes of base64 text; null if it is none.</summary>
    private static byte[]? Base64(string text)
    {
        const int Characters = 24;
        string start = text.ReplaceLineEndings("");
        byte[] bytes = new byte[Characters / 4 * 3];
        return start.Length >= Characters && Convert.TryFromBase64String(start[..Characters].Replace('-', '+').Replace('_', '/'), bytes, out _) ? bytes : null;
    }

    /// <summary>The first bytes of hexadecimal text, as programs and databases write it; null if it is none.</summary>
    private static byte[]? Hexadecimal(string text)
    {
        const int Bytes = 4;
        string start = text[..Math.Min(text.Length, 40)];
        foreach (string between in (ReadOnlySpan<string>)["b'", "b\"", "\\x", "0x", ",", " "])
        {
            start = start.Replace(between, "", StringComparison.Ordinal);
        }

        if (start.Length < 2 * Bytes)
        {
            return null;
        }

        foreach (char c in start.AsSpan(0, 2 * Bytes))
        {
            if (!char.IsAsciiHexDigit(c))
            {
                return null;
            }
        }

        return Convert.FromHexString(start.AsSpan(0, 2 * Bytes));
    }
}
