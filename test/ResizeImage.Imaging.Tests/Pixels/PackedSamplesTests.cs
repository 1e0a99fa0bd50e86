using ResizeImage.Imaging.Pixels;

namespace ResizeImage.Imaging.Tests.Pixels;

public class PackedSamplesTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    public void Samples_from_any_offset_are_those_of_the_definition(int bits)
    {
        byte[] packed = new byte[40];
        new Random(bits).NextBytes(packed);
        string all = string.Concat(packed.Select(b => Convert.ToString(b, 2).PadLeft(8, '0')));
        int count = all.Length / bits;
        byte[] expected = [.. Enumerable.Range(0, count).Select(i => Convert.ToByte(all.Substring(i * bits, bits), 2))];
        for (int first = 0; first < 20; first++)
        {
            for (int length = 0; length <= count - first; length++)
            {
                byte[] samples = new byte[length];
                PackedSamples.Unpack(packed, bits, first, samples);
                Assert.Equal(expected[first..(first + length)], samples);
            }
        }
    }
}
