using System.Buffers.Binary;
using ResizeImage.Imaging.Pixels;

namespace ResizeImage.Imaging.Formats.WebP;

/// <summary>
/// Encodes WebP (RFC 9649): lossy, with exact alpha; or lossless where an image has few colors and that is smaller. The bytes are the same on every
/// machine.
/// </summary>
internal static class WebPEncoder
{
    /// <summary>The quality of a thumbnail if the settings give none.</summary>
    public static int DefaultQuality(int width, int height) => Math.Max(width, height) switch
    {
        <= 160 => 90,
        <= 320 => 88,
        <= 480 => 85,
        <= 640 => 82,
        _ => 78,
    };

    /// <summary>Encodes an image.</summary>
    /// <param name="bitmap">1, 3 or 4 channels.</param>
    /// <param name="quality">1 to 100, on the scale of cwebp.</param>
    /// <param name="work">Checked once per row of macroblocks.</param>
    public static byte[] Encode(Bitmap bitmap, int quality, WorkMeter? work = null)
    {
        // Only images of few colors can be smaller without loss.
        byte[] lossy = EncodeLossy(bitmap, quality, work);
        byte[]? lossless = LosslessEncoder.TryEncode(bitmap, work) is byte[] image ? Riff([(RiffChunk.Vp8L, image)]) : null;
        return lossless?.Length < lossy.Length ? lossless : lossy;
    }

    private static byte[] EncodeLossy(Bitmap bitmap, int quality, WorkMeter? work)
    {
        byte[] frame = LossyEncoder.Encode(bitmap, quality, work);
        return IsOpaque(bitmap)
            ? Riff([(RiffChunk.Vp8, frame)])
            : Riff([(RiffChunk.Vp8X, ExtendedHeader(bitmap)), (RiffChunk.Alph, AlphaEncoder.Encode(bitmap, work)), (RiffChunk.Vp8, frame)]);
    }

    private static bool IsOpaque(Bitmap bitmap)
    {
        for (int i = 3; bitmap.Channels == 4 && i < bitmap.Samples.Length; i += 4)
        {
            if (bitmap.Samples[i] != byte.MaxValue)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The extended header of an image with alpha (RFC 9649, 2.7).</summary>
    private static byte[] ExtendedHeader(Bitmap bitmap)
    {
        const byte AlphaFlag = 16;
        int width = bitmap.Width - 1;
        int height = bitmap.Height - 1;
        return
        [
            AlphaFlag, 0, 0, 0,
            (byte)width, (byte)(width >> 8), (byte)(width >> 16),
            (byte)height, (byte)(height >> 8), (byte)(height >> 16),
        ];
    }

    /// <summary>The file of these chunks (RFC 9649, 2.3 and 2.4).</summary>
    private static byte[] Riff((uint Type, byte[] Payload)[] chunks)
    {
        const int FileHeader = 12;
        int size = FileHeader;
        foreach ((_, byte[] payload) in chunks)
        {
            size = checked(size + RiffChunk.HeaderSize + payload.Length + (payload.Length & 1));
        }

        byte[] file = new byte[size];
        "RIFF"u8.CopyTo(file);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(4), size - RiffChunk.HeaderSize);
        "WEBP"u8.CopyTo(file.AsSpan(8));
        Span<byte> rest = file.AsSpan(FileHeader);
        foreach ((uint type, byte[] payload) in chunks)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(rest, type);
            BinaryPrimitives.WriteInt32LittleEndian(rest[4..], payload.Length);
            payload.CopyTo(rest[RiffChunk.HeaderSize..]);
            rest = rest[(RiffChunk.HeaderSize + payload.Length + (payload.Length & 1))..];
        }

        return file;
    }
}
