namespace ResizeImage.Imaging.Formats.WebP;

/// <summary>What an encoder did to a picture to make it easier to code, undone row by row from top to bottom (RFC 9649, 3.5).</summary>
internal abstract class LosslessTransform
{
    /// <summary>Undoes it for the next row.</summary>
    /// <param name="row">As coded, or as the transform after this one left it.</param>
    /// <returns>Valid until the next call.</returns>
    public abstract ReadOnlySpan<uint> Undo(ReadOnlySpan<uint> row);
}
