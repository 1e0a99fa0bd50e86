namespace ResizeImage.Imaging.Metadata;

/// <summary>
/// Finds the main subject that a camera has written into EXIF data (Exif 2.32, 4.6.5, SubjectArea and SubjectLocation): the face or the part in
/// focus, in pixels of the stored image.
/// </summary>
internal static class ExifSubject
{
    private const ushort ExifDirectory = 0x8769;
    private const ushort SubjectArea = 0x9214;
    private const ushort PixelXDimension = 0xA002;
    private const ushort PixelYDimension = 0xA003;
    private const ushort SubjectLocation = 0xA214;

    /// <summary>The most difference of the aspect ratio between the image and the one that the camera measured.</summary>
    private const double AspectTolerance = 0.02;

    /// <summary>Cameras without a subject write the center, which says nothing. Half a percent is a rounding of 20 pixels in a phone's photo.</summary>
    private const double CenterTolerance = 0.005;

    /// <summary>The largest part of the image that is a subject: above it, cameras measured the whole scene.</summary>
    private const double LargestSubject = 0.5;

    /// <summary>Reads the main subject.</summary>
    /// <param name="tiff">From the byte order mark <c>II</c> or <c>MM</c> on.</param>
    /// <param name="width">Of the stored image in pixels.</param>
    /// <param name="height">Of the stored image in pixels.</param>
    /// <returns>Null if there is none, if it is not a subject but the whole scene, or if the image was cropped later.</returns>
    public static SubjectRegion? Read(ReadOnlySpan<byte> tiff, int width, int height)
    {
        TiffDirectory exif = TiffDirectory.First(tiff).Child(ExifDirectory);
        Span<uint> numbers = stackalloc uint[4];
        int count = exif.Numbers(SubjectArea, numbers);
        if (count < 2)
        {
            count = Math.Min(2, exif.Numbers(SubjectLocation, numbers));
        }

        if (count < 2)
        {
            return null;
        }

        // Programs that reduce photos mostly keep the camera's numbers.
        double measuredWidth = exif.Number(PixelXDimension) is uint x and > 0 ? x : width;
        double measuredHeight = exif.Number(PixelYDimension) is uint y and > 0 ? y : height;
        if (Math.Abs((measuredWidth * height / (measuredHeight * width)) - 1) > AspectTolerance)
        {
            return null;
        }

        // Two numbers: a point. Three: a circle by its diameter. Four: a rectangle by width and height.
        double areaWidth = count >= 3 ? numbers[2] : 0;
        double areaHeight = count >= 4 ? numbers[3] : areaWidth;
        SubjectRegion? region = SubjectRegion.OfCenter(
            SubjectKind.Focus, numbers[0] / measuredWidth, numbers[1] / measuredHeight, areaWidth / measuredWidth, areaHeight / measuredHeight);
        return region is { } found && IsSubject(found, numbers[0] / measuredWidth, numbers[1] / measuredHeight) ? found : null;
    }

    private static bool IsSubject(SubjectRegion region, double x, double y) =>
        region.Area <= LargestSubject && (Math.Abs(x - 0.5) > CenterTolerance || Math.Abs(y - 0.5) > CenterTolerance);
}
