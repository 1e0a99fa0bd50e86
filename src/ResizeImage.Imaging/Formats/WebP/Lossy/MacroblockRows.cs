namespace ResizeImage.Imaging.Formats.WebP;

/// <summary>Decodes a key frame, one row of macroblocks at a time (RFC 6386, 8 to 15).</summary>
internal sealed class MacroblockRows
{
    private const int LumaSize = Macroblock.LumaSize;
    private const int ChromaSize = Macroblock.ChromaSize;

    private readonly Vp8Header _header;
    private readonly int _across;
    private readonly MacroblockModes _modes;
    private readonly Residual _residual;
    private readonly MacroblockRowFilter? _filter;
    private readonly UnfilteredEdge? _unfiltered;
    private readonly BoolDecoder.State[] _tokenStates;
    private BoolDecoder.State _modeState;

    /// <param name="header">The frame's header.</param>
    /// <param name="filter">Runs the loop filter, if the frame has one.</param>
    public MacroblockRows(Vp8Header header, bool filter)
    {
        _header = header;
        _across = Count(header.Width);
        _modes = new(header, _across);
        _residual = new(header, _across);
        _modeState = header.FirstMacroblock;
        _tokenStates = Array.ConvertAll(header.Tokens, _ => new BoolDecoder(default).Current);
        Planes = new(_across);
        if (filter && header.LoopFilter.IsOn)
        {
            _filter = new(header.LoopFilter, _across);
            _unfiltered = new(Planes);
        }
    }

    /// <summary>The last row decoded.</summary>
    public Vp8Planes Planes { get; }

    /// <summary>Rows of macroblocks decoded so far.</summary>
    public int Decoded { get; private set; }

    /// <summary>
    /// Luma rows at the bottom of <see cref="Planes"/> that the next row of macroblocks may still change: the loop filter reaches up three rows,
    /// in chroma too, which are six rows of luma.
    /// </summary>
    public int Unfinished => _filter is null ? 0 : 8;

    /// <summary>Macroblocks that cover a number of samples.</summary>
    public static int Count(int samples) => (samples + LumaSize - 1) / LumaSize;

    /// <summary>Bytes that an instance allocates for an image of a width.</summary>
    public static long EstimateMemory(int width) => Vp8Planes.EstimateMemory(Count(width)) + (64L * Count(width));

    /// <summary>Decodes the next row into <see cref="Planes"/>.</summary>
    /// <returns>False if the data ends within it.</returns>
    public bool TryDecode()
    {
        _header.Work.Check();
        Planes.Advance();
        _unfiltered?.Exchange();
        bool complete = TryMakeRow();
        _unfiltered?.Exchange();
        if (!complete)
        {
            return false;
        }

        Planes.ExtendRight();
        _unfiltered?.Save();
        _filter?.Run(Planes, Decoded > 0);
        Decoded++;
        return true;
    }

    private bool TryMakeRow()
    {
        int partition = Decoded % _header.Tokens.Length;
        var modes = new BoolDecoder(_header.Modes.WaitForAll(), _modeState);
        var tokens = new BoolDecoder(_header.Tokens[partition].WaitForAll(), _tokenStates[partition]);
        _modes.StartRow();
        _residual.StartRow();
        for (int column = 0; column < _across; column++)
        {
            _modes.Read(ref modes, column);
            if (_modes.IsSkipped)
            {
                _residual.Skip(column, !_modes.BySubblocks);
            }
            else
            {
                _residual.Read(ref tokens, column, !_modes.BySubblocks, _header.Quantizers[_modes.Segment]);
            }

            if (tokens.IsExhausted || modes.IsExhausted)
            {
                return false;
            }

            MakeLuma(column);
            MakeChroma(Planes.U, column, (byte)(_residual.Kinds >> 32), _residual.Coefficients.Slice(16 * Residual.BlockSize, 4 * Residual.BlockSize));
            MakeChroma(Planes.V, column, (byte)(_residual.Kinds >> 40), _residual.Coefficients.Slice(20 * Residual.BlockSize, 4 * Residual.BlockSize));
            _filter?.Remember(column, _modes, _residual);
        }

        _modeState = modes.Current;
        _tokenStates[partition] = tokens.Current;
        return true;
    }

    private void MakeLuma(int column)
    {
        UncheckedSpan<byte> plane = new(Planes.Y);
        int at = Planes.LastLuma + (column * LumaSize);
        if (_modes.BySubblocks)
        {
            SubblockPrediction.Make(plane, at, Planes.YStride, _modes.Subblocks, (uint)_residual.Kinds, _residual.Coefficients);
        }
        else
        {
            MacroblockPrediction.Luma(plane, at, Planes.YStride, _modes.Luma, Decoded > 0, column > 0);
            BlockSamples.Add(plane, at, Planes.YStride, 4, (uint)_residual.Kinds, _residual.Coefficients);
        }
    }

    private void MakeChroma(byte[] samples, int column, uint kinds, ReadOnlySpan<short> coefficients)
    {
        UncheckedSpan<byte> plane = new(samples);
        int at = Planes.LastChroma + (column * ChromaSize);
        MacroblockPrediction.Chroma(plane, at, Planes.ChromaStride, _modes.Chroma, Decoded > 0, column > 0);
        BlockSamples.Add(plane, at, Planes.ChromaStride, 2, kinds, coefficients);
    }
}
