
namespace ResizeImage.Imaging.Formats.WebP;

/// <summary>
/// Divides macroblocks into four segments by their activity (RFC 6386, 9.3): texture hides errors, so it gets a coarser quantizer than smooth
/// areas.
/// </summary>
internal sealed class SegmentMap
{
    /// <summary>Activities per doubling of contrast.</summary>
    public const int UnitsPerOctave = 16;

    private const int Highest = 16 * UnitsPerOctave;
    private const int Iterations = 8;

    // Below this sum of magnitudes in a macroblock, contrast hardly matters.
    private const float Least = 64;

    private SegmentMap(double[] centers, double mean)
    {
        Centers = centers;
        Mean = mean;
    }

    /// <summary>The activity of each segment in octaves, ascending.</summary>
    public double[] Centers { get; }

    /// <summary>The mean activity of the image in octaves.</summary>
    public double Mean { get; }

    /// <summary>Chooses the segments of a frame's macroblocks.</summary>
    public static SegmentMap Choose(SourcePlanes source, EncodedFrame frame)
    {
        byte[] activities = new byte[frame.Segments.Length];
        int[] histogram = new int[Highest];
        long sum = 0;
        for (int i = 0; i < activities.Length; i++)
        {
            activities[i] = ActivityOf(source, i % frame.Across, i / frame.Across);
            histogram[activities[i]]++;
            sum += activities[i];
        }

        int[] centers = Cluster(histogram);
        for (int i = 0; i < activities.Length; i++)
        {
            frame.Segments[i] = (byte)Nearest(centers, activities[i]);
        }

        return new(Array.ConvertAll(centers, center => center / (double)UnitsPerOctave), sum / (double)activities.Length / UnitsPerOctave);
    }

    /// <summary>The logarithm of the mean contrast in a macroblock.</summary>
    private static byte ActivityOf(SourcePlanes source, int column, int row)
    {
        const int LumaSize = Macroblock.LumaSize;
        ReadOnlySpan<byte> y = source.Y.AsSpan((row * LumaSize * source.YStride) + (column * LumaSize));
        float sum = 0;
        for (int block = 0; block < 16; block++)
        {
            CoefficientBlock transformed = CoefficientBlock.Transform(
                MacroblockState.Load(y[(((block >> 2) * 4 * source.YStride) + ((block & 3) * 4))..], source.YStride));
            sum += transformed.WithDc(0).SumOfMagnitudes();
        }

        return (byte)Math.Min(Math.Round(Math.Log2(1 + (sum / Least)) * UnitsPerOctave), Highest - 1);
    }

    /// <summary>Lloyd's algorithm in one dimension.</summary>
    private static int[] Cluster(int[] histogram)
    {
        int low = Array.FindIndex(histogram, count => count > 0);
        int high = Array.FindLastIndex(histogram, count => count > 0);
        int[] centers = new int[Vp8Segmentation.Count];
        for (int i = 0; i < centers.Length; i++)
        {
            centers[i] = low + (((2 * i) + 1) * (high - low) / (2 * centers.Length));
        }

        long[] sums = new long[centers.Length];
        long[] counts = new long[centers.Length];
        for (int iteration = 0; iteration < Iterations; iteration++)
        {
            Array.Clear(sums);
            Array.Clear(counts);
            for (int value = low; value <= high; value++)
            {
                int nearest = Nearest(centers, value);
                sums[nearest] += (long)value * histogram[value];
                counts[nearest] += histogram[value];
            }

            for (int i = 0; i < centers.Length; i++)
            {
                centers[i] = counts[i] > 0 ? (int)((sums[i] + (counts[i] / 2)) / counts[i]) : centers[i];
            }
        }

        return centers;
    }

    private static int Nearest(int[] centers, int value)
    {
        int best = 0;
        for (int i = 1; i < centers.Length; i++)
        {
            best = Math.Abs(value - centers[i]) < Math.Abs(value - centers[best]) ? i : best;
        }

        return best;
    }
}
