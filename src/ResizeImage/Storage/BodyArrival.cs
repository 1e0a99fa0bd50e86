using Amazon.S3.Model;
using ResizeImage.Imaging;

namespace ResizeImage.Storage;

/// <summary>
/// The body of a GET that a decoder pulls while it works. What the decoder has not asked for waits in the socket's buffer, so the download goes
/// on beside the decoding without another thread. A body that breaks off continues with another GET from where it broke.
/// </summary>
internal sealed class BodyArrival : IArrival, IDisposable
{
    private readonly Func<int, Exception, Task<ResumedBody>> _resume;
    private readonly byte[] _buffer;
    private readonly int _length;
    private readonly TimeProvider _clock;
    private readonly CancellationToken _end;
    private GetObjectResponse _response;
    private WatchedStream _body;
    private int _filled;

    /// <summary>Bytes to come that are in the buffer already.</summary>
    private int _repeated;

    /// <param name="response">The answer to the GET, disposed with this.</param>
    /// <param name="resume">Gets the bytes from an offset on, after a failure.</param>
    /// <param name="buffer">Longer than the body.</param>
    /// <param name="length">Of the body, as announced.</param>
    /// <param name="clock">Measures stalls.</param>
    /// <param name="cancellationToken">Ends every read.</param>
    public BodyArrival(
        GetObjectResponse response, Func<int, Exception, Task<ResumedBody>> resume, byte[] buffer, int length, TimeProvider clock, CancellationToken cancellationToken)
    {
        (_response, _resume, _buffer, _length, _clock, _end) = (response, resume, buffer, length, clock, cancellationToken);
        _body = new WatchedStream(response.ResponseStream, clock, cancellationToken);
    }

    /// <summary>The time that decoders have waited.</summary>
    public TimeSpan Waited { get; private set; }

    /// <inheritdoc/>
    /// <exception cref="StorageException">S3 refused, or the connection broke too often.</exception>
    /// <exception cref="PhotoChangedException">The object is another one now, and this body cannot be completed.</exception>
    /// <exception cref="OperationCanceledException">The photo's time is up.</exception>
    public int WaitFor(int count)
    {
        if (_filled >= count)
        {
            return _filled;
        }

        long start = _clock.GetTimestamp();
        try
        {
            while (_filled < count)
            {
                // Complete in most cases, because the bytes are in the socket's buffer: then no thread waits.
                ValueTask read = ReadAsync();
                if (!read.IsCompletedSuccessfully)
                {
                    read.AsTask().GetAwaiter().GetResult();
                }
            }

            return _filled;
        }
        finally
        {
            Waited += _clock.GetElapsedTime(start);
        }
    }

    /// <summary>A body that is not as long as announced.</summary>
    /// <param name="announced">Its Content-Length.</param>
    /// <param name="came">The bytes that came, or that many at least.</param>
    public static IOException WrongLength(int announced, int came) =>
        new($"{announced} bytes were announced, and {(came > announced ? "more" : $"only {came}")} came.");

    public void Dispose()
    {
        _body.Dispose();
        _response.Dispose();
    }

    private async ValueTask ReadAsync()
    {
        Exception failure;
        try
        {
            // One byte more than the length, so that a body longer than announced shows.
            int start = _filled - _repeated;
            int read = await _body.ReadAsync(_buffer.AsMemory(start, _repeated > 0 ? _repeated : _length + 1 - _filled), _end);
            if (read > 0 && start + read <= _length)
            {
                _repeated -= Math.Min(_repeated, read);
                _filled = Math.Max(_filled, start + read);
                return;
            }

            failure = WrongLength(_length, start + read);
        }
        catch (Exception exception) when (StorageException.IsStorageFailure(exception))
        {
            failure = exception;
        }

        await ResumeAsync(failure);
    }

    private async Task ResumeAsync(Exception failure)
    {
        Dispose();
        ResumedBody resumed = await _resume(_filled, failure);
        _response = resumed.Response;
        _repeated = resumed.IsWhole ? _filled : 0;
        _body = new WatchedStream(_response.ResponseStream, _clock, _end);
    }
}

/// <summary>The answer to a GET from an offset on.</summary>
/// <param name="Response">Disposed by its reader.</param>
/// <param name="IsWhole">True if the store ignored the offset: the body is that of the whole object.</param>
internal sealed record ResumedBody(GetObjectResponse Response, bool IsWhole);
