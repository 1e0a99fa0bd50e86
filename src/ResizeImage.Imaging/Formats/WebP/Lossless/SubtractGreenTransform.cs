using System.Numerics;

namespace ResizeImage.Imaging.Formats.WebP;

/// <summary>The subtract green transform: green was subtracted from red and blue (RFC 9649, 3.5.3).</summary>
internal sealed class SubtractGreenTransform(int width) : LosslessTransform
{
    private readonly uint[] _row = new uint[width];

    public override ReadOnlySpan<uint> Undo(ReadOnlySpan<uint> row)
    {
        Span<uint> output = _row;
        int i = 0;
        for (; i <= output.Length - Vector<uint>.Count; i += Vector<uint>.Count)
        {
            var argb = new Vector<uint>(row[i..]);
            Vector<uint> green = (argb >>> 8) & new Vector<uint>(0xFF);
            Vector<byte> sum = Vector.AsVectorByte(argb) + Vector.AsVectorByte(green | (green << 16));
            Vector.AsVectorUInt32(sum).CopyTo(output[i..]);
        }

        for (; i < output.Length; i++)
        {
            uint green = (row[i] >> 8) & 0xFF;
            output[i] = (row[i] & 0xFF00FF00) | (((row[i] & 0x00FF00FF) + (green | (green << 16))) & 0x00FF00FF);
        }

        return output;
    }
}
