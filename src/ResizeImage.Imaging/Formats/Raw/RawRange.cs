namespace ResizeImage.Imaging.Formats.Raw;

/// <summary>Bytes of a file that may be a preview; can be beyond its end.</summary>
internal readonly record struct RawRange(long Offset, long Length);
