using ResizeImage.Imaging.Formats;
using ResizeImage.Imaging.Formats.Deflate;

namespace ResizeImage.Imaging.Tests.Formats.Png;

public class InflateMatchTests
{
    [Fact]
    public void A_match_repeats_what_is_the_distance_before()
    {
        const int At = 100;
        byte[] before = new byte[At + DeflateAlphabet.MaxLength + InflateMatch.Overhang];
        new Random(3).NextBytes(before);
        for (int distance = 1; distance <= At; distance++)
        {
            for (int length = 1; length <= DeflateAlphabet.MaxLength; length++)
            {
                byte[] expected = [.. before];
                for (int i = 0; i < length; i++)
                {
                    expected[At + i] = expected[At + i - distance];
                }

                byte[] output = [.. before];
                InflateMatch.Copy(new UncheckedSpan<byte>(output), At, distance, length);
                Assert.Equal(expected.AsSpan(0, At + length), output.AsSpan(0, At + length));
            }
        }
    }
}
