using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using ResizeImage.Imaging.Formats.Hevc.Headers;

namespace ResizeImage.Imaging.Formats.Hevc.Entropy;

/// <summary>
/// The arithmetic decoding engine of CABAC (H.265 9.3.4.3). A struct, so that the loops over coefficients can hold it in registers. The offset is
/// aligned to the left, with the bits that follow it:
/// <code>
/// bit 63   62 ....... 54   53 ................ 0
///     0    ivlOffset       bits read in advance, then zeros
/// </code>
/// </summary>
internal struct ArithmeticDecoder
{
    /// <summary>Zeros that must follow the data: reading ahead does not check the end.</summary>
    public const int Padding = 16;

    private const int OffsetShift = 54;
    private const int WordBits = 32;

    /// <summary>With at most so many bits in advance, a word of 32 fits behind them.</summary>
    private const int MaxBitsBeforeRefill = OffsetShift - WordBits;

    /// <summary>2^38 / range, rounded up: the quotient of bypass bins by a multiplication. Exact for dividends of 25 bits: the error is below 2^−13, and a
    /// quotient's fraction is at most 1 − 2^−9.</summary>
    private static readonly uint[] Reciprocals = MakeReciprocals();

    private ulong _offset;
    private uint _range;
    private int _bitsAhead;
    private int _position;

    /// <summary>Initialization (9.3.2.5).</summary>
    /// <param name="data">The payload, followed by <see cref="Padding"/> zeros.</param>
    /// <param name="position">The first byte of arithmetic code.</param>
    /// <exception cref="InvalidImageException">The offset is not below the range: quotients of bypass bins would have more bits than bins.</exception>
    public void Start(byte[] data, int position)
    {
        _range = 510;
        _offset = 0;
        _bitsAhead = -9;
        _position = position;
        Refill(data);
        if (_offset >= (ulong)_range << OffsetShift)
        {
            throw HevcErrors.Corrupt("a slice begins with an arithmetic code that is not allowed");
        }
    }

    /// <summary>
    /// The byte after the code, once a bin has terminated it. The last bit of the offset is then the bit that an encoder writes before it aligns
    /// (9.3.4.3.5).
    /// </summary>
    public readonly int EndPosition => _position - (_bitsAhead >> 3);

    /// <summary>Decodes a bin with a context (9.3.4.3.2), without branches: in coefficients, most bins are as good as random.</summary>
    /// <param name="data">As for <see cref="Start"/>.</param>
    /// <param name="state">The context variable: (pStateIdx · 2) + valMps.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public uint Decode(byte[] data, ref byte state)
    {
        uint bin = state;
        uint lps = Unsafe.Add(ref MemoryMarshal.GetReference(ArithmeticTables.LpsRange), (nint)((_range & 0xC0) + (bin >> 1)));
        uint range = _range - lps;
        ulong scaled = (ulong)range << OffsetShift;
        long isLps = (long)(scaled - 1 - _offset) >> 63;
        _offset -= scaled & (ulong)isLps;
        range += (lps - range) & (uint)isLps;
        bin = (bin ^ (uint)isLps) & 0xFF;
        state = Unsafe.Add(ref MemoryMarshal.GetReference(ArithmeticTables.NextState), (nint)bin);
        int shift = BitOperations.LeadingZeroCount(range) - 23;
        _range = range << shift;
        _offset <<= shift;
        _bitsAhead -= shift;
        if (_bitsAhead < 0)
        {
            Refill(data);
        }

        return bin & 1;
    }

    /// <summary>Decodes bins without a context (9.3.4.3.4) at once: they are the quotient of the offset and the range.</summary>
    /// <param name="data">As for <see cref="Start"/>.</param>
    /// <param name="count">1 to 16.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public uint DecodeBypass(byte[] data, int count)
    {
        uint bins = PeekBypass(data) >> (16 - count);
        SkipBypass(bins, count);
        return bins;
    }

    /// <summary>The next 16 bins without a context, the first one in bit 15.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public uint PeekBypass(byte[] data)
    {
        if (_bitsAhead < 16)
        {
            Refill(data);
        }

        ulong dividend = _offset >> (OffsetShift - 16);
        return (uint)((dividend * Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(Reciprocals), (nint)(_range & 0xFF))) >> 38);
    }

    /// <summary>Consumes bins that were peeked.</summary>
    /// <param name="bins">The bins.</param>
    /// <param name="count">Their number.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void SkipBypass(uint bins, int count)
    {
        _offset = (_offset - (((ulong)bins * _range) << (OffsetShift - count))) << count;
        _bitsAhead -= count;
    }

    /// <summary>Decodes a bin before termination (9.3.4.3.5): end_of_slice_segment_flag, end_of_subset_one_bit or pcm_flag.</summary>
    public bool DecodeTerminate(byte[] data)
    {
        _range -= 2;
        ulong scaled = (ulong)_range << OffsetShift;
        if (_offset >= scaled)
        {
            return true;
        }

        if (_range < 256)
        {
            _range <<= 1;
            _offset <<= 1;
            if (--_bitsAhead < 0)
            {
                Refill(data);
            }
        }

        return false;
    }

    private static uint[] MakeReciprocals()
    {
        // By the lower eight bits of a range of 256 to 511.
        uint[] reciprocals = new uint[256];
        for (uint range = 256; range < 512; range++)
        {
            reciprocals[range & 0xFF] = (uint)(((1ul << 38) + range - 1) / range);
        }

        return reciprocals;
    }

    /// <summary>Adds 32 bits. Behind the data, they are zeros.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Refill(byte[] data)
    {
        // The padding makes the last word of the array zero.
        int position = Math.Min(_position, data.Length - sizeof(uint));
        uint word = Unsafe.ReadUnaligned<uint>(ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(data), (nint)(uint)position));
        word = BitConverter.IsLittleEndian ? BinaryPrimitives.ReverseEndianness(word) : word;
        _offset |= (ulong)word << (MaxBitsBeforeRefill - _bitsAhead);
        _bitsAhead += WordBits;
        _position += sizeof(uint);
    }
}
