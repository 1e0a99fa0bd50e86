using ResizeImage.Imaging.Formats;

namespace ResizeImage.Imaging.Tests.Support;

/// <summary>A file that arrives in pieces, and no sooner than a decoder waits for it. What has not arrived is wrong in every bit.</summary>
/// <param name="file">The whole file.</param>
/// <param name="piece">Bytes of a piece; 0 for random sizes.</param>
internal sealed class SlowFile(byte[] file, int piece) : IArrival
{
    private readonly byte[] _buffer = Array.ConvertAll(file, value => (byte)~value);
    private readonly Random _random = new(file.Length);

    /// <summary>Bytes that have arrived.</summary>
    public int Arrived { get; private set; }

    public ByteSource Source(WorkMeter work) => new(_buffer, work, this);

    public int WaitFor(int count)
    {
        while (Arrived < count)
        {
            int length = Math.Min(piece > 0 ? piece : 1 << _random.Next(18), file.Length - Arrived);
            file.AsSpan(Arrived, length).CopyTo(_buffer.AsSpan(Arrived));
            Arrived += length;
        }

        return Arrived;
    }
}
