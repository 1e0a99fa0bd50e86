using ResizeImage.Imaging.Formats.Hevc.Headers;

namespace ResizeImage.Imaging.Formats.Hevc.Slices;

/// <summary>The order of coding tree blocks (H.265 6.5.1): tile after tile, each row by row.</summary>
internal sealed class TileScan
{
    private readonly int[]? _toRaster;
    private readonly int[]? _fromRaster;
    private readonly PictureParameters _picture;
    private readonly int _columns;

    public TileScan(PictureParameters picture)
    {
        _picture = picture;
        _columns = picture.Sequence.CtbColumns;
        if (!picture.HasTiles)
        {
            return;
        }

        int count = _columns * picture.Sequence.CtbRows;
        _toRaster = new int[count];
        _fromRaster = new int[count];
        int next = 0;
        for (int row = 0; row + 1 < picture.TileRows.Length; row++)
        {
            for (int column = 0; column + 1 < picture.TileColumns.Length; column++)
            {
                for (int y = picture.TileRows[row]; y < picture.TileRows[row + 1]; y++)
                {
                    for (int x = picture.TileColumns[column]; x < picture.TileColumns[column + 1]; x++)
                    {
                        int address = (y * _columns) + x;
                        _fromRaster[address] = next;
                        _toRaster[next++] = address;
                    }
                }
            }
        }
    }

    /// <summary>CtbAddrTsToRs.</summary>
    public int ToRaster(int address) => _toRaster is null ? address : _toRaster[address];

    /// <summary>CtbAddrRsToTs.</summary>
    public int FromRaster(int address) => _fromRaster is null ? address : _fromRaster[address];

    /// <summary>The tile of a coding tree block.</summary>
    /// <param name="address">In raster scan.</param>
    public Tile TileOf(int address)
    {
        (int left, int right) = Around(_picture.TileColumns, address % _columns);
        (int top, int bottom) = Around(_picture.TileRows, address / _columns);
        return new(left, top, right, bottom);
    }

    private static (int Start, int End) Around(int[] boundaries, int position)
    {
        int i = 1;
        while (boundaries[i] <= position)
        {
            i++;
        }

        return (boundaries[i - 1], boundaries[i]);
    }
}
