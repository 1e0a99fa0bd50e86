namespace ResizeImage.Imaging.Formats.Heif;

/// <summary>Reads the bands of one tile after the other. Tiles of the same configuration share a decoder and its buffers.</summary>
/// <param name="contents">The file.</param>
/// <param name="header">The samples of all tiles.</param>
/// <param name="shape">The kind of bands.</param>
/// <param name="isExact">False to omit filters.</param>
internal sealed class TileReader(HeifContents contents, PictureHeader header, BandShape shape, bool isExact) : IDisposable
{
    /// <summary>The upper row of a band whose lower row was not final with it: the decoder may overwrite it.</summary>
    private readonly ushort[] _carried = new ushort[shape.LumaRows == 2 ? header.Width : 0];
    private PictureConfiguration? _configuration;
    private PictureDecoder? _decoder;
    private int _band;
    private int _previous;
    private int _final;
    private bool _hasFailed;

    /// <summary>Why the first tile that could not be read at all was refused; null if there is none, or if it merely had no data.</summary>
    public ImageException? Problem { get; private set; }

    /// <summary>Rows of the current tile that have been read from its data.</summary>
    public int ReadableRows => _decoder is null ? 0 : Math.Min(_decoder.ReadableRows, _final);

    /// <summary>Some of the bands read so far are not from the tile's data.</summary>
    public bool IsDamaged => _hasFailed || ReadableRows < Math.Min(_band * shape.LumaRows, header.Height);

    /// <summary>Starts a tile and decodes its first rows.</summary>
    /// <returns>False if none of its rows is readable. Its bands are gray.</returns>
    public bool Start(HeifTile tile)
    {
        (_band, _previous, _final, _hasFailed) = (0, 0, 0, true);
        if (tile.Configuration is null)
        {
            return false;
        }

        try
        {
            ReadOnlyMemory<byte> data = contents.ReadData(tile.Item);
            if (data.IsEmpty)
            {
                return false;
            }

            DecoderFor(tile.Configuration).Start(data, isExact);
            DecodeRows();
            _hasFailed = ReadableRows == 0;
        }
        catch (ImageException e) when (e is not ImageLimitException)
        {
            Problem ??= e;
        }

        return !_hasFailed;
    }

    /// <summary>Passes over bands without reading them.</summary>
    public void Skip(int bands) => _band += bands;

    /// <summary>Reads the next band.</summary>
    /// <param name="source">Columns of the tile; empty to read nothing.</param>
    /// <param name="output">Where these columns go, counted from the first of the band.</param>
    /// <param name="band">Receives the samples.</param>
    public void Read(BandColumns source, BandColumns output, Band band)
    {
        int top = _band * shape.LumaRows;
        int end = Math.Min(top + shape.LumaRows, header.Height);
        _band++;
        try
        {
            while (!_hasFailed && _final < end)
            {
                if (top < _final && top >= _previous)
                {
                    _decoder!.Row(0, top)[..header.Width].CopyTo(_carried);
                }

                DecodeRows();
            }
        }
        catch (ImageException e) when (e is not ImageLimitException)
        {
            _hasFailed = true;
            Problem ??= e;
        }

        if (_hasFailed || top >= _decoder!.ReadableRows)
        {
            band.FillGray(output, header);
            return;
        }

        CopyLuma(top, end, source, output, band);
        for (int plane = 0; shape.HasChroma && plane < 2; plane++)
        {
            ReadOnlySpan<ushort> row = _decoder.Row(plane + 1, shape.Chroma == ChromaFormat.Yuv420 ? top / 2 : top);
            CodedSamples.Copy(row[source.Chroma..], shape.IsWide, Part(band.Chroma(plane), output.Chroma, output.ChromaCount));
        }
    }

    public void Dispose()
    {
        _decoder?.Dispose();
        _decoder = null;
    }

    private void CopyLuma(int top, int end, BandColumns source, BandColumns output, Band band)
    {
        ReadOnlySpan<ushort> upper = top < _previous ? _carried : _decoder!.Row(0, top)[..header.Width];
        ReadOnlySpan<ushort> lower = end - top == 2 ? _decoder!.Row(0, top + 1)[..header.Width] : upper;
        CodedSamples.Copy(upper[source.Luma..], shape.IsWide, Part(band.Luma(0), output.Luma, output.LumaCount));
        if (shape.LumaRows == 2)
        {
            CodedSamples.Copy(lower[source.Luma..], shape.IsWide, Part(band.Luma(1), output.Luma, output.LumaCount));
        }
    }

    private Span<byte> Part(Span<byte> row, int first, int count) => row.Slice(first * shape.BytesPerSample, count * shape.BytesPerSample);

    private void DecodeRows()
    {
        contents.Work.Check();
        _previous = _final;
        _final = Math.Min(_decoder!.DecodeRows(), header.Height);
        if (_final <= _previous)
        {
            throw HeifErrors.TruncatedBeforeFirstRow();
        }
    }

    private PictureDecoder DecoderFor(PictureConfiguration configuration)
    {
        if (_decoder is null || !ReferenceEquals(_configuration, configuration))
        {
            Dispose();
            _decoder = configuration.CreateDecoder(contents.Work);
            _configuration = configuration;
        }

        return _decoder;
    }
}
