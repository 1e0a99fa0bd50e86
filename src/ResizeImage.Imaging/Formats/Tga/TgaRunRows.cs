using ResizeImage.Imaging.Formats.Bmp;

namespace ResizeImage.Imaging.Formats.Tga;

/// <summary>
/// The rows of a run-length encoded image. Most are stored from the bottom up, and packets can only be read forwards: one pass records where
/// each row begins, so no pixels need be held. Packets may cross rows, which version 1.0 allowed.
/// <code>
/// | 1 in the high bit, count - 1 in 7 bits | a pixel to repeat |      | 0, count - 1 | count pixels |
/// </code>
/// </summary>
internal sealed class TgaRunRows : BmpRows
{
    /// <summary>Packets between two checks of the work.</summary>
    private const int PacketsOfCheck = 4096;

    private readonly ByteSource _file;
    private readonly int _pixelBytes;
    private readonly Start[] _starts;
    private readonly byte[] _row;
    private int _packets;

    /// <param name="file">The whole file.</param>
    /// <param name="header">The file's header, with runs.</param>
    public TgaRunRows(ByteSource file, TgaHeader header)
    {
        (_file, _pixelBytes, _starts, _row) = (file, header.PixelBytes, new Start[header.Height], new byte[header.RowBytes]);
        Start next = new(header.PixelOffset, 0, 0);
        file.WaitForAll();
        while (Count < header.Height)
        {
            _starts[Count] = next;
            if (!Expand(ref next, _row))
            {
                break;
            }

            Count++;
        }
    }

    /// <inheritdoc/>
    public override int Count { get; }

    /// <summary>Bytes that an instance allocates.</summary>
    public static long EstimateMemory(TgaHeader header) => header.RowBytes + (12L * header.Height);

    /// <inheritdoc/>
    public override ReadOnlySpan<byte> Read(int row)
    {
        Start start = _starts[row];
        Expand(ref start, _row);
        return _row;
    }

    /// <summary>Expands packets to a row.</summary>
    /// <param name="at">Where the row begins; after it, where the next row begins.</param>
    /// <param name="row">Receives stored pixels.</param>
    /// <returns>False if the file ends before the row does.</returns>
    private bool Expand(ref Start at, Span<byte> row)
    {
        ReadOnlySpan<byte> bytes = _file.Buffer.Span;
        (int offset, int run, int literal) = at;
        _file.Work.Check();
        while (!row.IsEmpty)
        {
            if (run + literal == 0)
            {
                if (++_packets % PacketsOfCheck == 0)
                {
                    _file.Work.Check();
                }

                if (offset >= bytes.Length)
                {
                    return false;
                }

                int packet = bytes[offset++];
                (run, literal) = packet >= 128 ? (packet - 127, 0) : (0, packet + 1);
            }

            int pixels = Math.Min(run + literal, row.Length / _pixelBytes);
            int stored = run > 0 ? _pixelBytes : pixels * _pixelBytes;
            if (stored > bytes.Length - offset)
            {
                return false;
            }

            Copy(bytes.Slice(offset, stored), row[..(pixels * _pixelBytes)]);
            row = row[(pixels * _pixelBytes)..];
            (run, literal, bool ended) = run > 0 ? (run - pixels, 0, run == pixels) : (0, literal - pixels, true);
            offset += ended ? stored : 0; // the pixel of a run that goes on in the next row is read again
        }

        at = new(offset, run, literal);
        return true;
    }

    /// <summary>Copies pixels, or repeats one.</summary>
    private static void Copy(ReadOnlySpan<byte> pixels, Span<byte> row)
    {
        if (pixels.Length == 1)
        {
            row.Fill(pixels[0]);
            return;
        }

        for (; row.Length >= pixels.Length; row = row[pixels.Length..])
        {
            pixels.CopyTo(row);
        }
    }

    /// <summary>Where a row begins.</summary>
    /// <param name="Offset">Offset of a packet, or of the next pixel of one that began in the row before.</param>
    /// <param name="Run">Repetitions left of that packet.</param>
    /// <param name="Literal">Pixels left of that packet.</param>
    private readonly record struct Start(int Offset, int Run, int Literal);
}
