namespace ResizeImage.Imaging.Formats;

/// <summary>Fills the buffer of a <see cref="ByteSource"/> from its beginning.</summary>
internal interface IArrival
{
    /// <summary>Waits until a number of bytes of the file are in the buffer.</summary>
    /// <param name="count">At most the file's length.</param>
    /// <returns>The number of bytes in the buffer, at least <paramref name="count"/>.</returns>
    int WaitFor(int count);
}
