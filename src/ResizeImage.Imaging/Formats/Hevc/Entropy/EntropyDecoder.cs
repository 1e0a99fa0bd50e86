namespace ResizeImage.Imaging.Formats.Hevc.Entropy;

/// <summary>CABAC of a slice segment: the arithmetic decoder, its data, and the context variables.</summary>
internal sealed class EntropyDecoder
{
    /// <summary>The decoder, for loops that copy it.</summary>
    private ArithmeticDecoder _engine;

    private int _length;

    public ref ArithmeticDecoder Engine => ref _engine;

    /// <summary>The payload without emulation prevention bytes, followed by zeros.</summary>
    public byte[] Data { get; private set; } = new byte[ArithmeticDecoder.Padding];

    /// <summary>The context variables.</summary>
    public byte[] Models { get; } = new byte[ContextModels.Count];

    /// <summary>More bytes were decoded than there are, beyond those that the decoder reads in advance.</summary>
    public bool IsPastEnd => _engine.EndPosition > _length + 2;

    /// <summary>Replaces the data, without their emulation prevention bytes.</summary>
    /// <param name="payload">A NAL unit without its header.</param>
    /// <returns>The data.</returns>
    public ReadOnlySpan<byte> Load(ReadOnlySpan<byte> payload)
    {
        if (Data.Length < payload.Length + ArithmeticDecoder.Padding)
        {
            Data = new byte[payload.Length + (payload.Length / 4) + ArithmeticDecoder.Padding];
        }

        _length = Headers.NalUnit.Unescape(payload, Data);
        Data.AsSpan(_length, ArithmeticDecoder.Padding).Clear();
        return Data.AsSpan(0, _length);
    }

    /// <summary>Initializes the arithmetic decoder at a byte.</summary>
    public void Start(int position) => _engine.Start(Data, Math.Min(position, _length));

    /// <summary>Initializes the arithmetic decoder after what <see cref="Terminate"/> ended.</summary>
    public void Restart() => Start(_engine.EndPosition);

    /// <summary>A bin with a context.</summary>
    public int Decode(int context) => (int)_engine.Decode(Data, ref Models[context]);

    /// <summary>Bins without a context, 1 to 16.</summary>
    public int Bypass(int count) => (int)_engine.DecodeBypass(Data, count);

    /// <summary>A bin that ends the arithmetic code if it is true.</summary>
    public bool Terminate() => _engine.DecodeTerminate(Data);

    /// <summary>Reads pcm_sample values and initializes the arithmetic decoder after them.</summary>
    /// <param name="counts">The number of samples and their bits, one pair a plane.</param>
    /// <param name="samples">Receives them.</param>
    public void ReadPcm(ReadOnlySpan<(int Count, int Bits)> counts, Span<ushort> samples)
    {
        int position = Math.Min(_engine.EndPosition, _length);
        Headers.RbspReader reader = new(Data.AsSpan(position, _length - position));
        int next = 0;
        foreach ((int count, int bits) in counts)
        {
            for (int i = 0; i < count; i++)
            {
                samples[next++] = (ushort)reader.Bits(bits);
            }
        }

        Start(position + reader.BytePosition);
    }
}
