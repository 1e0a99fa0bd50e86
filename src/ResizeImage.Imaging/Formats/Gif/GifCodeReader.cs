using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace ResizeImage.Imaging.Formats.Gif;

/// <summary>Reads bits from sub-blocks, the lowest bit of a byte first (GIF89a, appendix F).</summary>
/// <param name="file">The whole file.</param>
/// <param name="offset">Offset of the first sub-block.</param>
internal sealed class GifCodeReader(ByteSource file, int offset)
{
    private readonly ByteSource _file = file;
    private readonly ReadOnlyMemory<byte> _bytes = file.Buffer; // read up to _blockEnd, which has arrived
    private int _position = offset;
    private int _blockEnd = offset;

    /// <summary>Loads bits until at least 56 are valid; fewer only where the data ends.</summary>
    /// <param name="bits">The bits left, from the lowest up; above <paramref name="count"/> may be bits that follow.</param>
    /// <param name="count">The number of bits left.</param>
    /// <returns>The same two after loading.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public (ulong Bits, int Count) Refill(ulong bits, int count)
    {
        if (_blockEnd - _position < sizeof(ulong))
        {
            return RefillAtBlockEnd(bits, count);
        }

        bits |= BinaryPrimitives.ReadUInt64LittleEndian(_bytes.Span[_position..]) << count;
        _position += (63 - count) >> 3;
        return (bits, count | 56);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private (ulong Bits, int Count) RefillAtBlockEnd(ulong bits, int count)
    {
        _file.Work.Check();
        ReadOnlySpan<byte> bytes = _bytes.Span;
        for (; count < 56; count += 8)
        {
            if (_position == _blockEnd)
            {
                if (!GifSubBlocks.TryRead(_file, ref _position, out int length))
                {
                    // The position stays at the end: nothing that follows is read as pixels.
                    _blockEnd = _position = bytes.Length;
                    break;
                }

                _blockEnd = _position + length;
            }

            bits |= (ulong)bytes[_position++] << count;
        }

        return (bits, count);
    }
}
