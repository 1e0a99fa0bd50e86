using ResizeImage.Imaging.Color;
using ResizeImage.Imaging.Pixels;

namespace ResizeImage.Imaging.Formats.Tiff;

/// <summary>Reads and checks the directory of an image. Reads fields, not pixels.</summary>
internal sealed class TiffImageReader(ByteSource file, TiffHeader header, TiffIfd directory)
{
    /// <summary>Reads the directory.</summary>
    /// <exception cref="InvalidImageException">Fields are missing or contradict each other.</exception>
    /// <exception cref="UnsupportedImageException">The image is of a kind that is not read. The message names it.</exception>
    /// <exception cref="ImageLimitException">A side is longer than numbers of 32 bits can be.</exception>
    public TiffImage Read()
    {
        long compressionCode = directory.Number(TiffTag.Compression) ?? 1;
        TiffCompression compression = TiffCompressions.Of(compressionCode);
        int samples = Small(TiffTag.SamplesPerPixel, otherwise: 1);
        TiffPhotometric photometric = ReadPhotometric(compression, samples);
        if (compression == TiffCompression.OldJpeg && directory.Find(TiffTag.SamplesPerPixel) is null)
        {
            samples = photometric.Channels();
        }

        bool isJpeg = compression is TiffCompression.Jpeg or TiffCompression.OldJpeg;
        int bits = isJpeg ? 8 : ReadBits(samples);
        RefuseSampleFormat();
        if (samples < photometric.Channels())
        {
            throw TiffErrors.Corrupt($"it has {samples} samples per pixel; {photometric.Channels()} are expected for its colors");
        }

        (int width, int height) = ReadSize();
        bool isPlanar = samples > 1 && directory.Number(TiffTag.PlanarConfiguration) == 2;
        (TiffAlpha alpha, int alphaSample) = ReadAlpha(photometric, samples);
        TiffImage image = new()
        {
            Header = header,
            Directory = directory,
            Width = width,
            Height = height,
            BitsPerSample = bits,
            SamplesPerPixel = samples,
            IsPlanar = isPlanar,
            Compression = compression,
            Photometric = photometric,
            HasPredictor = ReadPredictor(compression, bits),
            IsReversed = directory.Number(TiffTag.FillOrder) == 2,
            Segments = ReadSegments(compression, width, height),
            Colors = photometric == TiffPhotometric.Palette ? ReadColors(bits) : null,
            Alpha = alpha,
            AlphaSample = alphaSample,
            YCbCr = photometric == TiffPhotometric.YCbCr && !isJpeg ? TiffYCbCr.ReadMatrix(directory) : YCbCrMatrix.Jfif,
            Subsampling = photometric == TiffPhotometric.YCbCr && !isJpeg ? TiffYCbCr.ReadSubsampling(directory, isPlanar) : (1, 1),
        };
        Check(image);
        return image;
    }

    private static void Check(TiffImage image)
    {
        if (image.Compression.IsCcitt() && (image.BitsPerSample != 1 || image.SamplesPerPlane != 1))
        {
            throw TiffErrors.Corrupt("it is coded as a fax but has more than one bit per pixel");
        }

        bool isEightBits = image.Photometric is TiffPhotometric.YCbCr or TiffPhotometric.CieLab or TiffPhotometric.IccLab;
        if (isEightBits && image.BitsPerSample != 8)
        {
            throw TiffErrors.Unsupported($"a TIFF image in {(image.Photometric == TiffPhotometric.YCbCr ? "YCbCr" : "L*a*b*")} with {image.BitsPerSample} bits per sample");
        }

        if (image.Photometric == TiffPhotometric.YCbCr && image.SamplesPerPixel != 3)
        {
            throw TiffErrors.Unsupported($"a TIFF image in YCbCr with {image.SamplesPerPixel} samples per pixel");
        }

        if (image.Segments.IsTiled && (image.Segments.Width * (long)image.SamplesPerPlane * image.BitsPerSample) % 8 != 0)
        {
            throw TiffErrors.Corrupt($"its tiles are {image.Segments.Width} pixels wide; a multiple of 16 is expected");
        }

        (int columns, int rows) = image.Subsampling;
        if (image.Segments.IsTiled && (image.Segments.Width % columns != 0 || (image.Segments.Down > 1 && image.Segments.Height % rows != 0)))
        {
            throw TiffErrors.Corrupt("its tiles cut chroma samples apart");
        }

        if (!image.Segments.IsTiled && image.Segments.Down > 1 && image.Segments.Height % rows != 0)
        {
            throw TiffErrors.Corrupt("its strips cut chroma samples apart");
        }
    }

    private TiffSegments ReadSegments(TiffCompression compression, int width, int height)
    {
        if (compression != TiffCompression.OldJpeg)
        {
            return new(file, directory, width, height);
        }

        TiffField offset = directory.Find(TiffTag.JpegInterchangeFormat) ?? throw TiffErrors.OldJpeg();
        return new(file, offset, directory.Find(TiffTag.JpegInterchangeFormatLength), width, height);
    }

    private (int Width, int Height) ReadSize()
    {
        long width = directory.Number(TiffTag.ImageWidth) ?? 0;
        long height = directory.Number(TiffTag.ImageLength) ?? 0;
        if (width == 0 || height == 0)
        {
            throw TiffErrors.Corrupt($"its directory says {width} × {height} pixels");
        }

        return width <= int.MaxValue && height <= int.MaxValue
            ? ((int)width, (int)height)
            : throw new ImageLimitException($"The image has {width:N0} × {height:N0} pixels; a side of at most {int.MaxValue:N0} can be read. Upload a smaller image.");
    }

    /// <summary>
    /// Without the field, as libtiff assumes: by compression and channels. Old-style JPEG is YCbCr: writers that say RGB mean the colors after
    /// decoding.
    /// </summary>
    private TiffPhotometric ReadPhotometric(TiffCompression compression, int samples)
    {
        if (directory.Number(TiffTag.PhotometricInterpretation) is not { } code)
        {
            return compression.IsCcitt() ? TiffPhotometric.WhiteIsZero : samples >= 3 ? TiffPhotometric.Rgb : TiffPhotometric.BlackIsZero;
        }

        TiffPhotometric photometric = TiffPhotometrics.Of(code);
        if (photometric == TiffPhotometric.Rgb && compression == TiffCompression.OldJpeg)
        {
            return TiffPhotometric.YCbCr;
        }

        long inkSet = directory.Number(TiffTag.InkSet) ?? 1;
        return photometric == TiffPhotometric.Cmyk && inkSet != 1
            ? throw TiffErrors.Unsupported("a TIFF image in inks other than CMYK")
            : photometric;
    }

    private int ReadBits(int samples)
    {
        TiffField? field = directory.Find(TiffTag.BitsPerSample);
        long bits = field?.Number() ?? 1;
        for (int i = 1; i < samples && i < (field?.Count ?? 0); i++)
        {
            if (field?.Number(i) is { } other && other != bits)
            {
                throw TiffErrors.Unsupported($"a TIFF image whose samples have {bits} and {other} bits");
            }
        }

        return bits switch
        {
            (>= 1 and <= 16) or 24 or 32 => (int)bits,
            64 => throw TiffErrors.Unsupported("a TIFF image with 64 bits per sample"),
            _ => throw TiffErrors.Corrupt($"it has {bits} bits per sample"),
        };
    }

    private void RefuseSampleFormat()
    {
        switch (directory.Number(TiffTag.SampleFormat))
        {
            case 2:
                throw TiffErrors.Unsupported("a TIFF image with signed samples");
            case 3:
                throw TiffErrors.Unsupported("a TIFF image with floating-point samples");
            case 5 or 6:
                throw TiffErrors.Unsupported("a TIFF image with complex samples");
        }
    }

    private bool ReadPredictor(TiffCompression compression, int bits)
    {
        long predictor = directory.Number(TiffTag.Predictor) ?? 1;
        if (predictor == 1 || compression is not (TiffCompression.Lzw or TiffCompression.Deflate or TiffCompression.AdobeDeflate))
        {
            return false;
        }

        return predictor == 2 && bits is 8 or 16 or 32
            ? true
            : throw TiffErrors.Unsupported($"a TIFF image with predictor {predictor} and {bits} bits per sample");
    }

    /// <summary>The first extra sample that is alpha. Extra samples without a meaning are ignored.</summary>
    private (TiffAlpha Alpha, int Sample) ReadAlpha(TiffPhotometric photometric, int samples)
    {
        if (photometric is not (TiffPhotometric.WhiteIsZero or TiffPhotometric.BlackIsZero or TiffPhotometric.Rgb)
            || directory.Find(TiffTag.ExtraSamples) is not { } field)
        {
            return default;
        }

        int channels = photometric.Channels();
        for (int i = 0; i < samples - channels && i < field.Count; i++)
        {
            if (field.Number(i) is (1 or 2) and var meaning)
            {
                return ((TiffAlpha)meaning, channels + i);
            }
        }

        return default;
    }

    /// <summary>
    /// ColorMap (section 5): all reds, then greens, then blues, of 16 bits. Some old programs write 8 bits; as in libtiff, values that are all
    /// less than 256 are those.
    /// </summary>
    private ColorTable ReadColors(int bits)
    {
        if (bits > 8)
        {
            throw TiffErrors.Unsupported($"a TIFF palette image with {bits} bits per pixel");
        }

        int count = 1 << bits;
        TiffField map = directory.Find(TiffTag.ColorMap) ?? throw TiffErrors.Corrupt("it is a palette image without a ColorMap");
        int shift = 0;
        long[] values = new long[3 * count];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = map.Number(i) ?? throw TiffErrors.Corrupt($"its ColorMap has {map.Count} values; {values.Length} are expected");
            shift = values[i] > byte.MaxValue ? 8 : shift;
        }

        byte[] colors = new byte[values.Length];
        for (int i = 0; i < colors.Length; i++)
        {
            colors[i] = (byte)(values[((i % 3) * count) + (i / 3)] >> shift);
        }

        return ColorTable.Opaque(colors);
    }

    private int Small(ushort tag, int otherwise)
    {
        long value = directory.Number(tag) ?? otherwise;
        return value is > 0 and <= ushort.MaxValue ? (int)value : throw TiffErrors.Corrupt($"it has {value} samples per pixel");
    }
}
