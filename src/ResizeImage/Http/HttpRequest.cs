namespace ResizeImage.Http;

/// <summary>A request for a thumbnail.</summary>
/// <param name="Front">The service that it comes through.</param>
/// <param name="Method">GET, HEAD…</param>
/// <param name="Path">Decoded, with the slash in front, without the stage of an API.</param>
/// <param name="IfNoneMatch">The value of that header; null if it was not sent.</param>
internal sealed record HttpRequest(HttpFront Front, string Method, string Path, string? IfNoneMatch)
{
    /// <summary>Whether the headers of the event, and thus those of the answer, are lists of values.</summary>
    public bool HasMultiValueHeaders { get; init; }

    public bool IsHead => Method == "HEAD";
}
