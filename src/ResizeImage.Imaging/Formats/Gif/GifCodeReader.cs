using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace ResizeImage.Imaging.Formats.Gif;

/// <summary>Takes bits from sub-blocks, the lowest bit of a byte first (GIF89a, appendix F).</summary>
/// <param name="file">The whole file.</param>
/// <param name="offset">Of the first sub-block.</param>
internal sealed class GifCodeReader(ByteSource file, int offset)
{
    private readonly ByteSource _file = file;
    private readonly ReadOnlyMemory<byte> _bytes = file.Buffer; // read up to _blockEnd, which has arrived
    private int _position = offset;
    private int _blockEnd = offset;

    /// <summary>Fills up to 56 bits or more, to less only where the data ends.</summary>
    /// <param name="bits">What is left, from the lowest bit up; above <paramref name="count"/> may be bits that will follow.</param>
    /// <param name="count">Bits left.</param>
    /// <returns>The same two, filled.</returns>
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
                    // Stays there: nothing that follows is read as pixels.
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
