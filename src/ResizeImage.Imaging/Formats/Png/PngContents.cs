using ResizeImage.Imaging.Metadata;

namespace ResizeImage.Imaging.Formats.Png;

/// <summary>What the chunks of a PNG say besides the pixels.</summary>
/// <param name="Header">IHDR.</param>
/// <param name="Palette">R, G, B of each entry of PLTE if the picture is indexed, else empty.</param>
/// <param name="Transparency">tRNS, of a length that suits the color type; null if there is none.</param>
/// <param name="Orientation">EXIF orientation, 1 to 8.</param>
/// <param name="ColorSpace">What colors its samples stand for.</param>
/// <param name="DataOffset">Of the first IDAT chunk; null if the file ends before it.</param>
/// <param name="BadChunk">The first chunk before the pixels that was ignored because its CRC does not match; null if there is none.</param>
internal sealed record PngContents(
    PngHeader Header, byte[] Palette, byte[]? Transparency, int Orientation, PngColorSpace ColorSpace, int? DataOffset, PngChunk? BadChunk)
{
    private const int MaxPaletteBytes = 256 * 3;

    private bool HasPalette { get; init; }

    private bool HasExif { get; init; }

    /// <summary>Walks over the chunks (PNG 5.6).</summary>
    /// <exception cref="InvalidImageException">Not a PNG, or it breaks a rule without which it cannot be shown.</exception>
    /// <exception cref="UnsupportedImageException">It has a critical chunk that is not known here.</exception>
    public static PngContents Parse(ByteSource file)
    {
        CheckSignature(file.WaitFor(PngDecoder.Signature.Length));
        PngContents contents = new(ReadHeader(file, out long offset), [], null, 1, default, null, null);
        while (PngChunk.TryRead(file, offset, out PngChunk chunk))
        {
            file.Work.Check();
            if (!chunk.IsWellFormed)
            {
                throw new InvalidImageException($"The PNG is corrupt: at byte {chunk.Offset} there is no chunk. Upload an undamaged copy.");
            }

            if (chunk.Type == PngChunk.Idat)
            {
                return contents.WithPixels(file, chunk);
            }

            if (chunk.End > file.Length)
            {
                break;
            }

            offset = chunk.End;
            if (chunk.HasGoodCrc(file))
            {
                contents = contents.With(chunk, file.Read(chunk.DataOffset, (int)chunk.Length));
                continue;
            }

            // As in libpng and browsers (compare PNG 13.2): without a critical chunk nothing is shown; any other is as good as missing.
            contents = chunk.IsCritical ? throw chunk.BadCrc() : contents with { BadChunk = contents.BadChunk ?? chunk };
        }

        return contents;
    }

    /// <summary>With the first IDAT chunk.</summary>
    private PngContents WithPixels(ByteSource file, PngChunk chunk)
    {
        if (Header.ColorType == PngColorType.Indexed && !HasPalette)
        {
            throw new InvalidImageException("Not a valid PNG: it uses a palette but has none (chunk PLTE).");
        }

        return this with { DataOffset = chunk.Offset, Orientation = HasExif ? Orientation : WaitForLateOrientation(file, chunk.End) };
    }

    /// <summary>With a chunk before the pixels.</summary>
    private PngContents With(PngChunk chunk, ReadOnlyMemory<byte> data)
    {
        switch (chunk.Type)
        {
            case PngChunk.Plte when !HasPalette:
                return this with { HasPalette = true, Palette = ReadPalette(Header, data.Span) };
            case PngChunk.Trns:
                return this with { Transparency = Transparency ?? ReadTransparency(this, data.Span) };
            case PngChunk.Exif when !HasExif:
                return this with { HasExif = true, Orientation = ExifOrientation.Read(data.Span) };
            case PngChunk.Cicp or PngChunk.Iccp or PngChunk.Srgb or PngChunk.Gama or PngChunk.Chrm:
                return this with { ColorSpace = ColorSpace.With(chunk.Type, data) };
            case PngChunk.Ihdr or PngChunk.Plte or PngChunk.Iend:
                throw new InvalidImageException($"Not a valid PNG: chunk {chunk.Name} at byte {chunk.Offset} must not stand there.");
            default:
                return chunk.IsCritical
                    ? throw new UnsupportedImageException($"The PNG needs an extension that is not supported (chunk {chunk.Name}). Save it as a plain PNG.")
                    : this;
        }
    }

    private static void CheckSignature(ReadOnlySpan<byte> file)
    {
        if (file.StartsWith(PngDecoder.Signature))
        {
            return;
        }

        throw new InvalidImageException(file.Length >= 4 && file[1..4].SequenceEqual(PngDecoder.Signature[1..4])
            ? "The PNG is corrupt: its first bytes were changed, as by a transfer in text mode. Send it again in binary mode."
            : "Not a PNG: it does not start with the signature of one.");
    }

    private static PngHeader ReadHeader(ByteSource file, out long end)
    {
        if (!PngChunk.TryRead(file, PngDecoder.Signature.Length, out PngChunk chunk))
        {
            throw new InvalidImageException("The PNG is truncated within its header. Upload the complete file.");
        }

        if (chunk.Type == PngChunk.Cgbi)
        {
            throw new UnsupportedImageException("The PNG is of Apple's own kind (chunk CgBI) that only iOS apps use. Save it as a plain PNG.");
        }

        if (chunk.Type != PngChunk.Ihdr)
        {
            throw new InvalidImageException($"Not a valid PNG: it starts with chunk {chunk.Name} instead of IHDR.");
        }

        end = chunk.End;
        if (end > file.Length)
        {
            throw new InvalidImageException("The PNG is truncated within its header. Upload the complete file.");
        }

        return chunk.HasGoodCrc(file) ? PngHeader.Parse(chunk.Data(file)) : throw chunk.BadCrc();
    }

    private static byte[] ReadPalette(PngHeader header, ReadOnlySpan<byte> data)
    {
        if (header.ColorType != PngColorType.Indexed)
        {
            // A suggestion for screens of few colors (PNG 11.2.2).
            return [];
        }

        return data.Length is > 0 and <= MaxPaletteBytes && data.Length % 3 == 0
            ? data.ToArray()
            : throw new InvalidImageException(
                $"Not a valid PNG: its palette has {data.Length} bytes; PNG has 3 for each of 1 to 256 entries.");
    }

    /// <returns>Null where the chunk does not suit the picture, which is then shown without it, as libpng does.</returns>
    private static byte[]? ReadTransparency(PngContents contents, ReadOnlySpan<byte> data)
    {
        bool suits = contents.Header.ColorType switch
        {
            PngColorType.Grayscale => data.Length == 2,
            PngColorType.Truecolor => data.Length == 6,
            PngColorType.Indexed => data.Length > 0 && data.Length <= contents.Palette.Length / 3,
            _ => false,
        };
        return suits ? data.ToArray() : null;
    }

    /// <summary>eXIf may also follow the pixels (PNG 5.6): waits for the whole file. Nothing else there matters, whatever its state.</summary>
    private static int WaitForLateOrientation(ByteSource file, long offset)
    {
        while (PngChunk.TryRead(file, offset, out PngChunk chunk) && chunk.IsWellFormed && chunk.End <= file.Length)
        {
            file.Work.Check();
            if (chunk.Type == PngChunk.Exif)
            {
                return chunk.HasGoodCrc(file) ? ExifOrientation.Read(chunk.Data(file)) : 1;
            }

            offset = chunk.End;
        }

        return 1;
    }
}
