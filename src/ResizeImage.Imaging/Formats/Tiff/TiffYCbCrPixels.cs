using ResizeImage.Imaging.Pixels;

namespace ResizeImage.Imaging.Formats.Tiff;

/// <summary>YCbCr (TIFF 6.0, section 21) as rows of Y, Cb and Cr: of data units, of planes, or of JPEG.</summary>
internal sealed class TiffYCbCrPixels(TiffImage image, DecodeWindow window) : TiffPixels
{
    private int _y = window.Y;

    public override PixelLayout Layout => PixelLayout.YCbCr8;

    public override void Convert(TiffPlane[] planes, Span<byte> row)
    {
        int first = window.X - planes[0].Left;
        if (image.IsPlanar || image.PlanesPerRow > 1)
        {
            for (int c = 0; c < 3; c++)
            {
                int plane = image.IsPlanar ? 0 : c * planes[0].Columns;
                planes[image.IsPlanar ? c : 0].Current.Slice(plane + first, window.Width).CopyTo(row[(c * window.Width)..]);
            }
        }
        else
        {
            TiffYCbCr.TakeRow(planes[0].Current, image.Subsampling, _y % image.RowsPerUnit, first, row);
        }

        _y++;
    }
}
