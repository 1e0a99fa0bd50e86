using ResizeImage.Imaging.Pixels;

namespace ResizeImage.Imaging.Formats.Tiff;

/// <summary>Converts the samples of the current rows of planes to pixels of a layout.</summary>
internal abstract class TiffPixels
{
    /// <summary>The output of <see cref="Convert"/>.</summary>
    public abstract PixelLayout Layout { get; }

    /// <summary>Converts the window's columns of the current row.</summary>
    /// <param name="planes">One plane if samples are interleaved, else one for each of <see cref="PlanesFor"/>.</param>
    /// <param name="row">Receives the window's pixels.</param>
    public abstract void Convert(TiffPlane[] planes, Span<byte> row);

    /// <summary>Chooses the conversion.</summary>
    /// <param name="image">The image.</param>
    /// <param name="window">At scale 1.</param>
    public static TiffPixels Create(TiffImage image, DecodeWindow window) => image.Photometric switch
    {
        TiffPhotometric.Palette => new TiffIndices(image, window),
        TiffPhotometric.YCbCr => new TiffYCbCrPixels(image, window),
        TiffPhotometric.CieLab or TiffPhotometric.IccLab => new TiffLabPixels(image, window),
        _ when image.BitsPerSample > 8 => new TiffWords(image, window),
        _ => new TiffBytes(image, window),
    };

    /// <summary>The output of <see cref="Create"/> without its buffers.</summary>
    public static PixelLayout LayoutOf(TiffImage image)
    {
        bool isDeep = image.BitsPerSample > 8;
        bool hasAlpha = image.Alpha != TiffAlpha.None;
        return image.Photometric switch
        {
            TiffPhotometric.Palette => image.Colors!.Layout,
            TiffPhotometric.YCbCr => PixelLayout.YCbCr8,
            TiffPhotometric.CieLab or TiffPhotometric.IccLab => PixelLayout.Rgb8,
            TiffPhotometric.Cmyk => PixelLayout.Cmyk8,
            _ when hasAlpha => isDeep ? PixelLayout.Rgba16 : PixelLayout.Rgba8,
            TiffPhotometric.Rgb => isDeep ? PixelLayout.Rgb16 : PixelLayout.Rgb8,
            _ => isDeep ? PixelLayout.Gray16 : PixelLayout.Gray8,
        };
    }

    /// <summary>The samples that are shown: those of the color, and alpha.</summary>
    public static int[] ShownSamples(TiffImage image)
    {
        int channels = image.Photometric.Channels();
        int[] samples = new int[image.Alpha == TiffAlpha.None ? channels : channels + 1];
        for (int i = 0; i < channels; i++)
        {
            samples[i] = i;
        }

        if (samples.Length > channels)
        {
            samples[^1] = image.AlphaSample;
        }

        return samples;
    }

    /// <summary>The planes to decode.</summary>
    public static int[] PlanesFor(TiffImage image) => image.IsPlanar ? ShownSamples(image) : [0];

    /// <summary>Bytes of a conversion's buffers.</summary>
    public static long EstimateMemory(TiffImage image, DecodeWindow window) =>
        (long)window.Width * (image.BitsPerSample > 8 ? sizeof(ushort) : 1) * (image.SamplesPerPlane + 5);
}
