namespace ResizeImage.Storage;

/// <summary>The object was found, but its Content-Encoding yields no file. Reading it again cannot help.</summary>
internal sealed class ObjectContentException(string message, Exception? inner = null) : Exception(message, inner);
