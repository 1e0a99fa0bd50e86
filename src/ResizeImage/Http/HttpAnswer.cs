using System.Text;

namespace ResizeImage.Http;

/// <summary>The answer to a request.</summary>
/// <param name="Status">The status code.</param>
/// <param name="Headers">Names and values.</param>
internal sealed record HttpAnswer(int Status, IReadOnlyList<KeyValuePair<string, string>> Headers)
{
    public const string CacheControl = "Cache-Control";
    public const string NoStore = "no-store";

    /// <summary>The image; null for an answer without one.</summary>
    public byte[]? Image { get; private init; }

    /// <summary>The text; null for an answer without one.</summary>
    public string? Text { get; private init; }

    /// <summary>Size of the body in bytes, also of one that a HEAD does not get.</summary>
    public long Length { get; private init; }

    /// <summary>An image.</summary>
    /// <param name="length">Its size in bytes.</param>
    /// <param name="image">The file; null if only its headers are wanted.</param>
    /// <param name="headers">Names and values.</param>
    public static HttpAnswer OfImage(long length, byte[]? image, params KeyValuePair<string, string>[] headers) =>
        new(200, headers) { Length = length, Image = image };

    /// <summary>No image, and the reason in a line of text.</summary>
    public static HttpAnswer OfText(int status, string text, string cacheControl, params KeyValuePair<string, string>[] headers) =>
        new(status, [new("Content-Type", "text/plain; charset=utf-8"), new("X-Content-Type-Options", "nosniff"), new(CacheControl, cacheControl), .. headers])
        {
            Text = text + "\n",
            Length = Encoding.UTF8.GetByteCount(text) + 1,
        };

    /// <summary>With one more header.</summary>
    public HttpAnswer With(string name, string value) => this with { Headers = [.. Headers, new(name, value)] };
}
