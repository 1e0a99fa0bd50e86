using ResizeImage.Imaging.Color;
using ResizeImage.Imaging.Formats;
using ResizeImage.Imaging.Pixels;
using static ResizeImage.Imaging.Tests.Formats.Heif.HeifFile;
using static ResizeImage.Imaging.Tests.Formats.Heif.HeifRead;
using static ResizeImage.Imaging.Tests.Formats.Heif.PaintCodec;

namespace ResizeImage.Imaging.Tests.Formats.Heif;

/// <summary>Pixels of grids against whole planes and the formulas of H.273.</summary>
public class HeifRowTests
{
    public static TheoryData<int, int, int, int> Shapes
    {
        get
        {
            TheoryData<int, int, int, int> shapes = [];
            foreach (int chroma in (int[])[0, 1, 2, 3])
            {
                foreach ((int luma, int ofChroma) in ((int, int)[])[(8, 8), (10, 10), (12, 9)])
                {
                    foreach (int columns in (int[])[1, 3])
                    {
                        shapes.Add(chroma, luma, ofChroma, columns);
                    }
                }
            }

            return shapes;
        }
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Windows_of_grids_are_as_whole_planes(int chroma, int lumaBits, int chromaBits, int columns)
    {
        PictureHeader tile = new(70, 38, (ChromaFormat)chroma, lumaBits, chromaBits, new VideoSignal(1, 13, 9, IsFullRange: true));
        (int width, int height) = ((70 * columns) - 5, 71);
        Random random = new(chroma + lumaBits + columns);
        foreach (int step in (int[])[1, 5, 64])
        {
            HeifFile file = new HeifFile().Item(1, "grid", Grid(2, columns, width, height)).Reference("dimg", 1, [.. Enumerable.Range(2, 2 * columns).Select(id => (uint)id)]);
            for (int i = 0; i < 2 * columns; i++)
            {
                file.Item((uint)(i + 2), "hvc1", Pattern(i), HvcC(tile, step));
            }

            Planes planes = new(tile, columns, width, height);
            for (int i = 0; i < 12; i++)
            {
                (int x, int y) = i < 2 ? (0, 0) : (random.Next(width), random.Next(height));
                DecodeWindow window = new(8, x, y, i < 2 ? width : 1 + random.Next(width - x), i < 2 ? height : 1 + random.Next(height - y)) { WillBeDownscaled = i % 4 < 2 };
                AssertSame(planes, Open(file), window);
            }
        }
    }

    [Theory]
    [InlineData(0)] // GBR
    [InlineData(8)] // YCgCo
    public void Other_matrices_become_RGB(int matrix)
    {
        foreach (bool isFull in (bool[])[true, false])
        {
            PictureHeader header = new(5, 3, ChromaFormat.Yuv444, 8, 8, new VideoSignal(1, 13, matrix, isFull));
            (PixelLayout layout, byte[] rows, _) = Rows(Open(new HeifFile().Item(1, "hvc1", Flat(100, 90, 150), HvcC(header))));
            Assert.Equal(PixelLayout.Rgb8, layout);
            double y = isFull ? 100 : (100 - 16) * 255 / 219.0;
            double chroma = isFull ? 1 : 255 / 224.0;
            (double cg, double co) = ((90 - 128) * chroma, (150 - 128) * chroma);
            double[] expected = matrix == 8 ? [y - cg + co, y + cg, y - cg - co]
                : isFull ? [150, 100, 90] : [(150 - 16) * 255 / 219.0, y, (90 - 16) * 255 / 219.0];
            Assert.Equal(expected.Select(value => (byte)Math.Round(Math.Clamp(value, 0, 255))), rows[..3]);
        }
    }

    [Fact]
    public void Gray_and_its_limited_range()
    {
        foreach ((int bits, bool isFull, int code, int expected) in ((int, bool, int, int)[])[(8, true, 77, 77), (8, false, 16, 0), (8, false, 235, 255), (8, false, 250, 255), (8, false, 126, 128)])
        {
            PictureHeader header = new(4, 2, ChromaFormat.Monochrome, bits, bits, new VideoSignal(2, 2, 2, isFull));
            (PixelLayout layout, byte[] rows, _) = Rows(Open(new HeifFile().Item(1, "hvc1", Flat(code, 0, 0), HvcC(header))));
            Assert.Equal(PixelLayout.Gray8, layout);
            Assert.All(rows, sample => Assert.Equal(expected, sample));
        }
    }

    private static void AssertSame(Planes planes, ImageDecoder decoder, DecodeWindow window)
    {
        (PixelLayout layout, byte[] rows, string? note) = Rows(decoder, window);
        Assert.Null(note);
        int stride = window.Width * layout.BytesPerPixel();
        for (int y = 0; y < window.Height; y++)
        {
            for (int x = 0; x < window.Width; x++)
            {
                for (int c = 0; c < (planes.Header.Chroma == 0 ? 1 : 3); c++)
                {
                    int actual = layout switch
                    {
                        PixelLayout.Gray8 => rows[(y * stride) + x],
                        PixelLayout.YCbCr8 => rows[(y * stride) + (c * window.Width) + x],
                        PixelLayout.Gray16 => BitConverter.ToUInt16(rows, (y * stride) + (2 * x)),
                        _ => BitConverter.ToUInt16(rows, (y * stride) + (6 * x) + (2 * c)),
                    };
                    double expected = planes.Pixel(window, window.X + x, window.Y + y, c, decoder.YCbCr);
                    Assert.True(Math.Abs(actual - expected) <= (layout is PixelLayout.Gray8 or PixelLayout.YCbCr8 ? 0 : 0.51), $"{window} {layout}: plane {c} at {x}, {y} is {actual}, not {expected}");
                }
            }
        }
    }

    /// <summary>The slow way: each sample by its coordinates.</summary>
    private sealed record Planes(PictureHeader Header, int Columns, int Width, int Height)
    {
        public double Pixel(DecodeWindow window, int x, int y, int channel, YCbCrMatrix matrix)
        {
            bool isWide = Header.LumaBits > 8;
            int luma = At(0, x, y);
            int[] samples = Header.Chroma == 0 ? [luma] : [luma, Chroma(window, 1, x, y), Chroma(window, 2, x, y)];
            if (!isWide)
            {
                return samples[channel];
            }

            double full = luma / (double)((1 << Header.LumaBits) - 1);
            if (Header.Chroma == 0)
            {
                return 65535 * full;
            }

            double cb = (samples[1] - (1 << (Header.ChromaBits - 1))) / (double)((1 << Header.ChromaBits) - 1);
            double cr = (samples[2] - (1 << (Header.ChromaBits - 1))) / (double)((1 << Header.ChromaBits) - 1);
            double[] rgb = [full + (matrix.RedOfCr * cr), full + (matrix.GreenOfCb * cb) + (matrix.GreenOfCr * cr), full + (matrix.BlueOfCb * cb)];
            return Math.Clamp(65535 * rgb[channel], 0, 65535);
        }

        private int Chroma(DecodeWindow window, int plane, int x, int y)
        {
            bool halfX = Header.Chroma is ChromaFormat.Yuv420 or ChromaFormat.Yuv422;
            bool halfY = Header.Chroma == ChromaFormat.Yuv420;
            if (!halfX)
            {
                return At(plane, x, y);
            }

            if (window.WillBeDownscaled)
            {
                return At(plane, x / 2, halfY ? y / 2 : y);
            }

            (int nearX, int farX) = Neighbors(x, Columns * Header.Width / 2);
            if (!halfY)
            {
                // libjpeg rounds left samples down and right ones up; more than 8 bits are rounded to the nearest.
                int bias = Header.LumaBits > 8 ? 2 : x % 2 == 0 ? 1 : 2;
                return ((3 * At(plane, nearX, y)) + At(plane, farX, y) + bias) >> 2;
            }

            (int nearY, int farY) = Neighbors(y, (Height + 1) / 2);
            return ((9 * At(plane, nearX, nearY)) + (3 * At(plane, farX, nearY)) + (3 * At(plane, nearX, farY)) + At(plane, farX, farY) + 8) >> 4;
        }

        private static (int Near, int Far) Neighbors(int position, int length) =>
            (position / 2, Math.Clamp(position % 2 == 0 ? (position / 2) - 1 : (position / 2) + 1, 0, length - 1));

        private int At(int plane, int x, int y)
        {
            bool halfX = plane > 0 && Header.Chroma is ChromaFormat.Yuv420 or ChromaFormat.Yuv422 && plane > 0;
            bool halfY = plane > 0 && Header.Chroma == ChromaFormat.Yuv420;
            (int width, int height) = (halfX ? Header.Width / 2 : Header.Width, halfY ? Header.Height / 2 : Header.Height);
            return Sample((y / height * Columns) + (x / width), plane, x % width, y % height, plane == 0 ? Header.LumaBits : Header.ChromaBits);
        }
    }
}
