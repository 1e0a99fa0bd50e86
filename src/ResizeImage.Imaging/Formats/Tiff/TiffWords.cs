using System.Runtime.InteropServices;
using ResizeImage.Imaging.Pixels;

namespace ResizeImage.Imaging.Formats.Tiff;

/// <summary>Gray, RGB and CMYK of more than 8 bits a sample, with or without alpha. CMYK is reduced to 8 bits.</summary>
internal sealed class TiffWords : TiffPixels
{
    private readonly TiffImage _image;
    private readonly DecodeWindow _window;
    private readonly int[] _shown;
    private readonly ushort[] _samples;
    private readonly ushort[] _pixels;

    public TiffWords(TiffImage image, DecodeWindow window)
    {
        (_image, _window) = (image, window);
        _shown = ShownSamples(image);
        _samples = new ushort[ArrayLength.Of((long)window.Width * image.SamplesPerPlane, "samples of a row")];
        _pixels = new ushort[ArrayLength.Of((long)window.Width * _shown.Length, "samples of a row")];
        Layout = LayoutOf(image);
    }

    public override PixelLayout Layout { get; }

    public override void Convert(TiffPlane[] planes, Span<byte> row)
    {
        Gather(planes);
        int channels = _shown.Length;
        bool hasAlpha = _image.Alpha != TiffAlpha.None;
        if (_image.Photometric == TiffPhotometric.WhiteIsZero)
        {
            for (int i = 0; i < _pixels.Length; i += channels)
            {
                _pixels[i] = (ushort)~_pixels[i];
            }
        }

        if (_image.Alpha == TiffAlpha.Associated)
        {
            Unassociate(_pixels, channels);
        }

        if (Layout == PixelLayout.Cmyk8)
        {
            for (int i = 0; i < _pixels.Length; i++)
            {
                row[i] = (byte)(_pixels[i] >> 8);
            }
        }
        else if (hasAlpha && channels == 2)
        {
            Span<ushort> rgba = MemoryMarshal.Cast<byte, ushort>(row);
            for (int i = 0; i < _window.Width; i++)
            {
                ushort gray = _pixels[2 * i];
                (rgba[4 * i], rgba[(4 * i) + 1], rgba[(4 * i) + 2], rgba[(4 * i) + 3]) = (gray, gray, gray, _pixels[(2 * i) + 1]);
            }
        }
        else
        {
            MemoryMarshal.AsBytes(_pixels.AsSpan()).CopyTo(row);
        }
    }

    /// <summary>Collects the shown samples of each pixel.</summary>
    private void Gather(TiffPlane[] planes)
    {
        int channels = _shown.Length;
        int step = _image.SamplesPerPlane;
        for (int c = 0; c < channels; c++)
        {
            TiffPlane plane = planes[_image.IsPlanar ? c : 0];
            ushort[] samples = step == channels ? _pixels : _samples;
            if (_image.IsPlanar || c == 0)
            {
                TiffSamples.Unpack(plane.Current, _image.BitsPerSample, _image.Header.IsLittleEndian, (_window.X - plane.Left) * (long)step, samples);
            }

            if (step == channels)
            {
                return;
            }

            int from = _image.IsPlanar ? 0 : _shown[c];
            for (int i = 0, o = c; i < _window.Width; i++, o += channels, from += step)
            {
                _pixels[o] = _samples[from];
            }
        }
    }

    private static void Unassociate(Span<ushort> pixels, int channels)
    {
        for (; pixels.Length >= channels; pixels = pixels[channels..])
        {
            long alpha = pixels[channels - 1];
            for (int c = 0; c < channels - 1 && alpha is > 0 and < ushort.MaxValue; c++)
            {
                pixels[c] = (ushort)Math.Min(ushort.MaxValue, ((pixels[c] * (long)ushort.MaxValue) + (alpha / 2)) / alpha);
            }
        }
    }
}
