using System.Runtime.InteropServices;

namespace ResizeImage.Imaging.Formats.Png;

/// <summary>One of the seven passes of an interlaced image (PNG 8.1): every pixel (X + i · StepX, Y + j · StepY).</summary>
internal readonly record struct Adam7Pass(int X, int Y, int StepX, int StepY)
{
    /// <summary>Pixels of the pass in a row of an image of a width; 0 if the pass is empty.</summary>
    public int Width(int width) => (int)(((long)width - X + StepX - 1) / StepX);

    /// <summary>Rows of the pass in an image of a height; 0 if the pass is empty.</summary>
    public int Height(int height) => (int)(((long)height - Y + StepY - 1) / StepY);
}

/// <summary>Adam7 interlacing (PNG 8.1).</summary>
internal static class Adam7
{
    /// <summary>The pattern of passes repeats in blocks of this many pixels in both directions.</summary>
    public const int Block = 8;

    /// <summary>In file order.</summary>
    public static readonly Adam7Pass[] Passes =
    [
        new(0, 0, 8, 8),
        new(4, 0, 8, 8),
        new(0, 4, 4, 8),
        new(2, 0, 4, 4),
        new(0, 2, 2, 4),
        new(1, 0, 2, 2),
        new(0, 1, 1, 2),
    ];

    private static ReadOnlySpan<byte> PassInBlock =>
    [
        0, 5, 3, 5, 1, 5, 3, 5,
        6, 6, 6, 6, 6, 6, 6, 6,
        4, 5, 4, 5, 4, 5, 4, 5,
        6, 6, 6, 6, 6, 6, 6, 6,
        2, 5, 3, 5, 2, 5, 3, 5,
        6, 6, 6, 6, 6, 6, 6, 6,
        4, 5, 4, 5, 4, 5, 4, 5,
        6, 6, 6, 6, 6, 6, 6, 6,
    ];

    /// <summary>The pass that contains a pixel, 0 to 6.</summary>
    public static int PassOf(int x, int y) => PassInBlock[(y % Block * Block) + (x % Block)];

    /// <summary>Once passes 0 to <paramref name="pass"/> are complete, every pixel whose coordinates are multiples of these is known.</summary>
    public static (int X, int Y) Grid(int pass) => pass switch
    {
        0 => (8, 8),
        1 => (4, 8),
        2 => (4, 4),
        3 => (2, 4),
        4 => (2, 2),
        5 => (1, 2),
        _ => (1, 1),
    };

    /// <summary>Writes the pixels of a pass to every <paramref name="step"/>-th pixel of a row.</summary>
    /// <param name="pixels">Consecutive pixels of the pass.</param>
    /// <param name="row">Pixels of the image, starting with the first one to write.</param>
    /// <param name="step">Distance of two written pixels in the row.</param>
    /// <param name="size">Bytes of a pixel: 1, 2, 3, 4, 6 or 8.</param>
    public static void Scatter(ReadOnlySpan<byte> pixels, Span<byte> row, int step, int size)
    {
        switch (size)
        {
            case 1:
                Scatter<byte>(pixels, row, step);
                break;
            case 2:
                Scatter<ushort>(pixels, row, step);
                break;
            case 3:
                Scatter<Triple<byte>>(pixels, row, step);
                break;
            case 4:
                Scatter<uint>(pixels, row, step);
                break;
            case 6:
                Scatter<Triple<ushort>>(pixels, row, step);
                break;
            default:
                Scatter<ulong>(pixels, row, step);
                break;
        }
    }

    private static void Scatter<TPixel>(ReadOnlySpan<byte> pixels, Span<byte> row, int step)
        where TPixel : unmanaged
    {
        ReadOnlySpan<TPixel> from = MemoryMarshal.Cast<byte, TPixel>(pixels);
        Span<TPixel> to = MemoryMarshal.Cast<byte, TPixel>(row);
        for (int i = 0; i < from.Length; i++)
        {
            to[i * step] = from[i];
        }
    }

    private readonly record struct Triple<T>(T A, T B, T C)
        where T : unmanaged;
}
