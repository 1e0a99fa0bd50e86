using System.Runtime.CompilerServices;
using ResizeImage.Imaging.Formats.Hevc.Headers;
using ResizeImage.Imaging.Formats.Hevc.Residuals;

namespace ResizeImage.Imaging.Tests.Formats.Hevc;

/// <summary>Transforms against <see cref="SlowTransform"/>.</summary>
public class InverseTransformTests
{
    private readonly ResidualReader _residual = new((PictureParameters)RuntimeHelpers.GetUninitializedObject(typeof(PictureParameters)));

    [Fact]
    public void Matrices_are_those_of_the_standard()
    {
        for (int log2Size = 2; log2Size <= 5; log2Size++)
        {
            int size = 1 << log2Size;
            for (int i = 0; i < size * size; i++)
            {
                Assert.Equal(SlowTransform.Element(size, i / size, i % size), TransformMatrix.Cosine(log2Size)[i]);
            }
        }
    }

    [Fact]
    public void Rows_of_matrices_are_nearly_orthogonal()
    {
        int[][] matrices = [TransformMatrix.Sine, .. Enumerable.Range(2, 4).Select(TransformMatrix.Cosine)];
        foreach (int[] matrix in matrices)
        {
            int size = (int)Math.Sqrt(matrix.Length);
            for (int a = 0; a < size; a++)
            {
                for (int b = 0; b < size; b++)
                {
                    double product = Enumerable.Range(0, size).Sum(n => matrix[(a * size) + n] * matrix[(b * size) + n]) / (4096.0 * size);
                    Assert.InRange(product, (a == b ? 1 : 0) - 0.0045, (a == b ? 1 : 0) + 0.0045);
                }
            }
        }
    }

    [Theory]
    [InlineData(8)]
    [InlineData(10)]
    [InlineData(12)]
    public void Samples_are_those_of_the_matrix_product(int bits)
    {
        Random random = new(bits);
        for (int i = 0; i < 3000; i++)
        {
            int log2Size = 2 + random.Next(4);
            bool isSine = log2Size == 2 && random.Next(2) == 0;
            int size = 1 << log2Size;
            (int columns, int rows) = (4 * (1 + random.Next(size / 4)), 4 * (1 + random.Next(size / 4)));
            bool isOnlyDc = random.Next(6) == 0;
            int most = 1 << random.Next(1, 17);
            short[] coefficients = new short[size * size];
            for (int y = 0; y < rows; y++)
            {
                for (int x = 0; x < columns; x++)
                {
                    bool isZero = isOnlyDc ? x + y > 0 : random.Next(4) == 0;
                    coefficients[(y * size) + x] = isZero ? (short)0 : (short)Math.Clamp(random.Next(-most, most + 1), short.MinValue, short.MaxValue);
                }
            }

            int[] predicted = [.. Enumerable.Range(0, size * size).Select(_ => random.Next(1 << bits))];
            Assert.Equal(SlowTransform.Reconstruct(coefficients, predicted, isSine, bits), Add(coefficients, predicted, columns, rows, isOnlyDc, isSine, bits));
        }
    }

    [Theory]
    [InlineData(8)]
    [InlineData(10)]
    [InlineData(12)]
    public void Samples_without_a_transform_are_shifted(int bits)
    {
        Random random = new(bits);
        for (int i = 0; i < 500; i++)
        {
            short[] coefficients = [.. Enumerable.Range(0, 16).Select(_ => (short)random.Next(short.MinValue, short.MaxValue + 1))];
            int[] predicted = [.. Enumerable.Range(0, 16).Select(_ => random.Next(1 << bits))];
            foreach (bool isLossless in (bool[])[false, true])
            {
                // 8.6.2 and 8.6.4.2: rotation and extended precision belong to extensions.
                int[] expected = [.. predicted.Select((sample, n) =>
                    Math.Clamp(sample + (isLossless ? coefficients[n] : ((coefficients[n] << 7) + (1 << (19 - bits))) >> (20 - bits)), 0, (1 << bits) - 1))];
                ushort[] samples = [.. predicted.Select(sample => (ushort)sample)];
                InverseTransform.AddUntransformed(coefficients, 2, isLossless, bits, ref samples[0], 4);
                Assert.Equal(expected, samples.Select(sample => (int)sample));
            }
        }
    }

    private int[] Add(short[] coefficients, int[] predicted, int columns, int rows, bool isOnlyDc, bool isSine, int bits)
    {
        int size = (int)Math.Sqrt(predicted.Length);
        int stride = size + 3;
        ushort[] samples = new ushort[stride * size];
        for (int i = 0; i < predicted.Length; i++)
        {
            samples[(i / size * stride) + (i % size)] = (ushort)predicted[i];
        }

        coefficients.CopyTo(_residual.Coefficients, 0);
        Set(nameof(ResidualReader.Columns), columns);
        Set(nameof(ResidualReader.Rows), rows);
        Set(nameof(ResidualReader.IsOnlyDc), isOnlyDc);
        InverseTransform.Add(_residual, (int)Math.Log2(size), isSine, bits, ref samples[0], stride);
        _residual.Clear((int)Math.Log2(size));
        Assert.True(_residual.Coefficients.AsSpan(0, size * size).IndexOfAnyExcept((short)0) < 0);
        for (int y = 0; y < size; y++)
        {
            Assert.Equal(new ushort[3], y == size - 1 ? new ushort[3] : samples[((y * stride) + size)..((y + 1) * stride)]);
        }

        return [.. Enumerable.Range(0, size * size).Select(i => (int)samples[(i / size * stride) + (i % size)])];
    }

    private void Set(string property, object value) => typeof(ResidualReader).GetProperty(property)!.SetValue(_residual, value);
}
