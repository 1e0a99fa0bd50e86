using System.Runtime.CompilerServices;

namespace ResizeImage.Imaging.Formats.WebP;

/// <summary>The boolean entropy decoder (RFC 6386, 7): reads bools of known probability. Zeros follow the end of the data.</summary>
internal ref struct BoolDecoder
{
    private const int WordBytes = sizeof(ulong);

    private readonly UncheckedSpan<byte> _data;
    private readonly int _length;

    // Offset of the last eight bytes.
    private readonly int _lastWord;
    private int _position;
    private BoolWindow _window;

    /// <param name="data">One partition.</param>
    public BoolDecoder(ReadOnlySpan<byte> data)
        : this(data, new State(0, new BoolWindow(0, -8, 255)))
    {
    }

    /// <param name="data">One partition.</param>
    /// <param name="state">Where to continue.</param>
    public BoolDecoder(ReadOnlySpan<byte> data, State state)
    {
        _length = data.Length;
        if (data.Length < WordBytes)
        {
            byte[] word = new byte[WordBytes];
            data.CopyTo(word);
            data = word;
        }

        _data = new(data, data.Length);
        _lastWord = data.Length - WordBytes;
        (_position, _window) = state;
    }

    /// <summary>The state from which another <see cref="BoolDecoder"/> over the same data continues.</summary>
    public readonly State Current => new(_position, _window);

    /// <summary>More was read than the data has. A valid file never gets here: that takes eight bits beyond the last meaningful one.</summary>
    public readonly bool IsExhausted => (8L * _position) - (_window.Bits + 8) > 8L * _length;

    /// <summary>The loaded bits. Hot loops copy them to a local, pass that to <see cref="Fill"/>, and assign it in the end.</summary>
    public BoolWindow Window
    {
        readonly get => _window;
        set => _window = value;
    }

    /// <summary>Adds bits unless there are enough for some bools.</summary>
    /// <param name="window">The loaded bits.</param>
    /// <param name="bools">The most bools that will be read before the next call; up to 8.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Fill(ref BoolWindow window, int bools)
    {
        if (window.Lacks(bools))
        {
            // Bytes beyond the end are shifted out, in two halves because there may be eight. Without a call, which would move the window from
            // registers to memory.
            int at = Math.Min(_position, _lastWord);
            int half = 4 * Math.Min(_position - at, WordBytes);
            _position += window.Add((_data.BigEndian64(at) << half) << half);
        }
    }

    /// <summary>Reads a bool that is false with probability / 256.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Read(uint probability)
    {
        Fill(ref _window, 1);
        return _window.Read(probability);
    }

    /// <summary>Reads an unsigned number, highest bit first, each bit of even odds (RFC 6386, 8: L(n)).</summary>
    public int ReadLiteral(int bits)
    {
        int value = 0;
        for (; bits > 0; bits--)
        {
            value = (2 * value) + (ReadFlag() ? 1 : 0);
        }

        return value;
    }

    /// <summary>Reads a number, then its sign.</summary>
    public int ReadSigned(int bits)
    {
        int magnitude = ReadLiteral(bits);
        return ReadFlag() ? -magnitude : magnitude;
    }

    /// <summary>Reads a flag and, only if it is set, a signed number; 0 if it is not.</summary>
    public int ReadOptional(int bits) => ReadFlag() ? ReadSigned(bits) : 0;

    /// <summary>Reads a bool of even odds.</summary>
    public bool ReadFlag() => Read(128);

    /// <summary>The position in a partition.</summary>
    /// <param name="Position">Bytes loaded.</param>
    /// <param name="Window">The loaded bits.</param>
    internal readonly record struct State(int Position, BoolWindow Window);
}
