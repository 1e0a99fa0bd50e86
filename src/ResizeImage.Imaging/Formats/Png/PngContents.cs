using ResizeImage.Imaging.Metadata;

namespace ResizeImage.Imaging.Formats.Png;

/// <summary>Everything in a PNG but the pixels.</summary>
/// <param name="Header">IHDR.</param>
/// <param name="Palette">R, G, B of each entry of PLTE if the image is indexed, else empty.</param>
/// <param name="Transparency">tRNS, of a length that suits the color type; null if there is none.</param>
/// <param name="Orientation">EXIF orientation, 1 to 8.</param>
/// <param name="ColorSpace">The chunks that define the meaning of samples.</param>
/// <param name="DataOffset">Offset of the first IDAT chunk; null if the file ends before it.</param>
/// <param name="CorruptChunk">The first chunk before the pixels that was ignored because its CRC does not match; null if there is none.</param>
internal sealed record PngContents(
    PngHeader Header, byte[] Palette, byte[]? Transparency, int Orientation, PngColorSpace ColorSpace, int? DataOffset, PngChunk? CorruptChunk)
{
    private const int MaxPaletteBytes = 256 * 3;

    /// <summary>True if the chunks behind the pixels are known; the file had arrived.</summary>
    public bool IsWhole { get; private init; } = true;

    private bool HasPalette { get; init; }

    private bool HasExif { get; init; }

    /// <summary>Walks over the chunks (PNG 5.6) to the first IDAT.</summary>
    /// <exception cref="InvalidImageException">The file is not a PNG, or breaks a rule without which it cannot be shown.</exception>
    /// <exception cref="UnsupportedImageException">The file has an unknown critical chunk.</exception>
    public static PngContents Parse(ByteSource file)
    {
        CheckSignature(file.WaitFor(PngDecoder.Signature.Length));
        PngContents contents = new(ReadHeader(file, out long offset), [], null, 1, default, null, null);
        while (PngChunk.TryRead(file, offset, out PngChunk chunk))
        {
            file.Work.Check();
            if (!chunk.IsWellFormed)
            {
                throw PngErrors.Corrupt($"there is no chunk at byte {chunk.Offset}");
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
            if (chunk.HasValidCrc(file))
            {
                contents = contents.With(chunk, file.Read(chunk.DataOffset, (int)chunk.Length));
                continue;
            }

            // As in libpng and browsers (compare PNG 13.2): a corrupt critical chunk refuses the file; a corrupt ancillary chunk is ignored.
            contents = chunk.IsCritical ? throw PngErrors.WrongCrc(chunk) : contents with { CorruptChunk = contents.CorruptChunk ?? chunk };
        }

        return contents;
    }

    /// <summary>Adds the first IDAT chunk.</summary>
    private PngContents WithPixels(ByteSource file, PngChunk chunk)
    {
        if (Header.ColorType == PngColorType.Indexed && !HasPalette)
        {
            throw PngErrors.Corrupt("its pixels use a palette, but it has no chunk PLTE");
        }

        bool isWhole = file.HasArrived;
        return this with
        {
            DataOffset = chunk.Offset,
            IsWhole = isWhole,
            Orientation = HasExif || !isWhole ? Orientation : FindLateOrientation(file, chunk.End),
        };
    }

    /// <summary>Adds a chunk before the pixels.</summary>
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
                throw PngErrors.Corrupt($"chunk {chunk.Name} is not allowed at byte {chunk.Offset}");
            default:
                return chunk.IsCritical
                    ? throw PngErrors.Unsupported($"a PNG with the critical chunk {chunk.Name}, an extension")
                    : this;
        }
    }

    private static void CheckSignature(ReadOnlySpan<byte> file)
    {
        if (file.StartsWith(PngDecoder.Signature))
        {
            return;
        }

        throw PngErrors.Corrupt($"its first {PngDecoder.Signature.Length} bytes are not the signature of PNG");
    }

    private static PngHeader ReadHeader(ByteSource file, out long end)
    {
        if (!PngChunk.TryRead(file, PngDecoder.Signature.Length, out PngChunk chunk))
        {
            throw PngErrors.TruncatedInHeader();
        }

        if (chunk.Type == PngChunk.Cgbi)
        {
            throw PngErrors.Unsupported("a PNG in Apple's format for iOS apps (chunk CgBI)");
        }

        if (chunk.Type != PngChunk.Ihdr)
        {
            throw PngErrors.Corrupt($"it starts with chunk {chunk.Name} instead of IHDR");
        }

        end = chunk.End;
        if (end > file.Length)
        {
            throw PngErrors.TruncatedInHeader();
        }

        return chunk.HasValidCrc(file) ? PngHeader.Parse(chunk.Data(file)) : throw PngErrors.WrongCrc(chunk);
    }

    private static byte[] ReadPalette(PngHeader header, ReadOnlySpan<byte> data)
    {
        if (header.ColorType != PngColorType.Indexed)
        {
            // A suggestion for displays of few colors (PNG 11.2.2).
            return [];
        }

        return data.Length is > 0 and <= MaxPaletteBytes && data.Length % 3 == 0
            ? data.ToArray()
            : throw PngErrors.Corrupt($"its palette has {data.Length} bytes; PNG has 3 for each of 1 to 256 entries");
    }

    /// <returns>Null if the chunk does not suit the image; the image is then opaque, as in libpng.</returns>
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

    /// <summary>eXIf may also follow the pixels (PNG 5.6). Nothing else there is checked.</summary>
    private static int FindLateOrientation(ByteSource file, long offset)
    {
        while (PngChunk.TryRead(file, offset, out PngChunk chunk) && chunk.IsWellFormed && chunk.End <= file.Length)
        {
            file.Work.Check();
            if (chunk.Type == PngChunk.Exif)
            {
                return chunk.HasValidCrc(file) ? ExifOrientation.Read(chunk.Data(file)) : 1;
            }

            offset = chunk.End;
        }

        return 1;
    }
}
