using ResizeImage.Imaging.Color;
using ResizeImage.Imaging.Pixels;

namespace ResizeImage.Imaging.Formats.Tiff;

/// <summary>CIE L*a*b* relative to D50 (TIFF 6.0, section 23, and ICC's encoding), converted to sRGB. Colors outside of sRGB are clipped.</summary>
internal sealed class TiffLabPixels : TiffPixels
{
    // Below it, the cube of L*a*b* is a straight line (ISO/CIE 11664-4).
    private const double Knee = 6 / 29.0;

    private readonly DecodeWindow _window;
    private readonly TiffBytes _samples;
    private readonly byte[] _lab;
    private readonly bool _isOffset;

    public TiffLabPixels(TiffImage image, DecodeWindow window)
    {
        _window = window;
        _samples = new(image, window);
        _lab = new byte[ArrayLength.Of(3L * window.Width, "samples of a row")];
        _isOffset = image.Photometric == TiffPhotometric.IccLab;
    }

    public override PixelLayout Layout => PixelLayout.Rgb8;

    public override void Convert(TiffPlane[] planes, Span<byte> row)
    {
        _samples.Convert(planes, _lab);
        for (int i = 0; i < 3 * _window.Width; i += 3)
        {
            double y = ((_lab[i] * (100 / 255.0)) + 16) / 116;
            double a = _isOffset ? _lab[i + 1] - 128 : (sbyte)_lab[i + 1];
            double b = _isOffset ? _lab[i + 2] - 128 : (sbyte)_lab[i + 2];
            Triple xyz = new(ConnectionSpace.D50.X * Cube(y + (a / 500)), Cube(y), ConnectionSpace.D50.Z * Cube(y - (b / 200)));
            Triple linear = ConnectionSpace.ToLinearSrgb * xyz;
            row[i] = SrgbTransfer.ToByte((float)linear.X);
            row[i + 1] = SrgbTransfer.ToByte((float)linear.Y);
            row[i + 2] = SrgbTransfer.ToByte((float)linear.Z);
        }
    }

    private static double Cube(double root) => root > Knee ? root * root * root : (root - (4 / 29.0)) * (3 * Knee * Knee);
}
