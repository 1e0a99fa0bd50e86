namespace ResizeImage.Storage;

/// <summary>A response body that fails when it stalls, and remembers whether it ended.</summary>
internal sealed class WatchedStream : Stream
{
    /// <summary>S3 delivers without pauses; a body that stalls this long will not continue.</summary>
    private static readonly TimeSpan StallLimit = TimeSpan.FromSeconds(5);

    private readonly Stream _body;
    private readonly CancellationToken _end;
    private readonly CancellationTokenSource _stall;
    private readonly CancellationTokenRegistration _endStall;

    /// <summary>Watches a body.</summary>
    /// <param name="body">Disposed of with the response that it belongs to.</param>
    /// <param name="clock">Measures stalls.</param>
    /// <param name="cancellationToken">Ends every read.</param>
    public WatchedStream(Stream body, TimeProvider clock, CancellationToken cancellationToken)
    {
        _body = body;
        _end = cancellationToken;
        _stall = new CancellationTokenSource(Timeout.InfiniteTimeSpan, clock);
        _endStall = cancellationToken.UnsafeRegister(static stall => ((CancellationTokenSource)stall!).Cancel(), _stall);
    }

    /// <summary>Whether a read found the end.</summary>
    public bool HasEnded { get; private set; }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <exception cref="IOException">The connection broke, or it stalled.</exception>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        // One timer for the whole body, stopped between reads: processing the data is not a stall.
        _stall.CancelAfter(StallLimit);
        try
        {
            int read = await _body.ReadAsync(buffer, _stall.Token);
            _stall.CancelAfter(Timeout.InfiniteTimeSpan);
            HasEnded |= read == 0 && buffer.Length > 0;
            return read;
        }
        catch (OperationCanceledException exception) when (!_end.IsCancellationRequested)
        {
            throw new IOException($"the body stalled for {StallLimit.TotalSeconds} s.", exception);
        }
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush() => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _endStall.Dispose();
            _stall.Dispose();
        }

        base.Dispose(disposing);
    }
}
