namespace ResizeImage.Imaging.Metadata;

internal static class ExifOrientation
{
    public static int Read(ReadOnlySpan<byte> tiff) => 1;
}
