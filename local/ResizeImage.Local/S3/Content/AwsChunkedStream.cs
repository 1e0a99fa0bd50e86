using System.Buffers;
using System.Globalization;
using System.IO.Pipelines;
using System.Text;

namespace ResizeImage.Local.S3.Content;

/// <summary>
/// Decodes the framing of Content-Encoding: aws-chunked ("Signature calculations for the Authorization header:
/// transferring payload in multiple chunks" in the Amazon S3 API Reference). Signatures of chunks are skipped, not verified.
/// </summary>
/// <remarks>
/// Each chunk is its length in hex, optionally ;chunk-signature=…, CRLF, the data, CRLF. A chunk of length 0 ends the data;
/// trailers, one "name:value" a line, may follow.
/// </remarks>
internal sealed class AwsChunkedStream(PipeReader source) : Stream
{
    private const int MaxLineBytes = 4096;
    private const int MaxTrailers = 16;

    private readonly Dictionary<string, string> _trailers = new(StringComparer.OrdinalIgnoreCase);
    private long _leftInChunk;
    private bool _afterChunk;
    private bool _ended;

    /// <summary>Complete after the end of the stream.</summary>
    public IReadOnlyDictionary<string, string> Trailers => _trailers;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_ended || buffer.IsEmpty || (_leftInChunk == 0 && !await BeginChunkAsync(cancellationToken)))
        {
            return 0;
        }

        ReadOnlySequence<byte> available = (await source.ReadAsync(cancellationToken)).Buffer;
        if (available.IsEmpty)
        {
            throw Broken("the body ends within a chunk");
        }

        int count = (int)Math.Min(Math.Min(buffer.Length, available.Length), _leftInChunk);
        available.Slice(0, count).CopyTo(buffer.Span);
        source.AdvanceTo(available.GetPosition(count));
        _leftInChunk -= count;
        return count;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush()
    {
    }

    private async ValueTask<bool> BeginChunkAsync(CancellationToken cancellationToken)
    {
        if (_afterChunk && await ReadLineAsync(cancellationToken) is not "")
        {
            throw Broken("a chunk is longer than its length says");
        }

        string line = await ReadLineAsync(cancellationToken) ?? throw Broken("the last chunk, of length 0, is missing");
        if (!long.TryParse(line.Split(';')[0], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out _leftInChunk) || _leftInChunk < 0)
        {
            throw Broken("a chunk does not begin with its length in hex");
        }

        if (_leftInChunk == 0)
        {
            await ReadTrailersAsync(cancellationToken);
            _ended = true;
        }

        _afterChunk = true;
        return !_ended;
    }

    // Some clients end trailers with an empty line, some put one before the trailer's signature: read to the end.
    private async ValueTask ReadTrailersAsync(CancellationToken cancellationToken)
    {
        while (await ReadLineAsync(cancellationToken) is { } line)
        {
            int colon = line.IndexOf(':', StringComparison.Ordinal);
            if (colon > 0 && _trailers.Count < MaxTrailers)
            {
                _trailers[line[..colon].Trim()] = line[(colon + 1)..].Trim();
            }
            else if (line.Length > 0)
            {
                throw Broken("a trailer is not 'name:value', or there are too many");
            }
        }
    }

    /// <summary>The next line without its end; null at the end of the body.</summary>
    private async ValueTask<string?> ReadLineAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            ReadResult result = await source.ReadAsync(cancellationToken);
            ReadOnlySequence<byte> available = result.Buffer;
            if (available.PositionOf((byte)'\n') is { } newline)
            {
                string line = Encoding.ASCII.GetString(available.Slice(0, newline)).TrimEnd('\r');
                source.AdvanceTo(available.GetPosition(1, newline));
                return line;
            }

            if (available.Length > MaxLineBytes)
            {
                throw Broken("a line is too long");
            }

            if (result.IsCompleted)
            {
                string rest = Encoding.ASCII.GetString(available);
                source.AdvanceTo(available.End);
                return rest.Length == 0 ? null : rest;
            }

            source.AdvanceTo(available.Start, available.End);
        }
    }

    private static S3Exception Broken(string what) => new(400, "IncompleteBody", $"The body is not proper aws-chunked: {what}.");
}
