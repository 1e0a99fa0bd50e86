namespace ResizeImage.Imaging.Formats;

/// <summary>What a container states about coded pictures before their data: in HEIF, the decoder configuration property of an item.</summary>
internal abstract class PictureConfiguration
{
    /// <summary>Size and samples of each picture.</summary>
    public abstract PictureHeader Header { get; }

    /// <summary>Estimated bytes of a <see cref="PictureDecoder"/>.</summary>
    /// <param name="isExact">With filters, see <see cref="PictureDecoder.Start"/>.</param>
    public abstract long EstimateMemory(bool isExact);

    /// <summary>Estimated work of the worst picture for the size: time that costs no bytes (<see cref="WorkMeter"/>).</summary>
    public abstract long EstimateWork();

    /// <summary>Makes a decoder, which can decode any number of pictures one after the other. Allocates in proportion to the picture.</summary>
    public abstract PictureDecoder CreateDecoder(WorkMeter work);
}
