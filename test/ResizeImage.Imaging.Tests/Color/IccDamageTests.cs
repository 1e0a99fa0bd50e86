using System.Buffers.Binary;
using ResizeImage.Imaging.Color;

namespace ResizeImage.Imaging.Tests.Color;

/// <summary>The engine uses corrupt profiles as far as possible, or ignores them with a note; it never throws.</summary>
public class IccDamageTests
{
    [Fact]
    public void Undamaged_profiles_are_used()
    {
        foreach ((ColorModel model, byte[] profile) in IccProfiles.Small)
        {
            Assert.Null(Use(profile, model));
        }
    }

    [Fact]
    public void Every_truncation()
    {
        int ignored = 0;
        foreach ((ColorModel model, byte[] profile) in IccProfiles.Small)
        {
            // From 1 on: an empty one is none.
            for (int length = 1; length < profile.Length; length += length < 1000 ? 1 : 7)
            {
                ignored += Use(profile[..length], model) is null ? 0 : 1;
            }

            Assert.NotNull(Use(profile[..200], model));
        }

        Assert.True(ignored > 1000, $"{ignored}");
    }

    [Fact]
    public void Random_damage()
    {
        var random = new Random(3);
        int ignored = 0;
        foreach ((ColorModel model, byte[] profile) in IccProfiles.Small)
        {
            for (int i = 0; i < 3000; i++)
            {
                byte[] damaged = [.. profile];
                for (int changes = random.Next(1, 6); changes > 0; changes--)
                {
                    // Mostly where the structure is.
                    int at = random.Next(2) == 0 ? random.Next(Math.Min(400, profile.Length)) : random.Next(profile.Length);
                    damaged[at] = random.Next(3) == 0 ? (byte)255 : (byte)random.Next(256);
                }

                ignored += Use(damaged, model) is null ? 0 : 1;
            }
        }

        Assert.InRange(ignored, 1000, 3000 * IccProfiles.Small.Length);
    }

    [Theory]
    [InlineData("RGB ", 3)]
    [InlineData("CMYK", 4)]
    public void A_grid_larger_than_the_profile_costs_nothing(string model, int channels)
    {
        byte[] lut = IccFile.Lut(2, channels, 2, x => x, x => x[..3], x => x);
        lut[10] = 255;
        byte[] aToB = IccFile.AToB(channels, IccFile.Gamma(1), 2, 2, x => x[..3], null, null, IccFile.Gamma(1));
        aToB.AsSpan(BinaryPrimitives.ReadInt32BigEndian(aToB.AsSpan(24)), channels).Fill(255);
        foreach (byte[] tag in (byte[][])[lut, aToB])
        {
            byte[] profile = IccFile.Of(4, model, "Lab ", ("A2B0", tag));
            long before = GC.GetAllocatedBytesForCurrentThread();
            Assert.NotNull(Use(profile, channels == 3 ? ColorModel.Rgb : ColorModel.Cmyk));
            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 100_000);
        }
    }

    [Fact]
    public void Tags_outside_the_profile_are_missing()
    {
        byte[] profile = IccFile.Rgb(2, IccFile.AdobeRgb, IccFile.Gamma(2.2));
        foreach (uint value in (uint[])[0x7FFFFFFF, 0x80000000, 0xFFFFFFFF, (uint)profile.Length, (uint)profile.Length - 1])
        {
            foreach (int field in (int[])[4, 8])
            {
                byte[] damaged = [.. profile];
                BinaryPrimitives.WriteUInt32BigEndian(damaged.AsSpan(132 + field), value);
                Assert.Equal("The image's ICC profile was ignored: what it says is incomplete or corrupt. Its colors may be off.", Use(damaged, ColorModel.Rgb));
            }
        }

        BinaryPrimitives.WriteUInt32BigEndian(profile.AsSpan(128), uint.MaxValue); // the count of tags
        Assert.Null(Use(profile, ColorModel.Rgb));
    }

    [Theory]
    [InlineData(36, 'x', "it is no profile")]
    [InlineData(8, 5, "it is of version 5; 2 and 4 are read")]
    [InlineData(16, 'L', "it is for a kind of color that the image cannot have")]
    [InlineData(20, 'R', "it does not describe a device")]
    public void A_refused_profile_is_ignored_with_the_reason(int at, int value, string problem)
    {
        byte[] profile = IccFile.Rgb(2, IccFile.AdobeRgb, IccFile.Gamma(2.2));
        profile[at] = (byte)value;
        Assert.Equal($"The image's ICC profile was ignored: {problem}. Its colors may be off.", Use(profile, ColorModel.Rgb));
    }

    [Fact]
    public void Absurd_curves_stay_within_zero_to_one()
    {
        const double Huge = 32767;
        foreach (double[] parameters in (double[][])[[Huge, Huge, Huge, Huge, 0.5], [-Huge, 1, 0, -Huge, 0.5], [0.5, -1, 0, 1, 0], [-1, 0, 0, 0, 0]])
        {
            ColorTransform color = ColorEncoding.OfIccProfile(IccFile.Rgb(4, IccFile.AdobeRgb, IccFile.Parametric(3, parameters))).ToTransform(ColorModel.Rgb);
            foreach (float value in color.Curves.Red.FromByte)
            {
                Assert.InRange(value, 0f, 1f);
            }
        }
    }

    private static string? Use(byte[] profile, ColorModel model) => Conversion.Try(profile, model).Note;
}
