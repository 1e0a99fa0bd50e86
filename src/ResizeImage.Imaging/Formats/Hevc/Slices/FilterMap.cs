using ResizeImage.Imaging.Formats.Hevc.Headers;

namespace ResizeImage.Imaging.Formats.Hevc.Slices;

/// <summary>What decoding keeps for the loop filters of a picture (H.265 8.7).</summary>
internal sealed class FilterMap
{
    /// <summary>The left edge of a block of 4 × 4 is to be deblocked.</summary>
    public const byte LeftEdge = 1;

    /// <summary>The upper edge of a block of 4 × 4 is to be deblocked.</summary>
    public const byte TopEdge = 2;

    /// <summary>The samples of a block of 4 × 4 stay as they are: lossless, or PCM with pcm_loop_filter_disabled_flag.</summary>
    public const byte Unfiltered = 4;

    private readonly byte[] _flags;

    public FilterMap(SequenceParameters sequence)
    {
        Columns = (sequence.CtbColumns << sequence.Log2Ctb) >> 2;
        _flags = new byte[Columns * ((sequence.CtbRows << sequence.Log2Ctb) >> 2)];
        int blocks = sequence.CtbColumns * sequence.CtbRows;
        Slices = new SliceHeader?[blocks];
        Offsets = new SaoParameters[3 * blocks];
    }

    /// <summary>Blocks of 4 × 4 samples in a row.</summary>
    public int Columns { get; }

    /// <summary>The slice segment of each coding tree block, in raster scan; null where nothing was decoded.</summary>
    public SliceHeader?[] Slices { get; }

    /// <summary>Sample adaptive offsets of each coding tree block, three planes each.</summary>
    public SaoParameters[] Offsets { get; }

    /// <summary>Starts a picture.</summary>
    public void Reset()
    {
        Array.Clear(_flags);
        Array.Clear(Slices);
        Array.Clear(Offsets);
    }

    /// <summary>The flags of the block of 4 × 4 that holds a sample of luma.</summary>
    public byte FlagsAt(int x, int y) => _flags[((y >> 2) * Columns) + (x >> 2)];

    /// <summary>Marks the edges of a transform block.</summary>
    /// <param name="x">First column in samples of luma.</param>
    /// <param name="y">First row.</param>
    /// <param name="size">Rows and columns.</param>
    /// <param name="left">The left edge is to be deblocked.</param>
    /// <param name="top">The upper edge is to be deblocked.</param>
    public void MarkEdges(int x, int y, int size, bool left, bool top)
    {
        int first = ((y >> 2) * Columns) + (x >> 2);
        for (int i = 0; i < size >> 2; i++)
        {
            if (left)
            {
                _flags[first + (i * Columns)] |= LeftEdge;
            }

            if (top)
            {
                _flags[first + i] |= TopEdge;
            }
        }
    }

    /// <summary>Marks a coding unit whose samples stay as they are.</summary>
    public void MarkUnfiltered(int x, int y, int size)
    {
        for (int row = y >> 2; row < (y + size) >> 2; row++)
        {
            for (int column = x >> 2; column < (x + size) >> 2; column++)
            {
                _flags[(row * Columns) + column] |= Unfiltered;
            }
        }
    }
}
