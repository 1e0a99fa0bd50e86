using System.Text;

namespace ResizeImage.Tests.Support;

/// <summary>An S3 in memory with as much of it as a reconciliation needs, which lets a test interfere with every request.</summary>
/// <param name="before">Happens before a request is answered.</param>
internal sealed class SmallS3(Action<ScriptedRequest> before)
{
    private readonly SortedDictionary<string, (byte[] Body, string Metadata)> _objects = new(StringComparer.Ordinal);

    /// <summary>The keys, in their order.</summary>
    public IReadOnlyList<string> Keys
    {
        get
        {
            lock (_objects)
            {
                return [.. _objects.Keys];
            }
        }
    }

    /// <summary>Puts an object.</summary>
    public void Put(string key, byte[] body, string metadata = "")
    {
        lock (_objects)
        {
            _objects[key] = (body, metadata);
        }
    }

    /// <summary>The text of an object; null if there is none.</summary>
    public string? Text(string key)
    {
        lock (_objects)
        {
            return _objects.TryGetValue(key, out (byte[] Body, string Metadata) found) ? Encoding.UTF8.GetString(found.Body) : null;
        }
    }

    /// <summary>Answers a request to the bucket "photos".</summary>
    public ScriptedAnswer Answer(ScriptedRequest request)
    {
        before(request);
        string key = Uri.UnescapeDataString(request.Target.Split('?')[0]["/photos/".Length..].TrimStart('/'));
        lock (_objects)
        {
            bool isThere = _objects.TryGetValue(key, out (byte[] Body, string Metadata) found);
            switch (request.Method)
            {
                case "GET" when request.Target.Contains("list-type", StringComparison.Ordinal):
                    string after = System.Web.HttpUtility.ParseQueryString(request.Target.Split('?')[1])["start-after"] ?? string.Empty;
                    return ScriptedAnswer.Of(200, Encoding.UTF8.GetBytes(List(after)), "Content-Type: application/xml");
                case "PUT":
                    _objects[key] = (request.Body, string.Join("\r\n", request.Head.Split("\r\n").Where(line => line.StartsWith("x-amz-meta", StringComparison.OrdinalIgnoreCase))));
                    return ScriptedAnswer.Stored;
                case "DELETE":
                    _objects.Remove(key);
                    return ScriptedAnswer.Of(204, []);
                case { } method when !isThere:
                    return method == "HEAD" ? ScriptedAnswer.Absent : ScriptedAnswer.S3Error(404, "NoSuchKey");
                default:
                    string[] headers = found.Metadata.Length == 0 ? [ScriptedAnswer.ETag] : [ScriptedAnswer.ETag, found.Metadata];
                    return ScriptedAnswer.Of(200, found.Body, headers);
            }
        }
    }

    private string List(string after)
    {
        IEnumerable<string> contents = _objects.Keys
            .Where(key => key.StartsWith("input/", StringComparison.Ordinal) && string.CompareOrdinal(key, after) > 0)
            .Select(key => $"<Contents><Key>{key}</Key><ETag>{ScriptedAnswer.ETag["ETag: ".Length..]}</ETag></Contents>");
        return $"<ListBucketResult><IsTruncated>false</IsTruncated>{string.Concat(contents)}</ListBucketResult>";
    }
}
