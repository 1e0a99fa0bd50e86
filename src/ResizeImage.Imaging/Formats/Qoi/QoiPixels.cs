using System.Buffers.Binary;

namespace ResizeImage.Imaging.Formats.Qoi;

/// <summary>Decodes chunks, one after another from the first pixel on: each depends on those before it.</summary>
/// <param name="file">The whole file.</param>
internal sealed class QoiPixels(ByteSource file)
{
    /// <summary>Bytes of the longest chunk, QOI_OP_RGBA.</summary>
    private const int LongestChunk = 5;

    private const byte Rgb = 0xFE;
    private const byte Rgba = 0xFF;

    // R, G, B, A from the low bits up.
    private readonly uint[] _seen = new uint[64];
    private uint _pixel = 0xFF000000;
    private int _run;
    private int _offset = QoiHeader.Size;

    /// <summary>Decodes the next pixels.</summary>
    /// <param name="pixels">Receives R, G, B, A bytes of each.</param>
    /// <returns>The number of bytes written: less than asked for if the file is truncated.</returns>
    public int Read(Span<byte> pixels)
    {
        // The chunks of these pixels end before: each pixel takes one chunk at most.
        ReadOnlySpan<byte> bytes = file.WaitFor(_offset + ((long)LongestChunk * (pixels.Length / 4)));
        int written = 0;
        while (written < pixels.Length)
        {
            if (_run == 0 && !ReadChunk(bytes))
            {
                break;
            }

            for (; _run > 0 && written < pixels.Length; _run--, written += 4)
            {
                BinaryPrimitives.WriteUInt32LittleEndian(pixels[written..], _pixel);
            }
        }

        return written;
    }

    /// <summary>Reads one chunk: the next pixel, and how often it occurs.</summary>
    /// <returns>False if the file ends before the chunk does.</returns>
    private bool ReadChunk(ReadOnlySpan<byte> bytes)
    {
        ReadOnlySpan<byte> chunk = bytes[Math.Min(_offset, bytes.Length)..];
        if (chunk.IsEmpty)
        {
            return false;
        }

        int op = chunk[0];
        int length = op == Rgba ? 5 : op == Rgb ? 4 : op >> 6 == 2 ? 2 : 1;
        if (chunk.Length < length)
        {
            return false;
        }

        _offset += length;
        _run = 1;
        switch (op >> 6)
        {
            case 0: // QOI_OP_INDEX
                _pixel = _seen[op];
                return true;
            case 1: // QOI_OP_DIFF
                Add((op >> 4 & 3) - 2, (op >> 2 & 3) - 2, (op & 3) - 2);
                break;
            case 2: // QOI_OP_LUMA
                int green = (op & 63) - 32;
                Add(green + (chunk[1] >> 4) - 8, green, green + (chunk[1] & 15) - 8);
                break;
            default:
                if (op == Rgba)
                {
                    _pixel = BinaryPrimitives.ReadUInt32LittleEndian(chunk[1..]);
                }
                else if (op == Rgb)
                {
                    _pixel = chunk[1] | (uint)chunk[2] << 8 | (uint)chunk[3] << 16 | (_pixel & 0xFF000000);
                }
                else
                {
                    _run = (op & 63) + 1; // QOI_OP_RUN
                }

                break;
        }

        _seen[Hash(_pixel)] = _pixel;
        return true;
    }

    private static int Hash(uint pixel) =>
        (int)((((pixel & 255) * 3) + ((pixel >> 8 & 255) * 5) + ((pixel >> 16 & 255) * 7) + ((pixel >> 24) * 11)) & 63);

    /// <summary>Adds to each color, modulo 256.</summary>
    private void Add(int red, int green, int blue) => _pixel =
        (byte)(_pixel + (uint)red)
        | (uint)(byte)((_pixel >> 8) + (uint)green) << 8
        | (uint)(byte)((_pixel >> 16) + (uint)blue) << 16
        | (_pixel & 0xFF000000);
}
