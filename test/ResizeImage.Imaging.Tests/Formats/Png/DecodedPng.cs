using System.Runtime.InteropServices;
using ResizeImage.Imaging.Formats;
using ResizeImage.Imaging.Formats.Png;
using ResizeImage.Imaging.Pixels;

namespace ResizeImage.Imaging.Tests.Formats.Png;

/// <summary>A whole image as 16-bit RGBA, in which every layout can be compared without loss.</summary>
/// <param name="Width">Pixels in a row.</param>
/// <param name="Height">Rows.</param>
/// <param name="Samples">Width × Height × 4.</param>
internal sealed record DecodedPng(int Width, int Height, ushort[] Samples)
{
    /// <summary>Decodes a whole file with our decoder.</summary>
    public static DecodedPng Decode(byte[] file) => Decode(file, out _);

    /// <inheritdoc cref="Decode(byte[])"/>
    public static DecodedPng Decode(byte[] file, out string? note)
    {
        PngDecoder decoder = PngDecoder.Read(file);
        return Decode(decoder, new(8, 0, 0, decoder.Info.Width, decoder.Info.Height), out note);
    }

    /// <summary>Decodes a window.</summary>
    public static DecodedPng Decode(PngDecoder decoder, DecodeWindow window, out string? note)
    {
        using RowReader reader = decoder.Open(window);
        byte[] row = new byte[window.Width * reader.Layout.BytesPerPixel()];
        ushort[] samples = new ushort[window.Width * window.Height * 4];
        for (int y = 0; y < window.Height; y++)
        {
            reader.ReadRow(row);
            Widen(row, reader.Layout, samples.AsSpan(y * window.Width * 4, window.Width * 4));
        }

        note = reader.Note;
        return new(window.Width, window.Height, samples);
    }

    /// <summary>A part of it.</summary>
    public DecodedPng Cut(DecodeWindow window)
    {
        ushort[] samples = new ushort[window.Width * window.Height * 4];
        for (int y = 0; y < window.Height; y++)
        {
            Samples.AsSpan((((window.Y + y) * Width) + window.X) * 4, window.Width * 4).CopyTo(samples.AsSpan(y * window.Width * 4));
        }

        return new(window.Width, window.Height, samples);
    }

    /// <summary>Describes the first difference of two images; null if there is none.</summary>
    public string? DifferenceFrom(DecodedPng other)
    {
        if ((Width, Height) != (other.Width, other.Height))
        {
            return $"{Width}×{Height} instead of {other.Width}×{other.Height}";
        }

        int same = Samples.AsSpan().CommonPrefixLength(other.Samples);
        return same == Samples.Length
            ? null
            : $"sample {same % 4} of pixel ({same / 4 % Width}, {same / 4 / Width}) is {Samples[same]} instead of {other.Samples[same]}";
    }

    private static void Widen(byte[] row, PixelLayout layout, Span<ushort> rgba)
    {
        bool deep = layout is PixelLayout.Gray16 or PixelLayout.Rgb16 or PixelLayout.Rgba16;
        int channels = layout.BytesPerPixel() / (deep ? 2 : 1);
        ReadOnlySpan<ushort> wide = MemoryMarshal.Cast<byte, ushort>(row);
        for (int x = 0; x < rgba.Length / 4; x++)
        {
            for (int c = 0; c < 4; c++)
            {
                int from = (x * channels) + (channels == 1 ? 0 : c);
                rgba[(4 * x) + c] = c == 3 && channels < 4 ? ushort.MaxValue : deep ? wide[from] : (ushort)(row[from] * 257);
            }
        }
    }
}
