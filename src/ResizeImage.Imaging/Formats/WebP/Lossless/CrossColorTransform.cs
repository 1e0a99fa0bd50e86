using System.Numerics;

namespace ResizeImage.Imaging.Formats.WebP;

/// <summary>The color transform: the encoder subtracted shares of green from red, and of green and red from blue (RFC 9649, 3.5.2).</summary>
/// <param name="width">Width of the image.</param>
/// <param name="blocks">For each block, red to blue, green to blue and green to red as the bytes red, green and blue; signed, in 32nds.</param>
internal sealed class CrossColorTransform(int width, BlockImage blocks) : LosslessTransform
{
    private readonly uint[] _row = new uint[width];
    private int _y;

    public override ReadOnlySpan<uint> Undo(ReadOnlySpan<uint> row)
    {
        ReadOnlySpan<uint> shares = blocks.Values.AsSpan((_y >> blocks.Bits) * blocks.Across, blocks.Across);
        int size = 1 << blocks.Bits;
        for (int x = 0, block = 0; x < _row.Length; x += size, block++)
        {
            int count = Math.Min(size, _row.Length - x);
            Undo(shares[block], row.Slice(x, count), _row.AsSpan(x, count));
        }

        _y++;
        return _row;
    }

    private static void Undo(uint shares, ReadOnlySpan<uint> row, Span<uint> output)
    {
        int greenToRed = (sbyte)shares;
        int greenToBlue = (sbyte)(shares >> 8);
        int redToBlue = (sbyte)(shares >> 16);
        int i = 0;
        for (; i <= output.Length - Vector<int>.Count; i += Vector<int>.Count)
        {
            Vector<int> argb = Vector.AsVectorInt32(new Vector<uint>(row[i..]));
            Vector<int> green = SignedByte(argb, 16);
            Vector<int> red = (argb >> 16) + ((green * greenToRed) >> 5);
            Vector<int> blue = argb + ((green * greenToBlue) >> 5) + ((SignedByte(red, 24) * redToBlue) >> 5);
            Vector<int> result = (argb & new Vector<int>(unchecked((int)0xFF00FF00)))
                | ((red & new Vector<int>(0xFF)) << 16)
                | (blue & new Vector<int>(0xFF));
            Vector.AsVectorUInt32(result).CopyTo(output[i..]);
        }

        for (; i < output.Length; i++)
        {
            uint argb = row[i];
            int green = (sbyte)(argb >> 8);
            int red = (int)(argb >> 16) + ((green * greenToRed) >> 5);
            int blue = (int)argb + ((green * greenToBlue) >> 5) + (((sbyte)red * redToBlue) >> 5);
            output[i] = (argb & 0xFF00FF00) | ((uint)(red & 0xFF) << 16) | (uint)(blue & 0xFF);
        }
    }

    /// <summary>The byte that is <paramref name="below"/> bits below the highest position, with its sign.</summary>
    private static Vector<int> SignedByte(Vector<int> value, int below) => (value << below) >> 24;
}
