using System.Text;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace ResizeImage.Local.S3.Operations;

/// <summary>
/// A browser's upload form: multipart/form-data of RFC 7578, its fields and then its file. Parts after
/// the file are ignored, as in S3.
/// </summary>
/// <param name="Fields">By name, ignoring case; ${filename} in a value stands for the file's name.</param>
/// <param name="File">The file's bytes, which can be read once.</param>
internal sealed record PostForm(IHeaderDictionary Fields, Stream File)
{
    private const int MaxBoundaryBytes = 200;

    /// <summary>Reads the fields, up to the file.</summary>
    /// <exception cref="S3Exception">It is no such form, has no file, or its fields are too large.</exception>
    public static async Task<PostForm> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        string contentType = request.ContentType ?? "";
        if (!MediaTypeHeaderValue.TryParse(contentType, out MediaTypeHeaderValue? type) || !type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase)
            || HeaderUtilities.RemoveQuotes(type.Boundary) is not { Length: > 0 and < MaxBoundaryBytes } boundary)
        {
            throw S3Error.PreconditionFailed("Bucket POST must be of the enclosure-type multipart/form-data");
        }

        MultipartReader reader = new(boundary.ToString(), request.Body) { HeadersLengthLimit = S3Limits.MaxFormFieldBytes };
        HeaderDictionary fields = new();
        int left = S3Limits.MaxFormFieldBytes;
        try
        {
            while (await reader.ReadNextSectionAsync(cancellationToken) is { } section)
            {
                ContentDispositionHeaderValue disposition = section.GetContentDispositionHeader() ?? throw S3Error.MalformedPostRequest();
                string name = HeaderUtilities.RemoveQuotes(disposition.Name).ToString();
                if (name.Equals("file", StringComparison.OrdinalIgnoreCase))
                {
                    return new PostForm(WithFileName(fields, HeaderUtilities.RemoveQuotes(disposition.FileName).ToString()), section.Body);
                }

                byte[] value = await ReadAsync(section.Body, left, cancellationToken);
                left -= name.Length + value.Length;
                fields[name] = Encoding.UTF8.GetString(value);
            }
        }
        catch (Exception e) when (IsBroken(e))
        {
            throw S3Error.MalformedPostRequest();
        }

        throw S3Error.InvalidArgument("file", "0", "exactly one file, behind the other fields");
    }

    /// <summary>Whether the form is invalid or truncated; false for other errors, such as a full disk.</summary>
    public static bool IsBroken(Exception exception) =>
        exception is InvalidDataException || (exception.GetType() == typeof(IOException) && exception.HResult == new IOException().HResult);

    /// <summary>The field's value; empty where it is missing.</summary>
    public string this[string name] => Fields[name].ToString();

    private static async Task<byte[]> ReadAsync(Stream body, int limit, CancellationToken cancellationToken)
    {
        byte[] buffer = new byte[Math.Max(0, limit) + 1];
        int length = await body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken);
        return length <= limit
            ? buffer[..length]
            : throw new S3Exception(400, "MaxPostPreDataLengthExceeded", "Your POST request fields preceding the upload file were too large.");
    }

    // Old browsers sent the whole path.
    private static HeaderDictionary WithFileName(HeaderDictionary fields, string fileName)
    {
        fileName = fileName[(fileName.LastIndexOfAny(['/', '\\']) + 1)..];
        foreach ((string? name, Microsoft.Extensions.Primitives.StringValues value) in fields.ToArray())
        {
            string text = value.ToString();
            if (text.Any(char.IsControl))
            {
                throw S3Error.InvalidArgument(name, text, "text without control characters");
            }

            fields[name] = text.Replace("${filename}", fileName, StringComparison.Ordinal);
        }

        return fields;
    }
}
