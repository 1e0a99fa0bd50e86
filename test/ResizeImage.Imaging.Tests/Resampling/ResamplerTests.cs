using ResizeImage.Imaging.Color;
using ResizeImage.Imaging.Pixels;
using ResizeImage.Imaging.Resampling;
using ResizeImage.Imaging.Tests.Support;

namespace ResizeImage.Imaging.Tests.Resampling;

/// <summary>The definition, in double precision and without any trick, judges the resampler.</summary>
public class ResamplerTests
{
    private static readonly FocusPoint Focus = new(0.4, 0.3);

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
        // The other layouts hold the same samples in another order; the JPEG, WebP and color tests go through them.
        foreach (PixelLayout layout in new[] { PixelLayout.Gray8, PixelLayout.Gray16, PixelLayout.Rgb8, PixelLayout.Rgb16, PixelLayout.Rgba8, PixelLayout.Rgba16 })
        {
            int channels = layout switch { PixelLayout.Gray8 or PixelLayout.Gray16 => 1, PixelLayout.Rgb8 or PixelLayout.Rgb16 => 3, _ => 4 };
            byte[] samples = TestPicture.Samples(width, height, channels, seed: width);
            ThumbnailPlan plan = ThumbnailPlan.Create(
                new ImageInfo(ImageFormat.Png, width, height, 1), [], new ThumbnailOptions { Width = targetWidth, Height = targetHeight, Fit = fit, Focus = ThumbnailFocus.At(Focus) });
            Bitmap actual = Resample(samples, width, channels, layout, plan);
            Func<int, int, double[]> expected = Definition(samples, (width, height), (actual.Width, actual.Height), channels, plan, fit == ThumbnailFit.Cover);
            for (int i = 0; i < actual.Samples.Length; i++)
            {
                (int pixel, int c) = (i / channels, i % channels);
                (int x, int y) = (pixel % actual.Width, pixel / actual.Width);
                double[] color = expected(x, y);
                bool invisible = channels == 4 && color[3] < 1.5;
                Assert.True(
                    invisible || Math.Abs(actual.Samples[i] - color[c]) < 0.51, $"{layout} at {x}, {y}, {c}: {actual.Samples[i]}, expected {color[c]}");
            }
        }
    }

    /// <summary>A wave of four output samples, compared with the kernel on all pixels.</summary>
    [Theory]
    [InlineData(2)]
    [InlineData(8)]
    public void Weights_restore_what_means_of_boxes_blur(int box)
    {
        const int Boxes = 384;
        const int Outputs = 128;
        double[] pixels = [.. Enumerable.Range(0, Boxes * box).Select(x => Math.Cos(2 * Math.PI * (x + 0.5) * Outputs / (4.0 * Boxes * box)))];
        double[] means = [.. pixels.Chunk(box).Select(pixel => pixel.Average())];
        double[] expected = Resampled(pixels, KernelMap.Create(pixels.Length, 0, pixels.Length, Outputs));
        double[] blurred = Resampled(means, KernelMap.Create(Boxes, 0, Boxes, Outputs));
        double[] restored = Resampled(means, KernelMap.Create(Boxes, 0, Boxes, Outputs, box));

        // Without the edges, where kernels are cut off.
        double Worst(double[] actual) => expected.Zip(actual, (e, a) => Math.Abs(e - a)).Skip(4).SkipLast(4).Max();
        Assert.InRange(Worst(blurred), 0.004, 1);
        Assert.InRange(Worst(restored), 0, 0.0005);
    }

    private static double[] Resampled(double[] samples, KernelMap map)
    {
        double[] result = new double[map.Outputs];
        for (int i = 0; i < result.Length; i++)
        {
            ReadOnlySpan<float> weights = map.Weights(i);
            for (int k = 0; k < weights.Length; k++)
            {
                result[i] += weights[k] * samples[map.Start(i) + k];
            }
        }

        return result;
    }

    [Fact]
    public void Planes_with_alpha_become_the_light_of_their_pixels()
    {
        const int Width = 37;
        byte[] planes = new byte[4 * Width];
        new Random(3).NextBytes(planes);
        byte[] rgba = new byte[4 * Width];
        for (int i = 0; i < Width; i++)
        {
            (rgba[4 * i], rgba[(4 * i) + 1], rgba[(4 * i) + 2]) = LibjpegColor.ToRgb(planes[i], planes[Width + i], planes[(2 * Width) + i]);
            rgba[(4 * i) + 3] = planes[(3 * Width) + i];
        }

        float[] expected = new float[4 * Width];
        float[] actual = new float[4 * Width];
        LinearRow.Convert(rgba, PixelLayout.Rgba8, ColorTransform.Srgb, expected);
        LinearRow.Convert(planes, PixelLayout.YCbCrA8, ColorTransform.Srgb, actual);
        Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, 4e-4f));
    }

    [Fact]
    public void A_missing_row_is_an_error_of_the_caller()
    {
        ThumbnailPlan plan = ThumbnailPlan.Create(new ImageInfo(ImageFormat.Png, 9, 9, 1), [], new ThumbnailOptions { Width = 9, Height = 9 });
        using Resampler resampler = new(plan, PixelLayout.Gray8, ColorTransform.Srgb, new WorkMeter());
        resampler.Add(new byte[9]);
        Assert.Throws<InvalidOperationException>(() => resampler.Finish());
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

    private static Bitmap Resample(byte[] samples, int width, int channels, PixelLayout layout, ThumbnailPlan plan)
    {
        DecodeWindow window = plan.Window;
        using Resampler resampler = new(plan, layout, ColorTransform.Srgb, new WorkMeter());
        for (int y = window.Y; y < window.Y + window.Height; y++)
        {
            byte[] row = samples[(((y * width) + window.X) * channels)..(((y * width) + window.X + window.Width) * channels)];

            // v × 257 is the same shade in 16 bits.
            resampler.Add(layout >= PixelLayout.Gray16 ? [.. row.SelectMany(sample => new[] { sample, sample })] : row);
        }

        return resampler.Finish();
    }

    /// <summary>The color of each resampled pixel, in codes, by the definition of the fit, of boxes and of Lanczos3.</summary>
    private static Func<int, int, double[]> Definition(
        byte[] samples, (int Width, int Height) source, (int Width, int Height) target, int channels, ThumbnailPlan plan, bool isCover)
    {
        double[] light = Light(samples, channels);
        (int boxedWidth, int boxedHeight) = source;
        if (plan.HasBoxes)
        {
            (light, boxedWidth, boxedHeight) = Average(light, source.Width, source.Height, plan.BoxWidth, plan.BoxHeight);
        }

        double stepX = (double)source.Width / target.Width;
        double stepY = (double)source.Height / target.Height;
        (stepX, stepY) = isCover ? (Math.Min(stepX, stepY), Math.Min(stepX, stepY)) : (stepX, stepY);
        (double middleX, double middleY) = isCover
            ? (Middle(Focus.X, source.Width, target.Width * stepX), Middle(Focus.Y, source.Height, target.Height * stepY))
            : (source.Width / 2.0, source.Height / 2.0);
        return (x, y) => Pixel(
            light,
            boxedWidth,
            boxedHeight,
            (middleX + ((x + 0.5 - (target.Width / 2.0)) * stepX)) / plan.BoxWidth,
            (middleY + ((y + 0.5 - (target.Height / 2.0)) * stepY)) / plan.BoxHeight,
            Kernel(Math.Max(1, stepX / plan.BoxWidth), plan.BoxWidth),
            Kernel(Math.Max(1, stepY / plan.BoxHeight), plan.BoxHeight));
    }

    /// <summary>The middle of a crop: the focus, as far as the image reaches.</summary>
    private static double Middle(double focus, int length, double crop) => Math.Max(crop / 2, Math.Min(length - (crop / 2), focus * length));

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

    /// <summary>Lanczos, minus a part of its second difference where samples are means of boxes.</summary>
    private static Func<double, double> Kernel(double stretch, int box) => x =>
    {
        double Lanczos(double offset) => IdealResampler.Lanczos((x + offset) / stretch);
        return Lanczos(0) - ((1 - (1.0 / (box * box))) / 24 * (Lanczos(-1) - (2 * Lanczos(0)) + Lanczos(1)));
    };

    /// <summary>One resampled pixel, in code values: Lanczos in linear light, alpha premultiplied, the kernel cut off at the edges.</summary>
    private static double[] Pixel(
        double[] light, int width, int height, double centerX, double centerY, Func<double, double> kernelX, Func<double, double> kernelY)
    {
        double[] sum = new double[4];
        double weights = 0;
        for (int y = 0; y < height; y++)
        {
            double weightY = kernelY(y + 0.5 - centerY);
            for (int x = 0; weightY != 0 && x < width; x++)
            {
                double weight = weightY * kernelX(x + 0.5 - centerX);
                for (int c = 0; c < 4; c++)
                {
                    sum[c] += weight * light[(((y * width) + x) * 4) + c];
                }

                weights += weight;
            }
        }

        return [IdealResampler.ToCode(sum[0] / sum[3]), IdealResampler.ToCode(sum[1] / sum[3]), IdealResampler.ToCode(sum[2] / sum[3]), Math.Clamp(255 * sum[3] / weights, 0, 255)];
    }
}
