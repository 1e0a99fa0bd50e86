namespace ResizeImage.Observability;

/// <summary>A request over HTTP, as the log names it.</summary>
/// <param name="Method">GET, HEAD…</param>
/// <param name="Path">Decoded.</param>
/// <param name="Status">The status code of the answer.</param>
internal sealed record AnsweredRequest(string Method, string Path, int Status);
