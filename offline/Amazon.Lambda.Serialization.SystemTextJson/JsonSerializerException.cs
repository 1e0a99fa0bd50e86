namespace Amazon.Lambda.Serialization.SystemTextJson;

/// <summary>The event or the response could not be converted.</summary>
public class JsonSerializerException(string message, Exception? exception = null) : Exception(message, exception);
