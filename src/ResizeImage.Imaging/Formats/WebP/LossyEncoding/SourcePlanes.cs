using ResizeImage.Imaging.Pixels;

namespace ResizeImage.Imaging.Formats.WebP;

/// <summary>
/// The image as Y, U and V (BT.601, limited range), chroma halved, filled up to whole macroblocks with the outermost samples. Colors become
/// <see cref="LinearChroma"/> and <see cref="CompensatedLuma"/>: what encoders of WebP call sharp YUV.
/// </summary>
internal sealed class SourcePlanes
{
    private const int LumaSize = Macroblock.LumaSize;

    private SourcePlanes(int across, int down)
    {
        Across = across;
        Down = down;
        Y = GC.AllocateUninitializedArray<byte>(YStride * LumaSize * down);
        U = GC.AllocateUninitializedArray<byte>(ChromaStride * Macroblock.ChromaSize * down);
        V = GC.AllocateUninitializedArray<byte>(ChromaStride * Macroblock.ChromaSize * down);
    }

    /// <summary>Macroblocks in a row.</summary>
    public int Across { get; }

    /// <summary>Rows of macroblocks.</summary>
    public int Down { get; }

    public byte[] Y { get; }

    public byte[] U { get; }

    public byte[] V { get; }

    public int YStride => LumaSize * Across;

    public int ChromaStride => Macroblock.ChromaSize * Across;

    /// <summary>Converts an image.</summary>
    /// <param name="bitmap">1, 3 or 4 channels; alpha is ignored.</param>
    public static SourcePlanes Of(Bitmap bitmap)
    {
        SourcePlanes planes = new(MacroblockRows.Count(bitmap.Width), MacroblockRows.Count(bitmap.Height));
        if (bitmap.Channels == 1)
        {
            planes.FillGray(bitmap);
        }
        else
        {
            LinearChroma.Fill(planes, bitmap);
            FillUp(planes.U, planes.ChromaStride, (bitmap.Width + 1) / 2, (bitmap.Height + 1) / 2);
            FillUp(planes.V, planes.ChromaStride, (bitmap.Width + 1) / 2, (bitmap.Height + 1) / 2);
            CompensatedLuma.Fill(planes, bitmap);
        }

        FillUp(planes.Y, planes.YStride, bitmap.Width, bitmap.Height);
        return planes;
    }

    private void FillGray(Bitmap bitmap)
    {
        U.AsSpan().Fill(128);
        V.AsSpan().Fill(128);
        for (int y = 0; y < bitmap.Height; y++)
        {
            ReadOnlySpan<byte> pixels = bitmap.Samples.AsSpan(y * bitmap.Width, bitmap.Width);
            Span<byte> row = Y.AsSpan(y * YStride, bitmap.Width);
            for (int x = 0; x < row.Length; x++)
            {
                // 65536 · 219/255.
                row[x] = (byte)(((56284 * pixels[x]) + (16 << 16) + 32768) >> 16);
            }
        }
    }

    /// <summary>Repeats the last column and the last row of the image to the end of the plane.</summary>
    private static void FillUp(Span<byte> plane, int stride, int width, int height)
    {
        for (int y = 0; y < height; y++)
        {
            Span<byte> row = plane.Slice(y * stride, stride);
            row[width..].Fill(row[width - 1]);
        }

        Span<byte> last = plane.Slice((height - 1) * stride, stride);
        for (int at = height * stride; at < plane.Length; at += stride)
        {
            last.CopyTo(plane[at..]);
        }
    }
}
