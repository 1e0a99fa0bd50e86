using System.Buffers.Binary;

namespace ResizeImage.Imaging.Color;

/// <summary>A curve of values at even steps, linear between them; read in place.</summary>
/// <param name="samples">Big-endian, at least one.</param>
/// <param name="bytes">Bytes of a sample, 1 or 2.</param>
internal sealed class SampledCurve(ReadOnlyMemory<byte> samples, int bytes) : ToneCurve
{
    private readonly int _last = (samples.Length / bytes) - 1;

    /// <inheritdoc/>
    protected override double Evaluate(double x)
    {
        double position = Math.Clamp(x, 0, 1) * _last;
        int low = (int)position;
        double value = SampleAt(low);
        return value + ((position - low) * (SampleAt(Math.Min(low + 1, _last)) - value));
    }

    private double SampleAt(int index) => bytes == 1
        ? samples.Span[index] / 255.0
        : BinaryPrimitives.ReadUInt16BigEndian(samples.Span[(2 * index)..]) / 65535.0;
}
