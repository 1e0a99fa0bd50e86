using ResizeImage.Imaging.Formats.Hevc.Entropy;
using ResizeImage.Imaging.Formats.Hevc.Headers;

namespace ResizeImage.Imaging.Formats.Hevc.Slices;

/// <summary>What the parts of a decoder share while they decode the pictures of one picture parameter set.</summary>
internal sealed class PictureState
{
    /// <param name="picture">The parameter sets.</param>
    /// <param name="entropy">Decodes the slices; the same for all parameter sets.</param>
    /// <param name="isExact">With loop filters.</param>
    public PictureState(PictureParameters picture, EntropyDecoder entropy, bool isExact)
    {
        Parameters = picture;
        Entropy = entropy;
        Scan = new TileScan(picture);
        Neighbors = new CtbNeighbors(picture.Sequence);
        Quantization = new QuantizationGroup(picture.Sequence);
        Buffer = new PictureBuffer(picture.Sequence, isWhole: isExact || picture.HasTiles);
        Filters = isExact ? new FilterMap(picture.Sequence) : null;
    }

    public PictureParameters Parameters { get; }

    public SequenceParameters Sequence => Parameters.Sequence;

    public EntropyDecoder Entropy { get; }

    public TileScan Scan { get; }

    public CtbNeighbors Neighbors { get; }

    public QuantizationGroup Quantization { get; }

    public PictureBuffer Buffer { get; }

    /// <summary>What the loop filters need to know; null if they are left out.</summary>
    public FilterMap? Filters { get; }

    /// <summary>The header of the current slice segment.</summary>
    public SliceHeader Slice { get; set; } = null!;
}
