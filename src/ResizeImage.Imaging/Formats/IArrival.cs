namespace ResizeImage.Imaging.Formats;

/// <summary>Fills the buffer of a <see cref="ByteSource"/> from its beginning.</summary>
internal interface IArrival
{
    /// <summary>Waits until so many bytes of the file are in the buffer.</summary>
    /// <param name="count">At most the file's length.</param>
    /// <returns>How many are, at least <paramref name="count"/>.</returns>
    int WaitFor(int count);
}
