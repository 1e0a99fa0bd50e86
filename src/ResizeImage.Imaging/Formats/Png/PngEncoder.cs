using ResizeImage.Imaging.Formats.Deflate;
using ResizeImage.Imaging.Pixels;

namespace ResizeImage.Imaging.Formats.Png;

/// <summary>Encodes PNG: lossless, not interlaced, marked as sRGB, without other metadata. The bytes are the same on every machine.</summary>
internal static class PngEncoder
{
    // Rendering intent 0, perceptual (PNG 11.3.2.5).
    private const byte Perceptual = 0;

    /// <summary>Encodes an image.</summary>
    /// <param name="bitmap">1, 3 or 4 channels.</param>
    /// <param name="work">Checked for each block of compressed data.</param>
    public static byte[] Encode(Bitmap bitmap, WorkMeter? work = null)
    {
        // No heuristic predicts the smallest: photos gain from filters, text and logos mostly not.
        Candidate best = Candidates(bitmap).MinBy(candidate => candidate.EstimateSize(work))!;
        return Write(best.Raster, ZlibCompressor.Compress(best.Data, best.MinLength, work));
    }

    private static IEnumerable<Candidate> Candidates(Bitmap bitmap)
    {
        PngRaster direct = PngRaster.Direct(bitmap);
        yield return new(direct, PngFilteredData.Adaptive(direct), MinLength: 6);
        yield return new(direct, PngFilteredData.Unfiltered(direct), MinLength: 3);
        if (PngRaster.Indexed(bitmap) is PngRaster indexed)
        {
            yield return new(indexed, PngFilteredData.Unfiltered(indexed), MinLength: 3);
        }
    }

    private static byte[] Write(PngRaster raster, byte[] compressed)
    {
        using MemoryStream file = new();
        file.Write(PngDecoder.Signature);
        Span<byte> header = stackalloc byte[PngHeader.Size];
        raster.Header.Write(header);
        PngChunk.Write(file, PngChunk.Ihdr, header);
        PngChunk.Write(file, PngChunk.Srgb, [Perceptual]);
        if (raster.Palette.Length > 0)
        {
            PngChunk.Write(file, PngChunk.Plte, raster.Palette);
        }

        if (raster.Alphas.Length > 0)
        {
            PngChunk.Write(file, PngChunk.Trns, raster.Alphas);
        }

        PngChunk.Write(file, PngChunk.Idat, compressed);
        PngChunk.Write(file, PngChunk.Iend, []);
        return file.ToArray();
    }

    /// <summary>A way to store the image.</summary>
    /// <param name="Raster">The pixels before filtering.</param>
    /// <param name="Data">The bytes to compress.</param>
    /// <param name="MinLength">The shortest match that <see cref="ZlibCompressor.Compress"/> uses.</param>
    private sealed record Candidate(PngRaster Raster, byte[] Data, int MinLength)
    {
        public int EstimateSize(WorkMeter? work) => ZlibCompressor.EstimateSize(Data, MinLength, work) + ChunkSize(Raster.Palette) + ChunkSize(Raster.Alphas);

        private static int ChunkSize(byte[] data) => data.Length == 0 ? 0 : data.Length + PngChunk.Overhead;
    }
}
