using System.Globalization;
using System.Xml;
using Microsoft.AspNetCore.Http.Features;
using ResizeImage.Local.S3.Content;

namespace ResizeImage.Local.S3;

/// <summary>One request to the S3 endpoint, and the means to answer it.</summary>
internal sealed class S3Call
{
    private readonly S3Target _target;

    /// <exception cref="S3Exception">The target cannot be parsed.</exception>
    public S3Call(HttpContext http, string requestId, string hostId)
    {
        Http = http;
        RequestId = requestId;
        HostId = hostId;
        _target = S3Target.Parse(http.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget);
    }

    public HttpContext Http { get; }

    public HttpRequest Request => Http.Request;

    public HttpResponse Response => Http.Response;

    public CancellationToken Aborted => Http.RequestAborted;

    /// <summary>x-amz-request-id.</summary>
    public string RequestId { get; }

    /// <summary>x-amz-id-2.</summary>
    public string HostId { get; }

    public S3Level Level => _target switch
    {
        { Bucket: null } => S3Level.Service,
        { Key: null } => S3Level.Bucket,
        _ => S3Level.Object,
    };

    /// <summary>Of requests at the bucket's or object's level.</summary>
    public string Bucket => _target.Bucket!;

    /// <summary>Of requests at the object's level.</summary>
    public string Key => _target.Key!;

    /// <summary>The path as it was sent, without the query.</summary>
    public string RawPath => _target.RawPath;

    /// <summary>The path, percent-decoded and otherwise as it was sent.</summary>
    public string Path => S3Target.Unescape(_target.RawPath);

    /// <summary>The header's value, or null where it is missing or empty.</summary>
    public string? Header(string name) => Request.Headers[name].ToString() is { Length: > 0 } value ? value : null;

    /// <summary>The query parameter's value, decoded; empty where it is missing.</summary>
    public string Query(string name) => Request.Query[name].ToString();

    /// <summary>A whole number from the query.</summary>
    /// <exception cref="S3Exception">InvalidArgument.</exception>
    public int QueryNumber(string name, int missing, int min, int max)
    {
        string text = Query(name);
        if (text.Length == 0)
        {
            return missing;
        }

        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number >= min && number <= max
            ? number
            : throw S3Error.InvalidArgument(name, text, string.Create(CultureInfo.InvariantCulture, $"a whole number from {min} to {max}"));
    }

    /// <summary>Reads an XML body into memory; its size is bounded.</summary>
    /// <exception cref="S3Exception">Too large, or its digests are wrong.</exception>
    public async Task<MemoryStream> ReadXmlBodyAsync(bool checksumIsOfBody = true)
    {
        MemoryStream body = new();
        await RequestBody.ReceiveAsync(Request, body, S3Limits.MaxXmlBytes, checksumIsOfBody: checksumIsOfBody);
        body.Position = 0;
        return body;
    }

    /// <summary>Answers with an XML document.</summary>
    public Task WriteXmlAsync(string root, Action<XmlWriter> content, int status = 200) =>
        WriteBodyAsync(status, S3Xml.Write(root, S3Xml.Namespace, content));

    /// <summary>Answers an error.</summary>
    public static Task WriteErrorAsync(HttpContext http, S3Exception error, string requestId, string hostId)
    {
        byte[] body = S3Xml.Write("Error", null, xml =>
        {
            xml.WriteElementString("Code", error.Code);
            xml.WriteElementString("Message", error.Message);
            foreach ((string? name, string? value) in error.Details)
            {
                xml.WriteElementString(name, value);
            }

            xml.WriteElementString("Resource", http.Request.Path);
            xml.WriteElementString("RequestId", requestId);
            xml.WriteElementString("HostId", hostId);
        });
        return WriteBodyAsync(http, error.Status, body);
    }

    /// <summary>Answers with a finished document.</summary>
    public Task WriteBodyAsync(int status, byte[] body) => WriteBodyAsync(Http, status, body);

    private static async Task WriteBodyAsync(HttpContext http, int status, byte[] body)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = "application/xml";
        http.Response.ContentLength = body.Length;
        if (!HttpMethods.IsHead(http.Request.Method))
        {
            await http.Response.Body.WriteAsync(body, http.RequestAborted);
        }
    }
}

/// <summary>The level of a request's path.</summary>
internal enum S3Level
{
    Service,
    Bucket,
    Object,
}
