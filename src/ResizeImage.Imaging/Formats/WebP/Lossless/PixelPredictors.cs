using System.Numerics;
using System.Runtime.CompilerServices;

namespace ResizeImage.Imaging.Formats.WebP;

/// <summary>The predictors of pixels (RFC 9649, 3.5.1): from the left, above, above left and above right.</summary>
internal static class PixelPredictors
{
    /// <summary>Adds predictions to a part of a row.</summary>
    /// <param name="mode">0 to 15; the last two are unused and predict black.</param>
    /// <param name="row">Differences.</param>
    /// <param name="above">The pixels above, and one more.</param>
    /// <param name="output">Receives the pixels of the row.</param>
    /// <param name="start">The first column, 1 or more.</param>
    /// <param name="end">The column after the last.</param>
    public static void Undo(uint mode, ReadOnlySpan<uint> row, ReadOnlySpan<uint> above, Span<uint> output, int start, int end)
    {
        int count = end - start;
        if (count <= 0)
        {
            return;
        }

        row = row.Slice(start, count);
        ReadOnlySpan<uint> aboveLeft = above.Slice(start - 1, count);
        ReadOnlySpan<uint> aboveRight = above.Slice(start + 1, count);
        above = above.Slice(start, count);
        uint left = output[start - 1];
        output = output.Slice(start, count);
        switch (mode)
        {
            case 1:
                Run<Left>(row, aboveLeft, above, aboveRight, output, left);
                break;
            case 2:
                AddAll(row, above, above, output);
                break;
            case 3:
                AddAll(row, aboveRight, aboveRight, output);
                break;
            case 4:
                AddAll(row, aboveLeft, aboveLeft, output);
                break;
            case 5:
                Run<MeanOfLeftAboveRightAndAbove>(row, aboveLeft, above, aboveRight, output, left);
                break;
            case 6:
                Run<MeanOfLeftAndAboveLeft>(row, aboveLeft, above, aboveRight, output, left);
                break;
            case 7:
                Run<MeanOfLeftAndAbove>(row, aboveLeft, above, aboveRight, output, left);
                break;
            case 8:
                AddAll(row, aboveLeft, above, output);
                break;
            case 9:
                AddAll(row, above, aboveRight, output);
                break;
            case 10:
                Run<MeanOfFour>(row, aboveLeft, above, aboveRight, output, left);
                break;
            case 11:
                SelectPredictor.Undo(row, aboveLeft, above, output, left);
                break;
            case 12:
                ClampedPredictors.AddSubtractFull(row, aboveLeft, above, output, left);
                break;
            case 13:
                ClampedPredictors.AddSubtractHalf(row, aboveLeft, above, output, left);
                break;
            default:
                AddBlack(row, output);
                break;
        }
    }

    /// <summary>A prediction that needs the pixel to the left, so pixels are decoded in sequence.</summary>
    private interface IPredictor
    {
        static abstract uint Predict(uint left, uint aboveLeft, uint above, uint aboveRight);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Run<T>(
        ReadOnlySpan<uint> row, ReadOnlySpan<uint> aboveLeft, ReadOnlySpan<uint> above, ReadOnlySpan<uint> aboveRight, Span<uint> output, uint left)
        where T : struct, IPredictor
    {
        row = row[..output.Length];
        aboveLeft = aboveLeft[..output.Length];
        above = above[..output.Length];
        aboveRight = aboveRight[..output.Length];
        for (int i = 0; i < output.Length; i++)
        {
            left = Argb.Add(row[i], T.Predict(left, aboveLeft[i], above[i], aboveRight[i]));
            output[i] = left;
        }
    }

    private static void AddBlack(ReadOnlySpan<uint> row, Span<uint> output)
    {
        for (int i = 0; i < output.Length; i++)
        {
            output[i] = Argb.Add(row[i], Argb.OpaqueBlack);
        }
    }

    /// <summary>Predicts from the means of two pixels of the row above, which may be the same one: many pixels at once.</summary>
    private static void AddAll(ReadOnlySpan<uint> row, ReadOnlySpan<uint> a, ReadOnlySpan<uint> b, Span<uint> output)
    {
        int i = 0;
        for (; i <= output.Length - Vector<uint>.Count; i += Vector<uint>.Count)
        {
            var first = new Vector<uint>(a[i..]);
            var second = new Vector<uint>(b[i..]);
            Vector<uint> mean = (((first ^ second) & new Vector<uint>(0xFEFEFEFE)) >>> 1) + (first & second);
            Vector.AsVectorUInt32(Vector.AsVectorByte(new Vector<uint>(row[i..])) + Vector.AsVectorByte(mean)).CopyTo(output[i..]);
        }

        for (; i < output.Length; i++)
        {
            output[i] = Argb.Add(row[i], Argb.Mean(a[i], b[i]));
        }
    }

    private readonly struct Left : IPredictor
    {
        public static uint Predict(uint left, uint aboveLeft, uint above, uint aboveRight) => left;
    }

    private readonly struct MeanOfLeftAboveRightAndAbove : IPredictor
    {
        public static uint Predict(uint left, uint aboveLeft, uint above, uint aboveRight) => Argb.Mean(Argb.Mean(left, aboveRight), above);
    }

    private readonly struct MeanOfLeftAndAboveLeft : IPredictor
    {
        public static uint Predict(uint left, uint aboveLeft, uint above, uint aboveRight) => Argb.Mean(left, aboveLeft);
    }

    private readonly struct MeanOfLeftAndAbove : IPredictor
    {
        public static uint Predict(uint left, uint aboveLeft, uint above, uint aboveRight) => Argb.Mean(left, above);
    }

    private readonly struct MeanOfFour : IPredictor
    {
        public static uint Predict(uint left, uint aboveLeft, uint above, uint aboveRight) =>
            Argb.Mean(Argb.Mean(left, aboveLeft), Argb.Mean(above, aboveRight));
    }
}
