using System.Runtime.CompilerServices;

namespace ResizeImage.Imaging.Formats.Jpeg;

/// <summary>
/// 64 coefficients in rows. A value type of fixed size is cleared with four stores; an array needs a call, which takes 2 % of the time of a
/// photo.
/// </summary>
[InlineArray(64)]
internal struct Block
{
    private short _first;
}
