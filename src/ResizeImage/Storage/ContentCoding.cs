using System.IO.Compression;
using ResizeImage.Text;

namespace ResizeImage.Storage;

/// <summary>
/// Decodes objects that were compressed when they were uploaded (Content-Encoding: gzip or br; RFC 9110, 8.4). Browsers do it, too, so that
/// the uploader does not notice.
/// </summary>
internal static class ContentCoding
{
    // Without it, .NET accepts truncated data.
    static ContentCoding() => AppContext.SetSwitch("System.IO.Compression.UseStrictValidation", true);

    /// <summary>Whether a body is the file itself.</summary>
    /// <param name="contentEncoding">The value of Content-Encoding; null if there is none.</param>
    public static bool IsPlain(string? contentEncoding) => Codings(contentEncoding).Length == 0;

    /// <summary>The content that a body decodes to; null where it is the body itself.</summary>
    /// <param name="body">Left open.</param>
    /// <param name="contentEncoding">The value of Content-Encoding; null if there is none.</param>
    /// <exception cref="ObjectContentException">Another coding, or several.</exception>
    public static Stream? Decode(Stream body, string? contentEncoding) => Codings(contentEncoding) switch
    {
        [] => null,
        ["gzip" or "x-gzip"] => new GZipStream(body, CompressionMode.Decompress, leaveOpen: true),
        ["br"] => new BrotliStream(body, CompressionMode.Decompress, leaveOpen: true),
        _ => throw new ObjectContentException(
            $"The object is stored with Content-Encoding \"{LogText.Escape(contentEncoding!)}\"; the function supports gzip and br. Upload it without Content-Encoding."),
    };

    /// <summary>Whether an exception is about the compressed data and not about the connection.</summary>
    public static bool IsOfData(Exception exception) => exception is InvalidDataException or InvalidOperationException;

    /// <summary>Explains corrupt or truncated data.</summary>
    /// <param name="contentEncoding">The value of Content-Encoding.</param>
    /// <param name="isTruncated">Whether the body ended before its data did.</param>
    /// <param name="cause">The exception of .NET.</param>
    public static ObjectContentException Explain(string? contentEncoding, bool isTruncated, Exception cause) => new(
        isTruncated
            ? $"The object is stored with Content-Encoding {Codings(contentEncoding)[0]}, and its data end too early. Upload the complete file."
            : $"The object is stored with Content-Encoding {Codings(contentEncoding)[0]}, and its data are corrupt. Upload an undamaged copy.",
        cause);

    /// <summary>In the order in which they were applied. aws-chunked is about an upload and says nothing about the object, but some clients let S3 store it.</summary>
    private static string[] Codings(string? contentEncoding) => Array.FindAll(
        Array.ConvertAll((contentEncoding ?? string.Empty).Split(','), coding => coding.Trim().ToLowerInvariant()),
        coding => coding is not ("" or "identity" or "aws-chunked"));
}
