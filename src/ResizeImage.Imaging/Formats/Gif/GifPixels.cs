namespace ResizeImage.Imaging.Formats.Gif;

/// <summary>The pixels of a frame as they are stored, cut into rows.</summary>
internal sealed class GifPixels
{
    // Pixels decoded at once: few enough for a processor's cache, enough that little is moved.
    private const int Batch = 32 << 10;

    private readonly GifLzwDecoder _decoder;
    private readonly int _width;
    private readonly byte[] _buffer;
    private readonly WorkMeter _work;
    private int _start;
    private int _end;

    public GifPixels(ByteSource file, GifFrame frame)
    {
        _decoder = new(new GifCodeReader(file, frame.DataOffset), frame.MinCodeSize);
        _width = frame.Width;
        _work = file.Work;
        _buffer = new byte[BufferBytes(frame)];
    }

    /// <summary>Bytes of held pixels.</summary>
    public static int BufferBytes(GifFrame frame) => Math.Max(frame.Width, Batch) + GifLzwDecoder.LongestString;

    /// <summary>The next row, an index a pixel. Shorter than a row, or empty, where the data ends. Valid until the next call.</summary>
    public ReadOnlySpan<byte> ReadRow()
    {
        _work.Check();
        if (_end - _start < _width && !_decoder.Ended)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            _end -= _start;
            _start = 0;
            _end += _decoder.Decode(_buffer.AsSpan(_end));
        }

        int count = Math.Min(_width, _end - _start);
        _start += count;
        return _buffer.AsSpan(_start - count, count);
    }
}
