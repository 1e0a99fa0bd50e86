using ResizeImage.Imaging.Color;

namespace ResizeImage.Imaging.Formats.Tiff;

/// <summary>The fields of YCbCr images (TIFF 6.0, section 21), and their data units.</summary>
internal static class TiffYCbCr
{
    /// <summary>YCbCrCoefficients and ReferenceBlackWhite; each has a default, which is that of JFIF.</summary>
    /// <exception cref="InvalidImageException">The values make no sense.</exception>
    public static YCbCrMatrix ReadMatrix(TiffIfd directory)
    {
        TiffField? coefficients = directory.Find(TiffTag.YCbCrCoefficients);
        double kr = coefficients?.Real(0) ?? 0.299;
        double kg = coefficients?.Real(1) ?? 0.587;
        double kb = coefficients?.Real(2) ?? 0.114;
        TiffField? reference = directory.Find(TiffTag.ReferenceBlackWhite);
        double black = Math.Round(reference?.Real(0) ?? 0);
        double white = reference?.Real(1) ?? 255;
        double neutral = reference?.Real(2) ?? 128;
        double most = reference?.Real(3) ?? 255;
        if (kg <= 0 || kr is < 0 or > 1 || kb is < 0 or > 1 || black is < 0 or > 127 || white is < 128 or > 255 || most - neutral < 16)
        {
            throw TiffErrors.Corrupt("its YCbCr coefficients or reference values make no sense");
        }

        bool isJfif = Math.Abs(kr - 0.299) < 1e-4 && Math.Abs(kg - 0.587) < 1e-4 && Math.Abs(kb - 0.114) < 1e-4;
        YCbCrMatrix full = isJfif
            ? YCbCrMatrix.Jfif
            : new(0, 1, 2 - (2 * kr), -kb * (2 - (2 * kb)) / kg, -kr * (2 - (2 * kr)) / kg, 2 - (2 * kb));
        double luma = 255 / (white - black);
        double chroma = 127 / (most - neutral);
        return black == 0 && luma == 1 && chroma == 1
            ? full
            : new((int)black, luma, full.RedOfCr * chroma, full.GreenOfCb * chroma, full.GreenOfCr * chroma, full.BlueOfCb * chroma);
    }

    /// <summary>YCbCrSubSampling; 2 × 2 if it is missing.</summary>
    /// <exception cref="InvalidImageException">A factor is not 1, 2 or 4.</exception>
    /// <exception cref="UnsupportedImageException">Planes of their own are subsampled.</exception>
    public static (int Columns, int Rows) ReadSubsampling(TiffIfd directory, bool isPlanar)
    {
        TiffField? field = directory.Find(TiffTag.YCbCrSubsampling);
        long columns = field?.Number(0) ?? 2;
        long rows = field?.Number(1) ?? 2;
        if (columns is not (1 or 2 or 4) || rows is not (1 or 2 or 4))
        {
            throw TiffErrors.Corrupt($"its chroma subsampling is {columns} × {rows}; 1, 2 and 4 are possible");
        }

        return isPlanar && (columns, rows) != (1, 1)
            ? throw TiffErrors.Unsupported("a TIFF image in YCbCr with subsampled chroma in planes of its own")
            : ((int)columns, (int)rows);
    }

    /// <summary>
    /// Takes a row out of data units. A unit of h × v pixels has their Y, row by row, then Cb and Cr:
    /// <code>2 × 2: Y00 Y01 Y10 Y11 Cb Cr</code>
    /// Chroma is repeated, as in libtiff.
    /// </summary>
    /// <param name="units">A row of units.</param>
    /// <param name="subsampling">Columns and rows of a unit.</param>
    /// <param name="rowInUnit">The wanted row of each unit.</param>
    /// <param name="first">The first wanted column.</param>
    /// <param name="planes">Receives Y, Cb and Cr, a third of the span each.</param>
    public static void TakeRow(ReadOnlySpan<byte> units, (int Columns, int Rows) subsampling, int rowInUnit, int first, Span<byte> planes)
    {
        (int h, int v) = subsampling;
        int unitBytes = (h * v) + 2;
        int width = planes.Length / 3;
        Span<byte> y = planes[..width];
        Span<byte> cb = planes.Slice(width, width);
        Span<byte> cr = planes.Slice(2 * width, width);
        for (int i = 0; i < width; i++)
        {
            int column = first + i;
            ReadOnlySpan<byte> unit = units.Slice(column / h * unitBytes, unitBytes);
            y[i] = unit[(rowInUnit * h) + (column % h)];
            cb[i] = unit[unitBytes - 2];
            cr[i] = unit[unitBytes - 1];
        }
    }
}
