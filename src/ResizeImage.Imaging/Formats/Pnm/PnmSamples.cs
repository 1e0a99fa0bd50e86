using System.Buffers.Binary;
using System.Runtime.InteropServices;
using ResizeImage.Imaging.Pixels;

namespace ResizeImage.Imaging.Formats.Pnm;

/// <summary>Converts stored samples: value × 255 / maximum, or × 65535 / maximum if the maximum is above 255; rounded.</summary>
/// <param name="header">The file's header.</param>
internal sealed class PnmSamples(PnmHeader header)
{
    private readonly byte[] _levels = Levels(header);

    /// <summary>The output of <see cref="Convert"/>.</summary>
    public PixelLayout Layout { get; } = (header.SampleBytes, header.Depth) switch
    {
        (1, 1) => PixelLayout.Gray8,
        (1, 3) => PixelLayout.Rgb8,
        (1, _) => PixelLayout.Rgba8,
        (_, 1) => PixelLayout.Gray16,
        (_, 3) => PixelLayout.Rgb16,
        _ => PixelLayout.Rgba16,
    };

    /// <summary>Converts the pixels of a window.</summary>
    /// <param name="stored">A whole row of <see cref="PnmRows"/>.</param>
    /// <param name="first">The first pixel of the window.</param>
    /// <param name="row">Receives as many pixels of <see cref="Layout"/> as it has room for.</param>
    public void Convert(ReadOnlySpan<byte> stored, int first, Span<byte> row)
    {
        if (header.IsBitmap && !header.IsPlain)
        {
            PackedSamples.Unpack(stored, bits: 1, first, row);
            Scale(row, row);
            return;
        }

        int pixelBytes = header.Depth * header.SampleBytes;
        ReadOnlySpan<byte> from = stored.Slice(first * pixelBytes, row.Length / Layout.BytesPerPixel() * pixelBytes);
        switch (header.SampleBytes, header.Depth)
        {
            case (1, 2):
                for (int i = 0; i + 1 < from.Length; i += 2)
                {
                    byte gray = _levels[from[i]];
                    (row[2 * i], row[(2 * i) + 1], row[(2 * i) + 2], row[(2 * i) + 3]) = (gray, gray, gray, _levels[from[i + 1]]);
                }

                break;
            case (1, _):
                Scale(from, row);
                break;
            case (_, 2):
                WidenGrayAlpha(from, MemoryMarshal.Cast<byte, ushort>(row));
                break;
            default:
                Span<ushort> to = MemoryMarshal.Cast<byte, ushort>(row);
                for (int i = 0; i < to.Length; i++)
                {
                    to[i] = Level16(from[(2 * i)..]);
                }

                break;
        }
    }

    private static byte[] Levels(PnmHeader header)
    {
        byte[] levels = new byte[256];
        for (int i = 0; i < levels.Length && header.SampleBytes == 1; i++)
        {
            int level = ((Math.Min(i, header.MaxValue) * 255) + (header.MaxValue / 2)) / header.MaxValue;
            levels[i] = (byte)(header.IsBitmap ? 255 - level : level);
        }

        return levels;
    }

    private void Scale(ReadOnlySpan<byte> from, Span<byte> to)
    {
        if (header.MaxValue == byte.MaxValue)
        {
            from.CopyTo(to);
            return;
        }

        ReadOnlySpan<byte> levels = _levels;
        to = to[..from.Length];
        for (int i = 0; i < from.Length; i++)
        {
            to[i] = levels[from[i]];
        }
    }

    private void WidenGrayAlpha(ReadOnlySpan<byte> from, Span<ushort> to)
    {
        for (; to.Length >= 4; from = from[4..], to = to[4..])
        {
            ushort gray = Level16(from);
            (to[0], to[1], to[2], to[3]) = (gray, gray, gray, Level16(from[2..]));
        }
    }

    private ushort Level16(ReadOnlySpan<byte> sample)
    {
        uint most = (uint)header.MaxValue;
        uint value = Math.Min(BinaryPrimitives.ReadUInt16BigEndian(sample), most);
        return (ushort)(((value * ushort.MaxValue) + (most / 2)) / most);
    }
}
