namespace ResizeImage.Storage;

/// <summary>The photo was replaced while it was read: what has arrived is a part of another one.</summary>
internal sealed class PhotoChangedException() : Exception("The photo was replaced while it was read.");
