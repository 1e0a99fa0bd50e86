using ResizeImage.Imaging.Color;
using ResizeImage.Imaging.Pixels;

namespace ResizeImage.Imaging.Formats.Tiff;

/// <summary>
/// Decodes TIFF (revision 6.0, its supplements, Technical Note 2) and BigTIFF as libtiff documents it: strips and tiles of the first image that
/// is not marked as reduced or as a mask. Profiles are not applied here; L*a*b* becomes sRGB.
/// </summary>
internal sealed class TiffDecoder : ImageDecoder
{
    private readonly ByteSource _file;
    private readonly TiffImage _image;

    private TiffDecoder(ByteSource file, TiffImage image)
    {
        _file = file;
        _image = image;
        long orientation = image.Directory.Number(TiffTag.Orientation) ?? 1;
        Info = new(ImageFormat.Tiff, image.Width, image.Height, orientation is >= 1 and <= 8 ? (int)orientation : 1);
    }

    public override ImageInfo Info { get; }

    public override ColorModel ColorModel => _image.Photometric switch
    {
        TiffPhotometric.WhiteIsZero or TiffPhotometric.BlackIsZero => ColorModel.Gray,
        TiffPhotometric.Cmyk => ColorModel.Cmyk,
        _ => ColorModel.Rgb,
    };

    public override YCbCrMatrix YCbCr => _image.YCbCr;

    private bool IsLab => _image.Photometric is TiffPhotometric.CieLab or TiffPhotometric.IccLab;

    /// <summary>Reads the directory of the image. Waits for it, and for nothing else.</summary>
    /// <param name="file">A file that begins as <see cref="TiffHeader.Matches"/> says.</param>
    /// <exception cref="InvalidImageException">The file is corrupt, or ends before its directory.</exception>
    /// <exception cref="UnsupportedImageException">The image is of a kind that is not read.</exception>
    public static TiffDecoder Read(ByteSource file)
    {
        TiffHeader header = TiffHeader.Read(file);
        TiffImage image = new TiffImageReader(file, header, TiffPages.FindImage(file, header)).Read();
        if (image.Compression == TiffCompression.OldJpeg)
        {
            TiffJpegSegments.RequireWholeFile(file, image);
        }

        return new(file, image);
    }

    public override ReadOnlyMemory<byte> ReadIccProfile() => _image.Directory.Find(TiffTag.IccProfile)?.Bytes() ?? default;

    /// <summary>The ICC profile; without one, Adobe RGB where the EXIF directory says so (Exif 2.32, 4.6.5 and 4.6.7).</summary>
    public override ColorEncoding ReadColorEncoding()
    {
        const int Srgb = 1;
        if (IsLab)
        {
            return ColorEncoding.Srgb;
        }

        ReadOnlyMemory<byte> profile = ReadIccProfile();
        return profile.IsEmpty
            && _image.Directory.Child(TiffTag.ExifDirectory) is { } exif
            && exif.Number(TiffTag.ExifColorSpace) != Srgb
            && exif.Child(TiffTag.InteroperabilityDirectory)?.Bytes(TiffTag.InteroperabilityIndex).StartsWith("R03"u8) == true
                ? ColorEncoding.AdobeRgb
                : ColorEncoding.OfIccProfile(profile);
    }

    /// <summary>XMP (XMP part 3, 1.1.8). The subject in EXIF data of a TIFF is not read: cameras write it into JPEG.</summary>
    public override PhotoMetadata ReadMetadata() => new(default, _image.Directory.Find(TiffTag.Xmp)?.Bytes() ?? default);

    public override ImageDetails Describe() => base.Describe() with
    {
        BitsPerSample = _image.BitsPerSample,
        Color = TiffPhotometrics.NameOf(_image),
        HasAlpha = _image.Alpha != TiffAlpha.None,
        Compression = _image.Compression.Name() + (_image.HasPredictor ? " with predictor" : ""),
        Tiles = _image.Segments is { IsTiled: true } tiles ? new(tiles.Across, tiles.Down, tiles.Width, tiles.Height) : null,
    };

    /// <summary>The time of decompressing and unpacking all samples of the rows down to the window's end.</summary>
    public override long EstimateWork(DecodeWindow window)
    {
        const int Row = 100;
        const int LabPixel = 60;
        int pixel = 4 + (2 * (_image.IsPlanar ? TiffPixels.ShownSamples(_image).Length : _image.SamplesPerPixel)) + (IsLab ? LabPixel : 0);
        return (window.Y + (long)window.Height) * (((long)pixel * _image.Width) + Row);
    }

    public override long EstimateMemory(DecodeWindow window)
    {
        long bytes = TiffPixels.EstimateMemory(_image, window);
        foreach (int plane in TiffPixels.PlanesFor(_image))
        {
            bytes += TiffPlane.EstimateMemory(_image, window);
            bytes += _image.IsJpeg ? TiffJpegSegments.EstimateMemory(_file, _image, plane) : TiffDataDecoder.EstimateMemory(_image);
        }

        return bytes;
    }

    /// <inheritdoc/>
    /// <exception cref="InvalidImageException">The data is corrupt, or ends, before the end of the first row.</exception>
    /// <exception cref="ImageLimitException">A row of segments is larger than an array can be.</exception>
    public override RowReader Open(DecodeWindow window)
    {
        TiffPixels pixels = TiffPixels.Create(_image, window);
        int[] shown = TiffPixels.PlanesFor(_image);
        TiffPlane[] planes = new TiffPlane[shown.Length];
        for (int i = 0; i < shown.Length; i++)
        {
            TiffSegmentDecoder decoder = _image.IsJpeg ? new TiffJpegSegments(_file, _image, shown[i]) : new TiffCodedSegments(_file, _image, shown[i]);
            planes[i] = new(_image, decoder, window, _file.Work);
        }

        return new TiffRowReader(_file, window, planes, pixels);
    }
}
