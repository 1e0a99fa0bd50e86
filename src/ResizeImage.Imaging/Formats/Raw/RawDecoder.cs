using ResizeImage.Imaging.Formats.Jpeg;

namespace ResizeImage.Imaging.Formats.Raw;

/// <summary>
/// Raw photos of cameras, by the largest JPEG that the camera stored inside: DNG, CR2, CR3, NEF, ARW, ORF, RW2, PEF, SRW and RAF. The raw pixels
/// are not developed.
/// </summary>
internal static class RawDecoder
{
    /// <summary>A raw photo with a preview that can be read. Waits for the whole file if it begins as one.</summary>
    public static bool Matches(ByteSource file) => Find(file) is not null;

    /// <summary>Reads the header of the preview.</summary>
    /// <param name="file">A file that <see cref="Matches"/>.</param>
    public static ImageDecoder Read(ByteSource file)
    {
        (JpegDecoder preview, int? orientation) = Find(file)!.Value;
        ImageInfo info = preview.Info;
        return new EmbeddedDecoder(
            preview,
            info with { Format = ImageFormat.Raw, Orientation = orientation ?? info.Orientation },
            $"Made from the preview that the camera stored in the raw file ({info.Width} × {info.Height}).");
    }

    private static (JpegDecoder Preview, int? Orientation)? Find(ByteSource file)
    {
        RawPreviews? previews = TiffPreviews.Find(file) ?? RafPreviews.Find(file) ?? Cr3Previews.Find(file);
        if (previews is null)
        {
            return null;
        }

        JpegDecoder? best = Largest(file, previews.Candidates);

        // Some cameras note the preview only in their maker notes, whose structure differs by model.
        best ??= Largest(file, JpegSearch.In(file.WaitForAll()));
        return best is null ? null : (best, previews.Orientation);
    }

    /// <summary>The largest candidate that is a JPEG with lossy compression; the raw pixels can be a lossless one.</summary>
    private static JpegDecoder? Largest(ByteSource file, IEnumerable<RawRange> candidates)
    {
        JpegDecoder? best = null;
        foreach (RawRange candidate in candidates)
        {
            file.Work.Check();
            if (candidate.Offset >= file.Length || candidate.Length < 4)
            {
                continue;
            }

            int offset = (int)candidate.Offset;
            int length = (int)Math.Min(candidate.Length, file.Length - offset);
            ByteSource slice = file.Slice(offset, length);
            if (!JpegSegmentReader.Matches(slice.WaitFor(3)))
            {
                continue;
            }

            try
            {
                JpegDecoder decoder = JpegDecoder.Read(slice);
                if (best is null || Pixels(decoder) > Pixels(best))
                {
                    best = decoder;
                }
            }
            catch (Exception e) when (e is InvalidImageException or UnsupportedImageException)
            {
                // Another candidate may be valid.
            }
        }

        return best;

        static long Pixels(JpegDecoder decoder) => (long)decoder.Info.Width * decoder.Info.Height;
    }
}
