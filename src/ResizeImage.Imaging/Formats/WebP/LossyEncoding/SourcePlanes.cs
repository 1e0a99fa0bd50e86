using ResizeImage.Imaging.Pixels;

namespace ResizeImage.Imaging.Formats.WebP;

/// <summary>The image as Y, U and V (BT.601, limited range), chroma halved, filled up to whole macroblocks with the outermost samples.</summary>
internal sealed class SourcePlanes
{
    private const int LumaSize = MacroblockBuffer.LumaSize;

    private SourcePlanes(int across, int down)
    {
        Across = across;
        Down = down;
        Y = GC.AllocateUninitializedArray<byte>(YStride * LumaSize * down);
        U = GC.AllocateUninitializedArray<byte>(ChromaStride * MacroblockBuffer.ChromaSize * down);
        V = GC.AllocateUninitializedArray<byte>(ChromaStride * MacroblockBuffer.ChromaSize * down);
    }

    /// <summary>Macroblocks in a row.</summary>
    public int Across { get; }

    /// <summary>Rows of macroblocks.</summary>
    public int Down { get; }

    public byte[] Y { get; }

    public byte[] U { get; }

    public byte[] V { get; }

    public int YStride => LumaSize * Across;

    public int ChromaStride => MacroblockBuffer.ChromaSize * Across;

    /// <summary>Converts an image.</summary>
    /// <param name="bitmap">1, 3 or 4 channels; alpha is ignored.</param>
    public static SourcePlanes Of(Bitmap bitmap)
    {
        SourcePlanes planes = new(MacroblockRows.Count(bitmap.Width), MacroblockRows.Count(bitmap.Height));
        planes.FillLuma(bitmap);
        planes.FillChroma(bitmap);
        return planes;
    }

    private void FillLuma(Bitmap bitmap)
    {
        int channels = bitmap.Channels;
        for (int y = 0; y < LumaSize * Down; y++)
        {
            Span<byte> row = Y.AsSpan(y * YStride, YStride);
            if (y >= bitmap.Height)
            {
                Y.AsSpan((y - 1) * YStride, YStride).CopyTo(row);
                continue;
            }

            ReadOnlySpan<byte> pixels = bitmap.Samples.AsSpan(y * bitmap.Width * channels, bitmap.Width * channels);
            for (int x = 0, at = 0; x < bitmap.Width; x++, at += channels)
            {
                int red = pixels[at];
                int green = channels == 1 ? red : pixels[at + 1];
                int blue = channels == 1 ? red : pixels[at + 2];

                // 65536 · 219/255 · (0.299, 0.587, 0.114).
                row[x] = (byte)(((16829 * red) + (33039 * green) + (6416 * blue) + (16 << 16) + 32768) >> 16);
            }

            row[bitmap.Width..].Fill(row[bitmap.Width - 1]);
        }
    }

    private void FillChroma(Bitmap bitmap)
    {
        int width = (bitmap.Width + 1) / 2;
        int channels = bitmap.Channels;
        if (channels == 1)
        {
            U.AsSpan().Fill(128);
            V.AsSpan().Fill(128);
            return;
        }

        for (int y = 0; y < MacroblockBuffer.ChromaSize * Down; y++)
        {
            Span<byte> u = U.AsSpan(y * ChromaStride, ChromaStride);
            Span<byte> v = V.AsSpan(y * ChromaStride, ChromaStride);
            if (2 * y >= bitmap.Height)
            {
                U.AsSpan((y - 1) * ChromaStride, ChromaStride).CopyTo(u);
                V.AsSpan((y - 1) * ChromaStride, ChromaStride).CopyTo(v);
                continue;
            }

            ReadOnlySpan<byte> upper = bitmap.Samples.AsSpan(2 * y * bitmap.Width * channels, bitmap.Width * channels);
            ReadOnlySpan<byte> lower = bitmap.Samples.AsSpan(
                Math.Min((2 * y) + 1, bitmap.Height - 1) * bitmap.Width * channels, bitmap.Width * channels);
            for (int x = 0; x < width; x++)
            {
                int left = 2 * x * channels;
                int right = Math.Min((2 * x) + 1, bitmap.Width - 1) * channels;
                int red = upper[left] + upper[right] + lower[left] + lower[right];
                int green = upper[left + 1] + upper[right + 1] + lower[left + 1] + lower[right + 1];
                int blue = upper[left + 2] + upper[right + 2] + lower[left + 2] + lower[right + 2];

                // 65536 · 224/255 · (−0.16874, −0.33126, 0.5) and (0.5, −0.41869, −0.08131); four samples add two bits.
                const int Offset = (128 << 18) + (1 << 17);
                u[x] = (byte)(((-9714 * red) - (19071 * green) + (28784 * blue) + Offset) >> 18);
                v[x] = (byte)(((28784 * red) - (24103 * green) - (4681 * blue) + Offset) >> 18);
            }

            u[width..].Fill(u[width - 1]);
            v[width..].Fill(v[width - 1]);
        }
    }
}
