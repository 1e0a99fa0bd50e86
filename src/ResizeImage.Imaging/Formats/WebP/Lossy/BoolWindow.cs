using System.Numerics;
using System.Runtime.CompilerServices;

namespace ResizeImage.Imaging.Formats.WebP;

/// <summary>
/// The loaded bits of a <see cref="BoolDecoder"/>. Hot loops hold them in a local, which the compiler keeps in registers because there are so
/// few fields, and load bits for several bools at once: 8 % less time for a thumbnail than with a check before
/// each bool.
/// <code>
/// bit     63 … 56             55 … 56 - Bits    below
///         for the next bool   loaded            zero, or already correct
/// </code>
/// </summary>
/// <param name="value">The bits.</param>
/// <param name="bits">How many are loaded, without the eight that the next bool needs.</param>
/// <param name="range">128 to 255.</param>
internal struct BoolWindow(ulong value, int bits, uint range)
{
    /// <summary>The most bits that a bool takes.</summary>
    public const int MaxBitsOfBool = 7;

    private const int ValueBits = 8 * sizeof(ulong);
    private const int RangeShift = 24;

    // Loaded bits are all of these, without the highest eight.
    private const int Capacity = ValueBits - 8;

    private ulong _value = value;

    // The range in the highest eight bits. So the leading zeros of a part of it are the shift that makes it the next range.
    private uint _range = range << RangeShift;

    /// <summary>Loaded bits without the eight that the next bool needs; negative if some of those are missing.</summary>
    public int Bits { get; private set; } = bits;

    /// <summary>Whether bits must be added before reading a number of bools.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly bool Lacks(int bools) => Bits < MaxBitsOfBool * (bools - 1);

    /// <summary>Adds whole bytes.</summary>
    /// <param name="next">The bits behind the loaded ones.</param>
    /// <returns>Bytes added: as many as have room.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Add(ulong next)
    {
        _value |= next >> (Bits + 8);
        int bytes = (Capacity - Bits) >> 3;
        Bits += 8 * bytes;
        return bytes;
    }

    /// <summary>Reads a bool that is false with probability / 256.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Read(uint probability)
    {
        // This is 1 + (((range - 1) * probability) >> 8) with two operations less between one range and the next:
        // 1.5 % of a photo's thumbnail.
        uint split = (uint)((((ulong)_range * probability) + ((256 - (ulong)probability) << RangeShift)) >> 32);
        ulong bigSplit = (ulong)split << (ValueBits - 8);

        // Each result has its own code up to the caller's branch, which is then decided already.
        if (_value >= bigSplit)
        {
            _value -= bigSplit;
            Normalize((_range >> RangeShift) - split);
            return true;
        }

        Normalize(split);
        return false;
    }

    /// <summary>Reads a bool of even odds and applies it as a sign: true is minus.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int ReadSign(int magnitude)
    {
        // Any range but the first, which is never used for a sign, is at most 254: both halves are 64 to 127, and one shift normalizes them.
        // There is no branch, which would be mispredicted half the time, and no comparison, whose flag takes three operations to become a mask.
        uint range = _range >> RangeShift;
        uint split = (range + 1) >> 1;
        long isPlus = (long)((_value >> 1) - ((ulong)split << (ValueBits - 9))) >> (ValueBits - 1);
        ulong twiceSplit = (ulong)split << (ValueBits - 7);
        _value = (_value << 1) - twiceSplit + (twiceSplit & (ulong)isPlus);
        uint minus = (range >> 1) << (RangeShift + 1);
        _range = minus + (((split << (RangeShift + 1)) - minus) & (uint)isPlus);
        Bits--;
        int isMinus = ~(int)isPlus;
        return (magnitude ^ isMinus) - isMinus;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Normalize(uint part)
    {
        int zeros = BitOperations.LeadingZeroCount(part);
        _range = part << zeros;
        int shift = zeros - RangeShift;
        _value <<= shift;
        Bits -= shift;
    }
}
