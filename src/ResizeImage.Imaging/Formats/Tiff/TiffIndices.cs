using ResizeImage.Imaging.Pixels;

namespace ResizeImage.Imaging.Formats.Tiff;

/// <summary>Palette colors (TIFF 6.0, section 5). Extra samples are ignored.</summary>
internal sealed class TiffIndices(TiffImage image, DecodeWindow window) : TiffPixels
{
    private readonly byte[] _samples = new byte[ArrayLength.Of((long)window.Width * image.SamplesPerPlane, "samples of a row")];
    private readonly ColorTable _colors = image.Colors!;

    public override PixelLayout Layout => _colors.Layout;

    public override void Convert(TiffPlane[] planes, Span<byte> row)
    {
        int step = image.SamplesPerPlane;
        TiffSamples.Unpack(planes[0].Current, image.BitsPerSample, (window.X - planes[0].Left) * (long)step, _samples);
        for (int i = 1; i < window.Width && step > 1; i++)
        {
            _samples[i] = _samples[i * step];
        }

        _colors.Convert(_samples.AsSpan(0, window.Width), row);
    }
}
