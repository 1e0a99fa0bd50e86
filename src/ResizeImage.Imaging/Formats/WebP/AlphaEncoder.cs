using ResizeImage.Imaging.Pixels;

namespace ResizeImage.Imaging.Formats.WebP;

/// <summary>Encodes the alpha of a lossy frame: the payload of an ALPH chunk (RFC 9649, 2.7.1.2).</summary>
internal static class AlphaEncoder
{
    /// <summary>Encodes the alpha of an image with 4 channels.</summary>
    public static byte[] Encode(Bitmap bitmap, WorkMeter? work)
    {
        work?.Check();
        byte[] data = new byte[1 + (bitmap.Width * bitmap.Height)];
        for (int i = 1; i < data.Length; i++)
        {
            data[i] = bitmap.Samples[(4 * i) - 1];
        }

        return data;
    }
}
