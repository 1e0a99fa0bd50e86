using ResizeImage.Imaging.Pixels;

namespace ResizeImage.Imaging.Formats.Tiff;

/// <summary>Gray, RGB and CMYK of at most 8 bits a sample, with or without alpha.</summary>
internal sealed class TiffBytes : TiffPixels
{
    private readonly TiffImage _image;
    private readonly DecodeWindow _window;
    private readonly int[] _shown;
    private readonly byte[] _samples;
    private readonly byte[] _pixels;

    /// <summary>The code of each sample: scaled to 8 bits, and inverted if white is 0.</summary>
    private readonly byte[] _codes;
    private readonly bool _isIdentity;

    public TiffBytes(TiffImage image, DecodeWindow window)
    {
        (_image, _window) = (image, window);
        _shown = ShownSamples(image);
        _samples = new byte[ArrayLength.Of((long)window.Width * image.SamplesPerPlane, "samples of a row")];
        _pixels = new byte[ArrayLength.Of((long)window.Width * _shown.Length, "samples of a row")];
        _codes = Codes(image);
        _isIdentity = image.BitsPerSample == 8 && image.Photometric != TiffPhotometric.WhiteIsZero;
        Layout = LayoutOf(image);
    }

    public override PixelLayout Layout { get; }

    public override void Convert(TiffPlane[] planes, Span<byte> row)
    {
        bool hasAlpha = _image.Alpha != TiffAlpha.None;
        bool isGrayAlpha = hasAlpha && _shown.Length == 2;
        Span<byte> pixels = isGrayAlpha ? _pixels : row;
        Gather(planes, pixels);
        if (!_isIdentity)
        {
            Encode(pixels, hasAlpha);
        }

        if (_image.Alpha == TiffAlpha.Associated)
        {
            Unassociate(pixels, _shown.Length);
        }

        for (int i = 0; isGrayAlpha && i < _window.Width; i++)
        {
            byte gray = pixels[2 * i];
            (row[4 * i], row[(4 * i) + 1], row[(4 * i) + 2], row[(4 * i) + 3]) = (gray, gray, gray, pixels[(2 * i) + 1]);
        }
    }

    private static byte[] Codes(TiffImage image)
    {
        byte[] codes = new byte[256];
        int most = (1 << image.BitsPerSample) - 1;
        for (int i = 0; i <= most; i++)
        {
            int code = ((i * 255) + (most / 2)) / most;
            codes[i] = (byte)(image.Photometric == TiffPhotometric.WhiteIsZero ? 255 - code : code);
        }

        return codes;
    }

    /// <summary>Collects the shown samples of each pixel.</summary>
    private void Gather(TiffPlane[] planes, Span<byte> pixels)
    {
        int channels = _shown.Length;
        int step = _image.SamplesPerPlane;
        if (step == channels)
        {
            TiffSamples.Unpack(planes[0].Current, _image.BitsPerSample, (_window.X - planes[0].Left) * (long)step, pixels[..(_window.Width * step)]);
            return;
        }

        for (int c = 0; c < channels; c++)
        {
            TiffPlane plane = planes[_image.IsPlanar ? c : 0];
            if (_image.IsPlanar || c == 0)
            {
                TiffSamples.Unpack(plane.Current, _image.BitsPerSample, (_window.X - plane.Left) * (long)step, _samples);
            }

            int from = _image.IsPlanar ? 0 : _shown[c];
            for (int i = 0, o = c; i < _window.Width; i++, o += channels, from += step)
            {
                pixels[o] = _samples[from];
            }
        }
    }

    private void Encode(Span<byte> pixels, bool hasAlpha)
    {
        int channels = _shown.Length;
        ReadOnlySpan<byte> codes = _codes;
        bool keepsAlpha = hasAlpha && _image.Photometric == TiffPhotometric.WhiteIsZero;
        for (int i = 0; i < _window.Width * channels; i++)
        {
            byte code = codes[pixels[i]];
            pixels[i] = keepsAlpha && i % channels == channels - 1 ? (byte)(255 - code) : code;
        }
    }

    /// <summary>Divides colors by alpha; a color that exceeds alpha is clipped.</summary>
    private static void Unassociate(Span<byte> pixels, int channels)
    {
        for (; pixels.Length >= channels; pixels = pixels[channels..])
        {
            int alpha = pixels[channels - 1];
            for (int c = 0; c < channels - 1 && alpha is > 0 and < 255; c++)
            {
                pixels[c] = (byte)Math.Min(255, ((pixels[c] * 255) + (alpha / 2)) / alpha);
            }
        }
    }
}
