namespace ResizeImage.Local.S3.Storage;

/// <summary>A tag of an object.</summary>
/// <param name="Key">1 to 128 characters.</param>
/// <param name="Value">At most 256 characters.</param>
internal sealed record ObjectTag(string Key, string Value);
