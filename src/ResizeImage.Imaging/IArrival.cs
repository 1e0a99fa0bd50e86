namespace ResizeImage.Imaging;

/// <summary>A file that arrives while it is decoded: fills its buffer from the beginning.</summary>
public interface IArrival
{
    /// <summary>Waits until a number of bytes of the file are in the buffer.</summary>
    /// <param name="count">At most the file's length.</param>
    /// <returns>The number of bytes in the buffer, at least <paramref name="count"/>. What it throws ends the decoding.</returns>
    int WaitFor(int count);
}
