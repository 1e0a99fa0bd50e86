using System.Buffers.Binary;
using ResizeImage.Imaging.Pixels;

namespace ResizeImage.Imaging.Formats.Gif;

/// <summary>Everything in a GIF before the pixels of its first frame.</summary>
/// <param name="Width">Width of the canvas, at least 1.</param>
/// <param name="Height">Height of the canvas, at least 1.</param>
/// <param name="Frame">The first frame, which is entirely on the canvas.</param>
/// <param name="Colors">The colors of the first frame; with alpha if parts of the canvas can show through.</param>
internal sealed record GifContents(int Width, int Height, GifFrame Frame, ColorTable Colors)
{
    private const int ScreenEnd = 13;
    private const int DescriptorBytes = 9;

    private const byte Extension = 0x21;
    private const byte ImageDescriptor = 0x2C;
    private const byte Trailer = 0x3B;
    private const byte GraphicControl = 0xF9;

    /// <summary>
    /// Walks over the blocks to the first image descriptor. Skips bytes that begin no block, as Pillow and browsers do: some programs pad with
    /// zeros.
    /// </summary>
    /// <exception cref="InvalidImageException">The file has no frame, or an invalid one.</exception>
    public static GifContents Parse(ByteSource file)
    {
        if (file.Length < ScreenEnd)
        {
            throw GifErrors.TruncatedBeforeFirstFrame();
        }

        int offset = ScreenEnd;
        ReadOnlySpan<byte> globalColors = ReadColors(file, flags: file.WaitFor(ScreenEnd)[10], ref offset);
        int? transparent = null;
        while (FindBlock(file, ref offset, out byte block))
        {
            file.Work.Check();
            if (block == Trailer)
            {
                throw GifErrors.Corrupt("it has no frame");
            }

            if (block == ImageDescriptor)
            {
                return ReadFrame(file, offset, globalColors, transparent);
            }

            bool isGraphicControl = offset < file.Length && file.WaitFor(offset + 1)[offset++] == GraphicControl;
            ReadOnlySpan<byte> data = GifSubBlocks.Skip(file, ref offset);
            transparent = isGraphicControl ? TransparentIndex(data) : transparent;
        }

        throw GifErrors.TruncatedBeforeFirstFrame();
    }

    /// <summary>Moves past the next byte that begins a block.</summary>
    /// <param name="file">The file.</param>
    /// <param name="offset">Where the search starts; moved to the file's end if there is no block.</param>
    /// <param name="block">The byte that begins the block.</param>
    private static bool FindBlock(ByteSource file, ref int offset, out byte block)
    {
        while (offset < file.Length)
        {
            ReadOnlySpan<byte> arrived = file.WaitFor(offset + 1);
            int stray = arrived[offset..].IndexOfAny(Extension, ImageDescriptor, Trailer);
            offset = stray < 0 ? arrived.Length : offset + stray;
            if (stray >= 0)
            {
                block = arrived[offset++];
                return true;
            }
        }

        block = 0;
        return false;
    }

    /// <summary>The first frame decides what is shown, and it can enlarge the canvas. Other decoders differ; Pillow and Wuffs do this.</summary>
    private static GifContents ReadFrame(ByteSource file, int offset, ReadOnlySpan<byte> globalColors, int? transparent)
    {
        if (file.Length - offset < DescriptorBytes)
        {
            throw GifErrors.TruncatedBeforeFirstFrame();
        }

        ReadOnlySpan<byte> descriptor = file.Read(offset, DescriptorBytes).Span;
        offset += DescriptorBytes;
        byte flags = descriptor[8];
        ReadOnlySpan<byte> localColors = ReadColors(file, flags, ref offset);
        if (offset >= file.Length)
        {
            throw GifErrors.TruncatedBeforeFirstFrame();
        }

        int minCodeSize = file.WaitFor(offset + 1)[offset++];
        GifFrame frame = new(
            UInt16(descriptor), UInt16(descriptor[2..]), UInt16(descriptor[4..]), UInt16(descriptor[6..]), (flags & 0x40) != 0, minCodeSize, offset);
        if (frame.Width == 0 || frame.Height == 0)
        {
            throw GifErrors.Corrupt($"its first frame has {frame.Width} × {frame.Height} pixels; at least 1 each is expected");
        }

        if (minCodeSize is < 1 or > GifLzwDecoder.MaxMinCodeSize)
        {
            throw GifErrors.Corrupt($"its LZW minimum code size is {minCodeSize} bits; 1 to {GifLzwDecoder.MaxMinCodeSize} are possible");
        }

        ReadOnlySpan<byte> screen = file.Read(0, ScreenEnd).Span;
        int width = Math.Max(UInt16(screen[6..]), frame.Right);
        int height = Math.Max(UInt16(screen[8..]), frame.Bottom);
        bool covered = (frame.Width, frame.Height) == (width, height);
        ReadOnlySpan<byte> colors = !localColors.IsEmpty ? localColors : !globalColors.IsEmpty ? globalColors : Grays();
        return new(width, height, frame, covered && transparent is null ? ColorTable.Opaque(colors) : ColorTable.WithAlpha(colors, transparent));
    }

    /// <summary>The color table after a descriptor (sections 19 and 21), if the descriptor's flags announce one.</summary>
    private static ReadOnlySpan<byte> ReadColors(ByteSource file, byte flags, ref int offset)
    {
        if ((flags & 0x80) == 0)
        {
            return default;
        }

        int length = 3 << ((flags & 7) + 1);
        if (file.Length - offset < length)
        {
            throw GifErrors.TruncatedBeforeFirstFrame();
        }

        offset += length;
        return file.Read(offset - length, length).Span;
    }

    /// <summary>Without any table, section 18 leaves the colors to the decoder; Pillow and netpbm use levels of gray.</summary>
    private static byte[] Grays()
    {
        byte[] colors = new byte[3 * 256];
        for (int i = 0; i < colors.Length; i++)
        {
            colors[i] = (byte)(i / 3);
        }

        return colors;
    }

    /// <summary>The data of a graphic control extension (section 23).</summary>
    private static int? TransparentIndex(ReadOnlySpan<byte> data) => data.Length >= 4 && (data[0] & 1) != 0 ? data[3] : null;

    private static int UInt16(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadUInt16LittleEndian(bytes);
}
