using System.Buffers.Binary;

namespace ResizeImage.Imaging.Formats.WebP;

/// <summary>Decodes a key frame, one row of macroblocks at a time (RFC 6386, 8 to 15).</summary>
internal sealed class MacroblockRows
{
    private const int LumaSize = MacroblockBuffer.LumaSize;
    private const int ChromaSize = MacroblockBuffer.ChromaSize;

    private readonly Vp8Header _header;
    private readonly int _across;
    private readonly MacroblockModes _modes;
    private readonly Residual _residual;
    private readonly MacroblockBuffer _macroblock = new();
    private readonly MacroblockRowFilter? _filter;
    private readonly BoolDecoder.State[] _tokenStates;
    private BoolDecoder.State _modeState;

    // The lowest samples of the macroblocks above, before the loop filter; luma continues a little to the right.
    private readonly byte[] _aboveY;
    private readonly byte[] _aboveU;
    private readonly byte[] _aboveV;

    /// <param name="header">The frame's header.</param>
    /// <param name="filter">Runs the loop filter, if the frame has one.</param>
    public MacroblockRows(Vp8Header header, bool filter)
    {
        _header = header;
        _across = Count(header.Width);
        _modes = new(header, _across);
        _residual = new(header, _across);
        _filter = filter && header.LoopFilter.IsOn ? new(header.LoopFilter, _across) : null;
        _modeState = header.FirstMacroblock;
        _tokenStates = Array.ConvertAll(header.Tokens, _ => new BoolDecoder(default).Current);
        _aboveY = new byte[(_across * LumaSize) + sizeof(uint)];
        _aboveU = new byte[_across * ChromaSize];
        _aboveV = new byte[_across * ChromaSize];
        MacroblockBuffer.FillAbove(_aboveY);
        MacroblockBuffer.FillAbove(_aboveU);
        MacroblockBuffer.FillAbove(_aboveV);
        Planes = new(_across);
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
        int partition = Decoded % _header.Tokens.Length;
        var modes = new BoolDecoder(_header.Modes.WaitForAll(), _modeState);
        var tokens = new BoolDecoder(_header.Tokens[partition].WaitForAll(), _tokenStates[partition]);
        _modes.StartRow();
        _residual.StartRow();
        _macroblock.StartRow(Decoded == 0);
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

            Make(column);
            _filter?.Remember(column, _modes, _residual);
        }

        _modeState = modes.Current;
        _tokenStates[partition] = tokens.Current;
        _filter?.Run(Planes, Decoded > 0);
        Decoded++;
        return true;
    }

    private void Make(int column)
    {
        Span<byte> y = _aboveY.AsSpan(column * LumaSize, LumaSize);
        Span<byte> u = _aboveU.AsSpan(column * ChromaSize, ChromaSize);
        Span<byte> v = _aboveV.AsSpan(column * ChromaSize, ChromaSize);
        uint aboveRight = Decoded > 0 && column == _across - 1
            ? y[LumaSize - 1] * 0x01010101u
            : BinaryPrimitives.ReadUInt32LittleEndian(_aboveY.AsSpan((column + 1) * LumaSize));
        _macroblock.MoveTo(y, aboveRight, u, v);
        if (_modes.BySubblocks)
        {
            _macroblock.MakeLuma(_modes.Subblocks, _residual);
        }
        else
        {
            _macroblock.MakeLuma(_modes.Luma, Decoded > 0, column > 0, _residual.Kinds, _residual.Coefficients);
        }

        _macroblock.MakeChroma(_modes.Chroma, Decoded > 0, column > 0, _residual.Kinds, _residual.Coefficients);
        _macroblock.LumaRow(LumaSize - 1).CopyTo(y);
        _macroblock.URow(ChromaSize - 1).CopyTo(u);
        _macroblock.VRow(ChromaSize - 1).CopyTo(v);
        Planes.Store(_macroblock, column);
    }
}
