using System.IO.Compression;

namespace ResizeImage.Imaging.Formats.Unread;

/// <summary>Names files compressed with gzip (RFC 1952) by their content.</summary>
internal static class GzipFile
{
    private const string Uncompressed = "Upload it uncompressed, or with Content-Encoding: gzip.";

    /// <summary>Names a file; null if it is not compressed with gzip.</summary>
    public static UnreadFile? Find(ReadOnlySpan<byte> file)
    {
        if (file is not [0x1F, 0x8B, 8, ..])
        {
            return null;
        }

        byte[] start = Decompress(file);
        if (TextFile.Find(start) is { IsImage: true } drawing)
        {
            return UnreadFile.Image($"{drawing.Name} compressed with gzip (SVGZ)");
        }

        foreach (InputFormat format in InputFormat.All)
        {
            if (format.HasSignature(start))
            {
                return UnreadFile.Other($"a {format.Name} image compressed with gzip") with { Advice = Uncompressed };
            }
        }

        return UnreadFile.Other("a file compressed with gzip") with { Advice = Uncompressed };
    }

    /// <summary>The beginning of the content; empty if it is corrupt.</summary>
    private static byte[] Decompress(ReadOnlySpan<byte> file)
    {
        const int MaxInput = 16 << 10;
        byte[] output = new byte[1024];
        try
        {
            using GZipStream gzip = new(new MemoryStream(file[..Math.Min(file.Length, MaxInput)].ToArray()), CompressionMode.Decompress);
            return output[..gzip.ReadAtLeast(output, output.Length, throwOnEndOfStream: false)];
        }
        catch (InvalidDataException)
        {
            return [];
        }
    }
}
