using ResizeImage.Imaging.Formats;

namespace ResizeImage.Imaging.Tests.Formats;

/// <summary>The vectors, compared with sample-by-sample code; the conformance tests check that the weights are libjpeg's.</summary>
public class FancyUpsamplingTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Every_length_gives_the_result_of_single_samples(bool rows)
    {
        var random = new Random(2);
        for (int length = 1; length <= 150; length++)
        {
            byte[] near = new byte[length + 2];
            byte[] far = new byte[length + 2];
            random.NextBytes(near);
            random.NextBytes(far);
            ushort[] blend = new ushort[length + 2];
            byte[] output = new byte[2 * length];
            FancyUpsampling.Blend(near, rows ? far : default, blend);
            FancyUpsampling.Across(blend, rows, output);
            for (int i = 0; i < output.Length; i++)
            {
                int column = (i / 2) + 1;
                int next = i % 2 == 0 ? column - 1 : column + 1;
                int expected = rows
                    ? ((9 * near[column]) + (3 * near[next]) + (3 * far[column]) + far[next] + (i % 2 == 0 ? 8 : 7)) / 16
                    : ((3 * near[column]) + near[next] + (i % 2 == 0 ? 1 : 2)) / 4;
                Assert.Equal(expected, output[i]);
            }

            byte[] down = new byte[length];
            FancyUpsampling.Down(near.AsSpan(0, length), far.AsSpan(0, length), 2, down);
            Assert.Equal(Enumerable.Range(0, length).Select(i => (byte)(((3 * near[i]) + far[i] + 2) / 4)), down);
        }
    }
}
