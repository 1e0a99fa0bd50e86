namespace Amazon.Lambda.Core;

/// <summary>Turns the event into the handler's argument, and its result into the response.</summary>
public interface ILambdaSerializer
{
    /// <summary>Reads a value.</summary>
    T Deserialize<T>(Stream requestStream);

    /// <summary>Writes a value.</summary>
    void Serialize<T>(T response, Stream responseStream);
}
