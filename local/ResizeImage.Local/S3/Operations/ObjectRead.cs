using System.Buffers;
using System.Globalization;
using ResizeImage.Local.S3.Storage;

namespace ResizeImage.Local.S3.Operations;

/// <summary>Sends objects, their headers and their ACLs.</summary>
internal sealed class ObjectRead(ObjectStore store)
{
    private static readonly string[] ResponseOverrides = ["Cache-Control", "Content-Disposition", "Content-Encoding", "Content-Language", "Content-Type", "Expires"];

    /// <summary>GetObject and HeadObject.</summary>
    public async Task GetObjectAsync(S3Call call)
    {
        Preconditions.CheckVersion(call);
        Encryption.CheckRead(call.Request.Headers);
        bool withContent = HttpMethods.IsGet(call.Request.Method);
        StoredObject stored = store.Find(call.Bucket).Open(call.Key, withContent, out FileStream? content);
        await using FileStream? _ = content;
        bool changed = Preconditions.CheckRead(call, stored);
        WriteHeaders(call, stored);
        if (!changed)
        {
            call.Response.StatusCode = 304;
            return;
        }

        (long Start, long Length)? range = SelectedRange(call, stored);
        (long start, long length) = range ?? (0, stored.Size);
        if (range is not null)
        {
            call.Response.StatusCode = 206;
            call.Response.Headers.ContentRange = string.Create(CultureInfo.InvariantCulture, $"bytes {start}-{start + length - 1}/{stored.Size}");
        }
        else if (call.Header("x-amz-checksum-mode") == "ENABLED")
        {
            // The checksum is of the whole object, so a part has none.
            ObjectAnswer.WriteChecksum(call, stored.Checksum);
        }

        call.Response.ContentLength = length;
        if (content is not null)
        {
            content.Position = start;
            await SendAsync(content, length, call);
        }
    }

    public Task GetObjectAclAsync(S3Call call)
    {
        Preconditions.CheckVersion(call);
        StoredObject stored = store.Find(call.Bucket).Open(call.Key, withContent: false, out _);
        return call.WriteXmlAsync("AccessControlPolicy", xml => CannedAcl.Write(xml, stored.Acl));
    }

    private static void WriteHeaders(S3Call call, StoredObject stored)
    {
        IHeaderDictionary headers = call.Response.Headers;
        headers.ETag = ObjectAnswer.Quoted(stored.ETag);
        headers.LastModified = stored.LastModified.ToString("R", CultureInfo.InvariantCulture);
        headers.AcceptRanges = "bytes";
        ObjectTagging.WriteCount(call, stored);
        foreach ((string? name, string? value) in stored.Headers)
        {
            headers[name] = ObjectHeaders.ToWire(name, value);
        }

        foreach (string name in ResponseOverrides)
        {
            string parameter = "response-" + name.ToLowerInvariant();
            if (call.Query(parameter) is { Length: > 0 } value)
            {
                ObjectHeaders.CheckText(parameter, value);
                headers[name] = value;
            }
        }
    }

    private static (long Start, long Length)? SelectedRange(S3Call call, StoredObject stored)
    {
        string number = call.Query("partNumber");
        if (number.Length == 0)
        {
            return ByteRange.Parse(call.Header("Range"), stored.Size);
        }

        // An object put in one request is one part, and has no part count.
        IReadOnlyList<long> parts = stored.PartSizes ?? [stored.Size];
        int part = call.QueryNumber("partNumber", 1, 1, S3Limits.MaxParts);
        if (part > parts.Count)
        {
            throw S3Error.InvalidPartNumber(number, parts.Count);
        }

        if (stored.PartSizes is not null)
        {
            call.Response.Headers["x-amz-mp-parts-count"] = parts.Count.ToString(CultureInfo.InvariantCulture);
        }

        return stored.Size == 0 ? null : (parts.Take(part - 1).Sum(), parts[part - 1]);
    }

    private static async Task SendAsync(FileStream content, long length, S3Call call)
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(128 << 10);
        try
        {
            while (length > 0)
            {
                int read = await content.ReadAsync(buffer.AsMemory(0, (int)Math.Min(buffer.Length, length)), call.Aborted);
                if (read == 0)
                {
                    // A user truncated the file during the read: the client must see a broken answer, not a short one.
                    call.Http.Abort();
                    return;
                }

                await call.Response.Body.WriteAsync(buffer.AsMemory(0, read), call.Aborted);
                length -= read;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
