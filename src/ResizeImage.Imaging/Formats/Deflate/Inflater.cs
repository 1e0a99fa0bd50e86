using System.Buffers;
using System.Buffers.Binary;

namespace ResizeImage.Imaging.Formats.Deflate;

/// <summary>The state of a zlib stream's Adler-32.</summary>
internal enum InflateChecksum
{
    /// <summary>The stream was not read to its end.</summary>
    NotReached,

    Valid,

    Wrong,

    /// <summary>The stream ends without it.</summary>
    Missing,
}

/// <summary>
/// Inflates a zlib stream (RFC 1950 and 1951) into a window that is read in place. On photos 1.6 times as fast as zlib in
/// <see cref="System.IO.Compression.ZLibStream"/>, and unlike it tells a truncated from a corrupt stream.
/// </summary>
/// <param name="source">The zlib stream.</param>
/// <param name="longest">The most bytes to take or peek at once.</param>
/// <param name="total">Bytes to take in all. What follows is not inflated.</param>
/// <param name="work">Counts blocks.</param>
internal sealed class Inflater(Stream source, int longest, long total, WorkMeter work) : IDisposable
{
    /// <summary>Bytes of the window beyond those that are taken at once.</summary>
    public const int Overhead = DeflateAlphabet.MaxDistance + InflateBlock.Overhang;

    private const int Ahead = 64 * 1024;

    // Units of work for a block without data: one with dynamic codes (at least 12 bytes of the file, 36 in the worst case), and any other.
    private const int WorkOfCodes = 7000;
    private const int WorkOfBlock = 50;

    private readonly InflateInput _input = new(source);
    private readonly InflateBlockCodes _ownCodes = new();
    private readonly byte[] _window = ArrayPool<byte>.Shared.Rent(Overhead + Math.Max(longest, Ahead));
    private InflateBlockCodes _codes = InflateBlockCodes.Fixed;
    private State _state = State.Start;
    private bool _isLastBlock;
    private int _storedLeft;
    private uint _adler = 1;

    /// <summary>Bytes of the total that are still to be inflated.</summary>
    private long _left = total;

    /// <summary>Bytes from here to <see cref="_end"/> have not been taken.</summary>
    private int _start;
    private int _end;

    private enum State
    {
        Start,
        BlockStart,
        Stored,
        Coded,
        Checksum,
        Ended,
    }

    /// <summary>No more can be inflated because the stream breaks a rule, not because it ends.</summary>
    public bool IsCorrupt { get; private set; }

    public InflateChecksum Checksum { get; private set; }

    /// <summary>Bytes that an instance allocates.</summary>
    /// <param name="longest">As for the constructor.</param>
    public static long EstimateMemory(long longest) => (64 * 1024) + (2 * (Overhead + Math.Max(longest, Ahead)));

    /// <summary>Takes the next bytes.</summary>
    /// <param name="count">At most the constructor's <c>longest</c>.</param>
    /// <returns>Valid until the next call; shorter if the stream ends or is corrupt.</returns>
    public ReadOnlySpan<byte> Take(int count)
    {
        ReadOnlySpan<byte> taken = Peek(count);
        _start += taken.Length;
        return taken;
    }

    /// <summary>The next bytes, without taking them.</summary>
    /// <inheritdoc cref="Take"/>
    public ReadOnlySpan<byte> Peek(int count)
    {
        if (_end - _start < count)
        {
            Inflate(count);
        }

        return _window.AsSpan(_start, Math.Min(count, _end - _start));
    }

    /// <summary>Starts over with another zlib stream, which <c>source</c> now reads.</summary>
    /// <param name="total">As for the constructor.</param>
    public void Restart(long total)
    {
        _input.Restart();
        (_state, _start, _end, _left, _adler) = (State.Start, 0, 0, total, 1);
        (IsCorrupt, Checksum) = (false, InflateChecksum.NotReached);
    }

    public void Dispose()
    {
        _input.Dispose();
        ArrayPool<byte>.Shared.Return(_window);
    }

    private void Inflate(int count)
    {
        int kept = Math.Min(_start, Math.Max(0, _end - DeflateAlphabet.MaxDistance));
        _window.AsSpan(kept, _end - kept).CopyTo(_window);
        (_start, _end) = (_start - kept, _end - kept);
        int ahead = (int)Math.Min(_window.Length - InflateBlock.Overhang, _end + Math.Max(_left, 0));
        int limit = Math.Max(_start + count, ahead);
        while (_end < limit && _state != State.Ended)
        {
            int before = _end;
            work.Check();
            _input.Fill();
            try
            {
                Step(limit);
            }
            catch (InvalidDataException)
            {
                IsCorrupt = true;
                _state = State.Ended;
            }

            if (_input.Overrun)
            {
                // Discards bytes that were decoded from the zeros beyond the end.
                _end = before;
                _state = State.Ended;
            }

            _adler = Adler32.Append(_adler, _window.AsSpan(before, _end - before));
            _left -= _end - before;
        }
    }

    private void Step(int limit)
    {
        switch (_state)
        {
            case State.Start:
                ReadHeader();
                _state = State.BlockStart;
                break;
            case State.BlockStart:
                _state = ReadBlockHeader();
                break;
            case State.Stored:
                int stored = _input.Read(_window.AsSpan(_end, Math.Min(_storedLeft, limit - _end)));
                if (stored == 0)
                {
                    _input.Take(8); // from beyond the end
                }

                _end += stored;
                _storedLeft -= stored;
                _state = _storedLeft == 0 ? AfterBlock() : State.Stored;
                break;
            case State.Coded:
                InflateOutcome outcome = InflateBlock.Decode(_input, _codes, _window, ref _end, limit);
                _input.Require(outcome != InflateOutcome.InvalidCode, "Invalid code.");
                _input.Require(outcome != InflateOutcome.DistanceTooFar, "Distance too far back.");
                _state = outcome == InflateOutcome.EndOfBlock ? AfterBlock() : State.Coded;
                break;
            default:
                CheckSum();
                _state = State.Ended;
                break;
        }
    }

    /// <summary>RFC 1950, 2.2.</summary>
    private void ReadHeader()
    {
        int cmf = _input.Take(8);
        int flg = _input.Take(8);
        _input.Require((cmf & 15) == 8 && cmf >> 4 <= 7 && ((256 * cmf) + flg) % 31 == 0 && (flg & 32) == 0, "No zlib stream.");
    }

    private State AfterBlock() => _isLastBlock ? State.Checksum : State.BlockStart;

    /// <summary>RFC 1951, 3.2.3.</summary>
    private State ReadBlockHeader()
    {
        _isLastBlock = _input.Take(1) != 0;
        int type = _input.Take(2);
        work.Spend(type == 2 ? WorkOfCodes : WorkOfBlock);
        switch (type)
        {
            case 0:
                _input.Align();
                _storedLeft = _input.Take(16);
                int complement = _input.Take(16);
                _input.Require((_storedLeft ^ complement) == 0xFFFF, "The length of a stored block contradicts itself.");
                _input.Align();
                return _storedLeft == 0 ? AfterBlock() : State.Stored;
            case 1:
                _codes = InflateBlockCodes.Fixed;
                return State.Coded;
            case 2:
                _codes = _ownCodes;
                _codes.Read(_input);
                return State.Coded;
            default:
                _input.Require(false, "A block of no known type.");
                return State.Ended;
        }
    }

    /// <summary>RFC 1950, 2.2: the checksum, its highest byte first.</summary>
    private void CheckSum()
    {
        _input.Align();
        uint stored = BinaryPrimitives.ReverseEndianness((uint)_input.Take(32));
        Checksum = _input.Overrun ? InflateChecksum.Missing : stored == _adler ? InflateChecksum.Valid : InflateChecksum.Wrong;
    }
}
