namespace ResizeImage.Local.S3;

/// <summary>An error as S3 answers it: "Error responses" in the Amazon S3 API Reference.</summary>
internal sealed class S3Exception(int status, string code, string message, params (string Name, string Value)[] details)
    : Exception(message)
{
    /// <summary>The HTTP status.</summary>
    public int Status { get; } = status;

    /// <summary>The element Code, which programs evaluate.</summary>
    public string Code { get; } = code;

    /// <summary>Further elements of the answer, such as Key.</summary>
    public IReadOnlyList<(string Name, string Value)> Details { get; } = details;
}
