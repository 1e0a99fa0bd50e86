using ResizeImage.Imaging.Color;
using ResizeImage.Imaging.Formats;
using ResizeImage.Imaging.Resampling;
using ResizeImage.Imaging.Tests.Support;

namespace ResizeImage.Imaging.Tests.Resampling;

/// <summary>The definition, in double precision and without any trick, judges the resampler.</summary>
public class ResamplerTests
{
    public static TheoryData<int, int, int, int, ThumbnailFit> Cases => new()
    {
        { 400, 300, 20, 20, ThumbnailFit.Cover },
        { 400, 300, 20, 20, ThumbnailFit.Inside },
        { 30, 20, 50, 50, ThumbnailFit.Cover },
        { 101, 67, 33, 21, ThumbnailFit.Fill },
        { 1, 1, 7, 7, ThumbnailFit.Cover },
        { 3, 200, 5, 9, ThumbnailFit.Cover },
        { 200, 200, 200, 200, ThumbnailFit.Cover },
        { 999, 2, 10, 10, ThumbnailFit.Contain },
        { 2, 999, 10, 10, ThumbnailFit.Inside },
        { 997, 41, 20, 20, ThumbnailFit.Fill },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Agrees_with_the_definition(int width, int height, int targetWidth, int targetHeight, ThumbnailFit fit)
    {
        foreach (PixelLayout layout in Enum.GetValues<PixelLayout>())
        {
            if (layout is PixelLayout.Rgbx8 or PixelLayout.YCbCr8 or PixelLayout.Cmyk8)
            {
                continue; // as Rgb8 to the definition; the JPEG and color tests go through them
            }

            int channels = layout switch { PixelLayout.Gray8 or PixelLayout.Gray16 => 1, PixelLayout.Rgb8 or PixelLayout.Rgb16 => 3, _ => 4 };
            byte[] samples = TestPicture.Samples(width, height, channels, seed: width);
            var plan = ThumbnailPlan.Create(
                new ImageInfo(ImageFormat.Png, width, height, 1), [], new ThumbnailOptions { Width = targetWidth, Height = targetHeight, Fit = fit });
            Bitmap actual = Resampler.Run(new Rows(layout, width, samples, channels, plan.Window), plan, ColorTransform.Srgb, new WorkMeter());

            double[] light = Light(samples, channels);
            (int boxedWidth, int boxedHeight) = (width, height);
            if (plan.HasBoxes)
            {
                (light, boxedWidth, boxedHeight) = Average(light, width, height, plan.BoxWidth, plan.BoxHeight);
            }

            // Where the whole picture lies in the resampled one.
            double zoom = fit == ThumbnailFit.Cover
                ? Math.Max((double)targetWidth / width, (double)targetHeight / height)
                : Math.Min((double)targetWidth / width, (double)targetHeight / height);
            zoom = fit == ThumbnailFit.Inside ? Math.Min(zoom, 1) : zoom;
            double stepX = fit == ThumbnailFit.Cover ? 1 / zoom : (double)width / actual.Width;
            double stepY = fit == ThumbnailFit.Cover ? 1 / zoom : (double)height / actual.Height;
            for (int y = 0; y < actual.Height; y++)
            {
                for (int x = 0; x < actual.Width; x++)
                {
                    double centerX = (width / 2.0) + ((x + 0.5 - (actual.Width / 2.0)) * stepX);
                    double centerY = (height / 2.0) + ((y + 0.5 - (actual.Height / 2.0)) * stepY);
                    double[] expected = Pixel(
                        light,
                        boxedWidth,
                        boxedHeight,
                        centerX / plan.BoxWidth,
                        centerY / plan.BoxHeight,
                        Math.Max(1, stepX / plan.BoxWidth),
                        Math.Max(1, stepY / plan.BoxHeight));
                    for (int c = 0; c < channels; c++)
                    {
                        byte sample = actual.Samples[(((y * actual.Width) + x) * channels) + c];
                        bool invisible = channels == 4 && expected[3] < 1.5;
                        Assert.True(invisible || Math.Abs(sample - expected[c]) < 0.51, $"{layout} at {x}, {y}, {c}: {sample}, expected {expected[c]}");
                    }
                }
            }
        }
    }

    [Fact]
    public void Every_code_survives_the_way_to_linear_light_and_back()
    {
        for (int code = 0; code < 256; code++)
        {
            Assert.Equal(code, SrgbTransfer.ToByte(SrgbTransfer.FromByte[code]));
            Assert.Equal(code, SrgbTransfer.ToByte((float)SrgbTransfer.Decode((code - 0.499) / 255)));
            Assert.Equal(code, SrgbTransfer.ToByte((float)SrgbTransfer.Decode((code + 0.499) / 255)));
        }

        Assert.Equal(0, SrgbTransfer.ToByte(float.NaN));
        Assert.Equal(0, SrgbTransfer.ToByte(-5));
        Assert.Equal(255, SrgbTransfer.ToByte(5));
    }

    /// <summary>Four values a pixel: linear light, alpha premultiplied.</summary>
    private static double[] Light(byte[] samples, int channels)
    {
        double[] light = new double[samples.Length / channels * 4];
        for (int i = 0; i < light.Length; i++)
        {
            int at = i / 4 * channels;
            double alpha = channels == 4 ? samples[at + 3] / 255.0 : 1;
            light[i] = i % 4 == 3 ? alpha : alpha * SrgbTransfer.Decode(samples[at + Math.Min(i % 4, channels - 1)] / 255.0);
        }

        return light;
    }

    /// <summary>The means of boxes of pixels; of those that are there, at the right and bottom edges.</summary>
    private static (double[] Light, int Width, int Height) Average(double[] light, int width, int height, int boxColumns, int boxRows)
    {
        int boxedWidth = (width + boxColumns - 1) / boxColumns;
        int boxedHeight = (height + boxRows - 1) / boxRows;
        double[] sums = new double[boxedWidth * boxedHeight * 4];
        int[] counts = new int[sums.Length];
        for (int i = 0; i < light.Length; i++)
        {
            (int x, int y) = (i / 4 % width, i / 4 / width);
            int at = (((y / boxRows * boxedWidth) + (x / boxColumns)) * 4) + (i % 4);
            sums[at] += light[i];
            counts[at]++;
        }

        return ([.. sums.Select((sum, i) => sum / counts[i])], boxedWidth, boxedHeight);
    }

    /// <summary>One resampled pixel, in code values: Lanczos in linear light, alpha premultiplied, the kernel cut off at the edges.</summary>
    private static double[] Pixel(
        double[] light, int width, int height, double centerX, double centerY, double stretchX, double stretchY)
    {
        double[] sum = new double[4];
        double weights = 0;
        for (int y = 0; y < height; y++)
        {
            double weightY = IdealResampler.Lanczos((y + 0.5 - centerY) / stretchY);
            for (int x = 0; weightY != 0 && x < width; x++)
            {
                double weight = weightY * IdealResampler.Lanczos((x + 0.5 - centerX) / stretchX);
                for (int c = 0; c < 4; c++)
                {
                    sum[c] += weight * light[(((y * width) + x) * 4) + c];
                }

                weights += weight;
            }
        }

        return [IdealResampler.ToCode(sum[0] / sum[3]), IdealResampler.ToCode(sum[1] / sum[3]), IdealResampler.ToCode(sum[2] / sum[3]), Math.Clamp(255 * sum[3] / weights, 0, 255)];
    }

    /// <summary>Delivers 8-bit samples in any layout.</summary>
    private sealed class Rows(PixelLayout layout, int width, byte[] samples, int channels, DecodeWindow window) : RowReader
    {
        private int _y = window.Y;

        public override PixelLayout Layout => layout;

        public override void ReadRow(Span<byte> row)
        {
            ReadOnlySpan<byte> source = samples.AsSpan(((_y++ * width) + window.X) * channels, window.Width * channels);
            int bytes = layout >= PixelLayout.Gray16 ? 2 : 1;
            for (int i = 0; i < source.Length; i++)
            {
                row.Slice(i * bytes, bytes).Fill(source[i]); // v × 257 is the same shade in 16 bits
            }
        }
    }
}
