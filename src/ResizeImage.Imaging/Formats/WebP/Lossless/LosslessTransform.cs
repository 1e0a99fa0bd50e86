namespace ResizeImage.Imaging.Formats.WebP;

/// <summary>A transform by which an encoder made an image compress better (RFC 9649, 3.5). It is undone row by row from the top.</summary>
internal abstract class LosslessTransform
{
    /// <summary>Undoes the transform for the next row.</summary>
    /// <param name="row">The row as coded, or as the transform after this one left it.</param>
    /// <returns>Valid until the next call.</returns>
    public abstract ReadOnlySpan<uint> Undo(ReadOnlySpan<uint> row);
}
