namespace ResizeImage.Imaging.Formats;

/// <summary>Decodes still pictures of a video codec, for instance the tiles of a HEIF grid, one after the other in the same buffers.</summary>
internal abstract class PictureDecoder : IDisposable
{
    /// <summary>Starts a picture.</summary>
    /// <param name="data">The item's data.</param>
    /// <param name="isExact">False to omit filters whose effect is hardly visible in a picture that will be downscaled.</param>
    /// <exception cref="UnsupportedImageException">The picture needs a tool that is not implemented. The message names it.</exception>
    public abstract void Start(ReadOnlyMemory<byte> data, bool isExact);

    /// <summary>Decodes until more rows are final.</summary>
    /// <returns>Rows of luma from the top that are final; the header's height at the end of the picture. Each call returns more.</returns>
    public abstract int DecodeRows();

    /// <summary>A row of samples that has become final with the last <see cref="DecodeRows"/>; earlier rows may be gone.</summary>
    /// <param name="plane">0 for luma, 1 for Cb, 2 for Cr.</param>
    /// <param name="y">Row of the plane.</param>
    public abstract ReadOnlySpan<ushort> Row(int plane, int y);

    /// <summary>
    /// Rows of luma from the top that come from the data. Fewer than the final rows if data is missing or corrupt: from here on, samples may be
    /// of half the range.
    /// </summary>
    public abstract int ReadableRows { get; }

    /// <summary>Returns rented buffers.</summary>
    public virtual void Dispose()
    {
    }
}
