using ResizeImage.Imaging.Color;
using ResizeImage.Imaging.Pixels;

namespace ResizeImage.Imaging.Formats.Tiff;

/// <summary>The meaning of an extra sample (TIFF 6.0, section 18).</summary>
internal enum TiffAlpha
{
    None,

    /// <summary>Colors are premultiplied by alpha.</summary>
    Associated,
    Unassociated,
}

/// <summary>The directory of an image, checked.</summary>
internal sealed class TiffImage
{
    public required TiffHeader Header { get; init; }

    public required TiffIfd Directory { get; init; }

    public required int Width { get; init; }

    public required int Height { get; init; }

    /// <summary>1 to 16, 24 or 32; equal for all samples.</summary>
    public required int BitsPerSample { get; init; }

    public required int SamplesPerPixel { get; init; }

    /// <summary>PlanarConfiguration 2: each sample has segments of its own.</summary>
    public required bool IsPlanar { get; init; }

    public required TiffCompression Compression { get; init; }

    public required TiffPhotometric Photometric { get; init; }

    /// <summary>Predictor 2: each sample is stored as the difference from the one on the left.</summary>
    public required bool HasPredictor { get; init; }

    /// <summary>FillOrder 2: the lowest bit of a byte comes first.</summary>
    public required bool IsReversed { get; init; }

    public required TiffSegments Segments { get; init; }

    /// <summary>The colors of a palette image, else null.</summary>
    public ColorTable? Colors { get; init; }

    public TiffAlpha Alpha { get; init; }

    /// <summary>The sample that is alpha.</summary>
    public int AlphaSample { get; init; }

    /// <summary>The matrix of YCbCr samples that are not JPEG.</summary>
    public YCbCrMatrix YCbCr { get; init; } = YCbCrMatrix.Jfif;

    /// <summary>Columns and rows for which there is one sample of Cb and Cr; 1 × 1 except for interleaved YCbCr that is not JPEG.</summary>
    public (int Columns, int Rows) Subsampling { get; init; } = (1, 1);

    public bool IsJpeg => Compression is TiffCompression.Jpeg or TiffCompression.OldJpeg;

    /// <summary>Samples of a pixel in one plane of segments.</summary>
    public int SamplesPerPlane => IsPlanar ? 1 : SamplesPerPixel;

    /// <summary>The unit of rows in a segment: a row, or as many rows as share chroma samples (section 21).</summary>
    public int RowsPerUnit => Subsampling.Rows;

    /// <summary>
    /// Planes within a row of a segment: 3 for YCbCr of JPEG, which the JPEG decoder delivers as rows of Y, Cb and Cr; else 1.
    /// </summary>
    public int PlanesPerRow => IsJpeg && !IsPlanar && Photometric == TiffPhotometric.YCbCr ? 3 : 1;

    /// <summary>Bytes of columns in a unit of rows, of each of <see cref="PlanesPerRow"/>.</summary>
    public long UnitBytes(long columns)
    {
        if (PlanesPerRow > 1)
        {
            return columns;
        }

        (int h, int v) = Subsampling;
        return (h, v) != (1, 1)
            ? (columns + h - 1) / h * ((h * v) + 2)
            : ((columns * SamplesPerPlane * BitsPerSample) + 7) / 8;
    }
}
