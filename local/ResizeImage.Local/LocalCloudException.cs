namespace ResizeImage.Local;

/// <summary>An error that the user can fix; the message says how.</summary>
public sealed class LocalCloudException(string message, Exception? inner = null) : Exception(message, inner);
