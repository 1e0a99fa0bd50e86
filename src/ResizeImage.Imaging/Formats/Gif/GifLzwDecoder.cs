using System.Buffers.Binary;

namespace ResizeImage.Imaging.Formats.Gif;

/// <summary>
/// LZW of variable code size (GIF89a, appendix F). A full table stays as it is until a clear code. Strings are kept in pieces of eight pixels,
/// so all but long ones are written in one store (12 MP photo: 1.9 times as fast as pixel by pixel).
/// </summary>
internal sealed class GifLzwDecoder
{
    /// <summary>With more bits, the clear code would not fit in a code.</summary>
    public const int MaxMinCodeSize = MaxCodeBits - 1;

    /// <summary>The longest string in pixels, the unused rest of its last piece included.</summary>
    public const int LongestString = MaxCodes;

    private const int MaxCodeBits = 12;
    private const int MaxCodes = 1 << MaxCodeBits;
    private const int Piece = sizeof(ulong);
    private const int None = -1;

    private readonly GifCodeReader _reader;
    private readonly int _clear;
    private readonly int _minWidth;

    // The last piece of each code: 1 to 8 pixels from the lowest byte up.
    private readonly ulong[] _pieces = new ulong[MaxCodes];

    // A link of each code:
    //
    //   bit  31 … 24       23 … 12         11 … 0
    //        first pixel   length less 1   code of the string before the last piece
    private readonly uint[] _links = new uint[MaxCodes];

    private ulong _bits;
    private int _count;
    private int _width;
    private int _next;
    private int _previous = None;

    /// <param name="reader">Positioned at the first code.</param>
    /// <param name="minCodeSize">1 to <see cref="MaxMinCodeSize"/>. Above 8, which GIF does not have, pixels lose their higher bits.</param>
    public GifLzwDecoder(GifCodeReader reader, int minCodeSize)
    {
        _reader = reader;
        _clear = 1 << minCodeSize;
        _width = _minWidth = minCodeSize + 1;
        _next = _clear + 2;
        for (int code = 0; code < _clear; code++)
        {
            _pieces[code] = (byte)code;
            _links[code] = (uint)(byte)code << 24;
        }
    }

    /// <summary>Nothing follows: because of the end code, because the data ends, or because it is corrupt.</summary>
    public bool Ended { get; private set; }

    /// <summary>Decodes while the longest string would fit, or up to the end.</summary>
    /// <param name="pixels">Receives indices.</param>
    /// <returns>How many were written: if not <see cref="Ended"/>, more than the length of the span less <see cref="LongestString"/>.</returns>
    public int Decode(Span<byte> pixels)
    {
        Span<ulong> pieces = _pieces;
        Span<uint> links = _links;
        (ulong bits, int count, int width, int next, int previous, int clear) = (_bits, _count, _width, _next, _previous, _clear);
        int written = 0;
        while (written <= pixels.Length - LongestString)
        {
            if (count < width)
            {
                (bits, count) = _reader.Refill(bits, count);
                if (count < width)
                {
                    Ended = true;
                    break;
                }
            }

            int code = (int)bits & ((1 << width) - 1);
            bits >>= width;
            count -= width;
            if ((uint)(code - clear) <= 1)
            {
                if (code != clear)
                {
                    Ended = true;
                    break;
                }

                (width, next, previous) = (_minWidth, clear + 2, None);
                continue;
            }

            // Valid are codes in the table, and the one that is about to be added.
            if (code >= next && (code > next || previous == None))
            {
                Ended = true;
                break;
            }

            if (next < MaxCodes && previous != None)
            {
                // A new code: the previous string plus the first pixel of this one.
                uint before = links[previous];
                uint added = (code == next ? before : links[code]) >> 24;
                uint length = ((before >> 12) & (MaxCodes - 1)) + 1;
                int place = (int)(length % Piece);
                (pieces[next], uint prefix) = place == 0
                    ? (added, (uint)previous)
                    : (pieces[previous] | ((ulong)added << (8 * place)), before & (MaxCodes - 1));
                links[next++] = (before & 0xFF000000) | (length << 12) | prefix;
            }

            if (next >> width != 0 && width < MaxCodeBits)
            {
                width++;
            }

            // From the last piece to the first.
            previous = code;
            uint link = links[code];
            int last = (int)(link >> 12) & (MaxCodes - 1);
            for (int at = last & -Piece; ; at -= Piece)
            {
                BinaryPrimitives.WriteUInt64LittleEndian(pixels[(written + at)..], pieces[code]);
                if (at == 0)
                {
                    break;
                }

                code = (int)link & (MaxCodes - 1);
                link = links[code];
            }

            written += last + 1;
        }

        (_bits, _count, _width, _next, _previous) = (bits, count, width, next, previous);
        return written;
    }
}
