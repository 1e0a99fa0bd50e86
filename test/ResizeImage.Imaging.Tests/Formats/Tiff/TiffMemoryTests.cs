using ResizeImage.Imaging.Formats;
using ResizeImage.Imaging.Pixels;
using ResizeImage.Imaging.Tests.Support;

namespace ResizeImage.Imaging.Tests.Formats.Tiff;

/// <summary>Decoding takes no more memory than the estimate, which is a few rows where one segment is beside no other.</summary>
public class TiffMemoryTests
{
    private const int Width = 2000;
    private const int Height = 1500;

    // Objects and closures, which no estimate counts. Tiles of JPEG are not among the cases: each one's decoder is garbage after it, which this
    // count includes.
    private const long Tolerance = 32 << 10;

    [ToolTheory("tiffcp")]
    [InlineData("-c none -r 1500", true)]
    [InlineData("-c packbits -r 1500", true)]
    [InlineData("-c lzw:2 -r 1500", true)]
    [InlineData("-c zip:2 -r 1500", true)]
    [InlineData("-c lzw -r 1500 -p separate", true)]
    [InlineData("-c jpeg:r:85 -r 1504", true)]
    [InlineData("-c zip -t -w 2000 -l 1504", true)]
    [InlineData("-c lzw -t -w 256 -l 256", false)]
    public void The_estimate_covers_what_decoding_allocates(string options, bool isFewRows)
    {
        byte[] file = Libtiff.Copy(TiffFile.Of(Width, Height, 8, 2, 3, TestPicture.Samples(Width, Height, 3)), options);
        long estimate = 0;
        long allocated = long.MaxValue;

        // The first run may allocate what is kept for all others.
        for (int i = 0; i < 2; i++)
        {
            ImageDecoder decoder = InputFormat.Open(file);
            DecodeWindow window = new(8, 0, 0, Width, Height);
            estimate = decoder.EstimateMemory(window);
            byte[] row = new byte[Width * 4];
            long before = GC.GetAllocatedBytesForCurrentThread();
            using (RowReader rows = decoder.Open(window))
            {
                for (int y = 0; y < Height; y++)
                {
                    rows.ReadRow(row.AsSpan(0, Width * rows.Layout.BytesPerPixel()));
                }
            }

            allocated = Math.Min(allocated, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        Assert.InRange(allocated, 0, estimate + Tolerance);
        Assert.True(!isFewRows || estimate < 600_000, $"{estimate:N0} bytes for rows of {3 * Width:N0}");
    }
}
