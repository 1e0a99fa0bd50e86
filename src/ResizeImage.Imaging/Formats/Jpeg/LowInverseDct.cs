using System.Numerics;
using System.Runtime.InteropServices;

namespace ResizeImage.Imaging.Formats.Jpeg;

/// <summary>
/// The inverse DCT (T.81 A.3.3) of blocks that have none but their lowest coefficients, for reduced scales; several blocks of a row at once,
/// one in each element of a vector. In floating point, whose sums are the same in every width of vector.
/// </summary>
internal static class LowInverseDct
{
    /// <summary>Blocks in a row are filled up to a multiple of this, whatever the machine's vectors are.</summary>
    public const int BlockAlignment = 16;

    /// <summary>
    /// The last coefficient, in zig-zag order, that is looked at when the picture is reduced. Thumbnails of ten photos to 200 pixels, against
    /// a float linear-light Lanczos of the full decode: SSIMULACRA2 92.7 on the mean, 87.4 at the least; with all coefficients hardly more,
    /// but decoding takes twice as long, for most coefficients are now only passed over.
    /// </summary>
    public static int LastCoefficient(int scale) => scale switch { 1 => 63, 2 => 9, 4 => 4, _ => 0 };

    /// <summary>Transforms a row of blocks.</summary>
    /// <param name="row">The coefficients 0 to 9, 0 to 4, or 0 alone.</param>
    /// <param name="quantization">64 quantization steps in rows.</param>
    /// <param name="size">8, 4, 2 or 1: samples in a row and a column of a block in the result; each is the exact mean of those of 8×8.</param>
    /// <param name="samples">Where the first sample goes; each row has room for the blocks filled up to <see cref="BlockAlignment"/>.</param>
    /// <param name="stride">Distance of rows in <paramref name="samples"/>.</param>
    public static void Transform(CoefficientRow row, ReadOnlySpan<ushort> quantization, int size, Span<byte> samples, int stride)
    {
        int order = row.LastCoefficient switch { 0 => 1, <= 4 => 2, _ => 4 };
        Span<Vector<float>> columns = stackalloc Vector<float>[4 * 8];
        Span<Vector<float>> line = stackalloc Vector<float>[8];
        Span<Vector<float>> coefficients = stackalloc Vector<float>[4];
        ReadOnlySpan<float> basis = Basis(size);
        for (int block = 0; block < row.Blocks; block += Vector<float>.Count)
        {
            // Down: of columns 0 to order - 1, those coefficients whose row and column numbers add up to less than the order (to two, of two).
            for (int x = 0; x < order; x++)
            {
                int rows = order == 4 ? order - x : order;
                for (int y = 0; y < rows; y++)
                {
                    coefficients[y] = Vector.ConvertToSingle(row.Load(ZigZagPlace[(y * 4) + x], block)) * quantization[(y * 8) + x];
                }

                Transform1D(coefficients[..rows], basis, size, columns[(x * 8)..]);
            }

            // Across.
            for (int y = 0; y < size; y++)
            {
                for (int x = 0; x < order; x++)
                {
                    coefficients[x] = columns[(x * 8) + y];
                }

                Transform1D(coefficients[..order], basis, size, line);
                Store(line[..size], samples[((y * stride) + (block * size))..]);
            }
        }
    }

    /// <summary>Place in the zig-zag sequence of the coefficients of rows 0 to 3, columns 0 to 3.</summary>
    private static ReadOnlySpan<byte> ZigZagPlace => [0, 1, 5, 6, 2, 4, 7, 12, 3, 8, 11, 17, 9, 13, 18, 24];

    /// <summary>
    /// For each sample of the first half and each of the coefficients 0 to 3: c(k)/2 · cos((2x+1)kπ/16), its mean over the 8 / size samples
    /// that become one.
    /// </summary>
    private static ReadOnlySpan<float> Basis(int size) => size switch
    {
        8 =>
        [
            0.35355339f, 0.49039264f, 0.46193977f, 0.41573481f,
            0.35355339f, 0.41573481f, 0.19134172f, -0.09754516f,
            0.35355339f, 0.27778512f, -0.19134172f, -0.49039264f,
            0.35355339f, 0.09754516f, -0.46193977f, -0.27778512f,
        ],
        4 => [0.35355339f, 0.45306372f, 0.32664074f, 0.15909482f, 0.35355339f, 0.18766514f, -0.32664074f, -0.38408888f],
        2 => [0.35355339f, 0.32036443f, 0f, -0.11249703f],
        _ => [0.35355339f, 0f, 0f, 0f],
    };

    /// <summary>Sums of the even and of the odd coefficients; a sample of the second half has the same, the odd ones with the other sign.</summary>
    private static void Transform1D(ReadOnlySpan<Vector<float>> coefficients, ReadOnlySpan<float> basis, int size, Span<Vector<float>> samples)
    {
        for (int x = 0; x < (size + 1) / 2; x++)
        {
            Vector<float> even = coefficients[0] * basis[4 * x];
            Vector<float> odd = Vector<float>.Zero;
            if (coefficients.Length > 1)
            {
                odd = coefficients[1] * basis[(4 * x) + 1];
            }

            if (coefficients.Length > 2)
            {
                even += coefficients[2] * basis[(4 * x) + 2];
            }

            if (coefficients.Length > 3)
            {
                odd += coefficients[3] * basis[(4 * x) + 3];
            }

            samples[size - 1 - x] = even - odd;
            samples[x] = even + odd;
        }
    }

    /// <summary>Stores a row of samples of each block.</summary>
    private static void Store(ReadOnlySpan<Vector<float>> values, Span<byte> samples)
    {
        switch (values.Length)
        {
            case 1:
                StoreNarrow(Samples(values[0]), 1, samples);
                break;
            case 2:
                StoreNarrow(Samples(values[0]) | (Samples(values[1]) << 8), 2, samples);
                break;
            default:
                for (int x = 0; x < values.Length; x += 4)
                {
                    Vector<int> four = Samples(values[x])
                        | (Samples(values[x + 1]) << 8) | (Samples(values[x + 2]) << 16) | (Samples(values[x + 3]) << 24);
                    StoreApart(four, values.Length, samples[x..]);
                }

                break;
        }
    }

    private static Vector<int> Samples(Vector<float> values)
    {
        // The level shift of T.81 A.3.1, and a half for rounding.
        Vector<float> shifted = values + new Vector<float>(128.5f);
        return Vector.ConvertToInt32(Vector.Min(Vector.Max(shifted, Vector<float>.Zero), new Vector<float>(255)));
    }

    /// <summary>The lowest 1 or 2 bytes of each element side by side.</summary>
    private static void StoreNarrow(Vector<int> values, int bytes, Span<byte> samples)
    {
        Vector<ushort> narrow = Vector.Narrow(Vector.AsVectorUInt32(values), Vector.AsVectorUInt32(values));
        if (bytes == 1)
        {
            narrow = Vector.AsVectorUInt16(Vector.Narrow(narrow, narrow));
        }

        MemoryMarshal.AsBytes(new ReadOnlySpan<Vector<ushort>>(in narrow))[..(Vector<int>.Count * bytes)].CopyTo(samples);
    }

    /// <summary>The four bytes of each element at a distance of 4 or 8.</summary>
    private static void StoreApart(Vector<int> values, int distance, Span<byte> samples)
    {
        if (distance == 4)
        {
            Vector.AsVectorByte(values).CopyTo(samples);
            return;
        }

        ReadOnlySpan<int> elements = MemoryMarshal.Cast<Vector<int>, int>(new ReadOnlySpan<Vector<int>>(in values));
        for (int i = 0; i < elements.Length; i++)
        {
            MemoryMarshal.Write(samples[(i * distance)..], elements[i]);
        }
    }
}
