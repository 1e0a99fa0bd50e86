using ResizeImage.Imaging.Formats.Hevc.Entropy;
using ResizeImage.Imaging.Formats.Hevc.Filters;
using ResizeImage.Imaging.Formats.Hevc.Headers;
using ResizeImage.Imaging.Formats.Hevc.Slices;

namespace ResizeImage.Imaging.Tests.Formats.Hevc;

/// <summary>The loop filters alone, on random blocks, parameters and samples: the samples are those of the equations.</summary>
public class LoopFilterTests
{
    private const int Width = 88;
    private const int Height = 56;

    [Theory]
    [InlineData(0, 8)]
    [InlineData(1, 8)]
    [InlineData(1, 10)]
    [InlineData(2, 8)]
    [InlineData(3, 12)]
    public void Deblocked_samples_are_those_of_the_equations(int chroma, int bits)
    {
        Random random = new(chroma + bits);
        for (int round = 0; round < 40; round++)
        {
            int[] offsets = [random.Next(-12, 13), random.Next(-12, 13), random.Next(-6, 7), random.Next(-6, 7)];
            PictureState state = State(chroma, bits, offsets);
            Fill(state, random, bits, contrast: 1 << random.Next(1, bits));
            SplitRandomly(state, random);
            int[][,] expected = Expected(state, offsets, bits);
            new DeblockingFilter(state, new WorkMeter()).Run();
            for (int plane = 0; plane < expected.Length; plane++)
            {
                AssertSame(expected[plane], state, plane, $"round {round}, plane {plane}");
            }
        }
    }

    private static PictureState State(int chroma, int bits, int[] offsets)
    {
        ParameterSets sets = new();
        sets.Add(HevcHeaders.Sequence(Width, Height, chroma, bits));
        sets.Add(HevcHeaders.Picture(offsets[0], offsets[1], offsets[2], offsets[3]));
        PictureState state = new(sets.Picture!, new EntropyDecoder(), isExact: true);
        const int Idr = 19;
        Array.Fill(state.Filters!.Slices, SliceHeader.Read(HevcHeaders.Slice(), Idr, sets.Pictures, previous: null));
        return state;
    }

    /// <summary>Slopes with noise: filters act where neighbors differ by little.</summary>
    private static void Fill(PictureState state, Random random, int bits, int contrast)
    {
        for (int plane = 0; plane < state.Buffer.Planes; plane++)
        {
            ushort[] samples = state.Buffer.Plane(plane);
            for (int i = 0; i < samples.Length; i++)
            {
                int slope = (i % 64) << (bits - 8);
                samples[i] = (ushort)Math.Clamp(slope + random.Next(-contrast / 2, (contrast / 2) + 1) + (1 << (bits - 2)), 0, (1 << bits) - 1);
            }
        }
    }

    private static void SplitRandomly(PictureState state, Random random)
    {
        for (int y = 0; y < Height; y += 8)
        {
            for (int x = 0; x < Width; x += 8)
            {
                state.Quantization.Start(x, y);
                state.Quantization.SetDelta(random.Next(0, 52) - state.Quantization.Qp);
                state.Quantization.Keep(x, y, log2Size: 3);
                state.Filters!.MarkEdges(x, y, 8, left: x > 0 && random.Next(4) > 0, top: y > 0 && random.Next(4) > 0);
                if (random.Next(5) == 0)
                {
                    state.Filters.MarkUnfiltered(x, y, 8);
                }
            }
        }
    }

    private static int[][,] Expected(PictureState state, int[] offsets, int bits)
    {
        int[][,] planes = [.. Enumerable.Range(0, state.Buffer.Planes).Select(plane => Read(state, plane))];
        foreach (bool isVertical in (bool[])[true, false])
        {
            int[][,] from = [.. planes.Select(plane => (int[,])plane.Clone())];
            for (int y = 0; y < Height; y += isVertical ? 4 : 8)
            {
                for (int x = 0; x < Width; x += isVertical ? 8 : 4)
                {
                    if ((state.Filters!.FlagsAt(x, y) & (isVertical ? FilterMap.LeftEdge : FilterMap.TopEdge)) == 0)
                    {
                        continue;
                    }

                    (int px, int py) = isVertical ? (x - 1, y) : (x, y - 1);
                    SlowFilters.Segment edge = new(
                        x, y, state.Quantization.QpAt(px, py), state.Quantization.QpAt(x, y),
                        (state.Filters.FlagsAt(px, py) & FilterMap.Unfiltered) != 0, (state.Filters.FlagsAt(x, y) & FilterMap.Unfiltered) != 0);
                    SlowFilters.DeblockLuma(from[0], planes[0], edge, isVertical, 2 * offsets[2], 2 * offsets[3], bits);
                    for (int plane = 1; plane < planes.Length; plane++)
                    {
                        SlowFilters.DeblockChroma(
                            from[plane], planes[plane], edge, isVertical, state.Sequence.Chroma, offsets[plane - 1], 2 * offsets[3], bits);
                    }
                }
            }
        }

        return planes;
    }

    private static int[,] Read(PictureState state, int plane)
    {
        int[,] samples = new int[Height >> (plane == 0 ? 0 : state.Buffer.ShiftY), Width >> (plane == 0 ? 0 : state.Buffer.ShiftX)];
        for (int y = 0; y < samples.GetLength(0); y++)
        {
            for (int x = 0; x < samples.GetLength(1); x++)
            {
                samples[y, x] = state.Buffer.Plane(plane)[state.Buffer.IndexOf(plane, x, y)];
            }
        }

        return samples;
    }

    private static void AssertSame(int[,] expected, PictureState state, int plane, string what)
    {
        int[,] actual = Read(state, plane);
        for (int y = 0; y < expected.GetLength(0); y++)
        {
            for (int x = 0; x < expected.GetLength(1); x++)
            {
                Assert.True(expected[y, x] == actual[y, x], $"{what}, sample {x}, {y}: {expected[y, x]} expected, {actual[y, x]} found");
            }
        }
    }
}
