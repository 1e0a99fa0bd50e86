using System.Globalization;
using ResizeImage.Imaging.Color;
using ResizeImage.Imaging.Pixels;

namespace ResizeImage.Imaging.Placeholders;

/// <summary>
/// The color that most of an image has, for the background of a page. The mean of all pixels would be a brown or gray that is nowhere in the image,
/// and it is in the <see cref="ThumbHash"/> already. This is the mean, in linear light, of the most populated part of the color space.
/// </summary>
internal static class DominantColor
{
    /// <summary>
    /// Bits of each channel of a cell. Cells are counted together with their 26 neighbors, so that a shade on the border of two cells is not split:
    /// 48 codes a side, a wall from light to shadow.
    /// </summary>
    private const int Bits = 4;

    private const int Side = 1 << Bits;

    /// <summary>About this many pixels are counted: more change the color by less than can be seen.</summary>
    private const int Pixels = 10_000;

    /// <summary>The color as #RRGGBB; #FFFFFF if the whole image is transparent.</summary>
    public static string Of(Bitmap bitmap)
    {
        Cell[] cells = new Cell[Side * Side * Side];
        int step = Math.Max(1, (int)Math.Sqrt((double)bitmap.Width * bitmap.Height / Pixels));
        for (int y = step / 2; y < bitmap.Height; y += step)
        {
            for (int x = step / 2; x < bitmap.Width; x += step)
            {
                Count(cells, bitmap.Samples.AsSpan(((y * bitmap.Width) + x) * bitmap.Channels, bitmap.Channels));
            }
        }

        Cell most = default;
        for (int i = 0; i < cells.Length; i++)
        {
            if (cells[i].Weight == 0)
            {
                continue;
            }

            Cell sum = WithNeighbors(cells, i / (Side * Side), i / Side % Side, i % Side);
            most = sum.Weight > most.Weight ? sum : most;
        }

        return most.Weight == 0 ? "#FFFFFF" : string.Create(
            CultureInfo.InvariantCulture,
            $"#{Code(most.Red, most.Weight):X2}{Code(most.Green, most.Weight):X2}{Code(most.Blue, most.Weight):X2}");
    }

    private static void Count(Cell[] cells, ReadOnlySpan<byte> pixel)
    {
        const int Shift = 8 - Bits;
        (byte red, byte green, byte blue) = pixel.Length == 1 ? (pixel[0], pixel[0], pixel[0]) : (pixel[0], pixel[1], pixel[2]);
        float alpha = pixel.Length == 4 ? pixel[3] / 255f : 1;
        ref Cell cell = ref cells[((((red >> Shift) * Side) + (green >> Shift)) * Side) + (blue >> Shift)];
        cell.Weight += alpha;
        cell.Red += alpha * SrgbTransfer.FromByte[red];
        cell.Green += alpha * SrgbTransfer.FromByte[green];
        cell.Blue += alpha * SrgbTransfer.FromByte[blue];
    }

    private static Cell WithNeighbors(Cell[] cells, int red, int green, int blue)
    {
        Cell sum = default;
        for (int r = Math.Max(0, red - 1); r <= Math.Min(Side - 1, red + 1); r++)
        {
            for (int g = Math.Max(0, green - 1); g <= Math.Min(Side - 1, green + 1); g++)
            {
                for (int b = Math.Max(0, blue - 1); b <= Math.Min(Side - 1, blue + 1); b++)
                {
                    ref Cell cell = ref cells[(((r * Side) + g) * Side) + b];
                    sum.Weight += cell.Weight;
                    sum.Red += cell.Red;
                    sum.Green += cell.Green;
                    sum.Blue += cell.Blue;
                }
            }
        }

        return sum;
    }

    private static byte Code(float sum, float weight) => SrgbTransfer.ToByte(sum / weight);

    /// <summary>A part of the color space: sums of alpha, and of linear light times alpha.</summary>
    private struct Cell
    {
        public float Weight;
        public float Red;
        public float Green;
        public float Blue;
    }
}
