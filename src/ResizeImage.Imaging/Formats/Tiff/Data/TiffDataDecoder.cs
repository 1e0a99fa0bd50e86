namespace ResizeImage.Imaging.Formats.Tiff;

/// <summary>Decompresses the data of segments row by row. One object serves all segments of a plane.</summary>
internal abstract class TiffDataDecoder : IDisposable
{
    /// <summary>Starts a segment.</summary>
    /// <param name="segment">The bytes in the file.</param>
    /// <param name="bytes">Bytes of all rows that will be read.</param>
    public abstract void Start(TiffSegment segment, long bytes);

    /// <summary>Decompresses the next row.</summary>
    /// <param name="row">Receives one row; undefined if there is none.</param>
    /// <returns>False if the data ends or is corrupt before the end of the row.</returns>
    public abstract bool TryReadRow(Span<byte> row);

    /// <summary>A part of a row could not be decoded, and was guessed.</summary>
    public virtual bool IsDamaged => false;

    /// <summary>Returns rented buffers.</summary>
    public virtual void Dispose()
    {
    }

    /// <summary>The decoder for an image's compression, which is not JPEG.</summary>
    /// <param name="file">The whole file.</param>
    /// <param name="image">The image.</param>
    public static TiffDataDecoder Create(ByteSource file, TiffImage image)
    {
        TiffSegmentData data = new(file, image.IsReversed);
        return image.Compression switch
        {
            TiffCompression.None => new StoredData(data),
            TiffCompression.PackBits => new PackBitsData(data),
            TiffCompression.Lzw => new LzwData(data),
            TiffCompression.Deflate or TiffCompression.AdobeDeflate => new DeflateData(data, file.Work),
            _ => new FaxData(data, image.Compression, image.Segments.Width, isTwoDimensional: (image.Directory.Number(TiffTag.T4Options) & 1) == 1),
        };
    }

    /// <summary>Bytes that a decoder allocates.</summary>
    public static long EstimateMemory(TiffImage image)
    {
        const long Pieces = 20 << 10;
        return Pieces + image.Compression switch
        {
            TiffCompression.Lzw => LzwData.TableBytes,
            TiffCompression.Deflate or TiffCompression.AdobeDeflate => DeflateData.EstimateMemory,
            TiffCompression.CcittHuffman or TiffCompression.CcittHuffmanWord or TiffCompression.CcittGroup3 or TiffCompression.CcittGroup4 =>
                FaxData.EstimateMemory(image.Segments.Width),
            _ => 0,
        };
    }
}
