using Microsoft.AspNetCore.WebUtilities;
using ResizeImage.Local.Events;
using ResizeImage.Local.S3.Content;
using ResizeImage.Local.S3.Signing;
using ResizeImage.Local.S3.Storage;

namespace ResizeImage.Local.S3.Operations;

/// <summary>Stores the file of a form.</summary>
internal sealed class FormUpload(ObjectStore store, ObjectChanges changes)
{
    /// <summary>An upload by a form, which needs a signed policy: "POST Object" in the Amazon S3 API Reference.</summary>
    public async Task PostObjectAsync(S3Call call)
    {
        store.Find(call.Bucket);
        PostForm form = await PostForm.ReadAsync(call.Request, call.Aborted);
        PostSignature.Verify(form);
        (long min, long max) = PostPolicy.Check(form, call.Bucket, DateTime.UtcNow);
        if (form.Fields.Keys.FirstOrDefault(name => name.StartsWith("x-amz-checksum-", StringComparison.OrdinalIgnoreCase)) is { } checksum)
        {
            throw S3Error.HeaderNotImplemented(checksum);
        }

        string key = form["key"];
        if (key.Length == 0)
        {
            throw S3Error.InvalidArgument("key", null, "a field key in the form");
        }

        S3Target.CheckKey(key);
        Dictionary<string, string> headers = ObjectHeaders.Read(form.Fields);
        IReadOnlyList<ObjectTag>? tags = TagSet.OfForm(form.Fields);
        string? acl = CannedAcl.OfObject(form.Fields);
        using StagedFile staged = store.Stage();
        using Digest md5 = Digest.Create("md5");
        long size = await ReceiveAsync(form.File, staged, md5, Math.Min(max, S3Limits.MaxRequestBytes), call.Aborted);
        if (size < min)
        {
            throw S3Error.EntityTooSmall(size, min);
        }

        StoredObject stored = new()
        {
            Key = key,
            Size = size,
            ETag = EntityTag.Of(md5.Finish()),
            LastModified = ObjectChanges.Now(),
            Headers = headers,
            Tags = tags,
            Acl = acl,
        };
        changes.Commit(call, stored, staged, ObjectEvent.Post);
        await AnswerFormAsync(call, form, stored);
    }

    private static async Task<long> ReceiveAsync(Stream file, StagedFile staged, Digest md5, long max, CancellationToken cancellationToken)
    {
        await using FileStream target = staged.Create();
        try
        {
            long size = await DigestingCopy.RunAsync(file, target, [md5], max + 1, cancellationToken);
            return size <= max ? size : throw S3Error.EntityTooLarge(size, max);
        }
        catch (Exception e) when (PostForm.IsBroken(e))
        {
            // The body ended before the form did.
            throw S3Error.MalformedPostRequest();
        }
    }

    private static Task AnswerFormAsync(S3Call call, PostForm form, StoredObject stored)
    {
        string etag = ObjectAnswer.Quoted(stored.ETag);
        string location = $"http://{call.Request.Host}/{call.Bucket}/{Uri.EscapeDataString(stored.Key)}";
        call.Response.Headers.ETag = etag;
        ObjectAnswer.WriteEncryption(call, stored.Headers);
        call.Response.Headers.Location = location;
        string redirect = form["success_action_redirect"] is { Length: > 0 } url ? url : form["redirect"];
        if (Uri.TryCreate(redirect, UriKind.Absolute, out Uri? target) && target.Scheme is "http" or "https")
        {
            call.Response.StatusCode = 303;
            call.Response.Headers.Location = QueryHelpers.AddQueryString(
                target.AbsoluteUri, new Dictionary<string, string?> { ["bucket"] = call.Bucket, ["key"] = stored.Key, ["etag"] = etag });
            return Task.CompletedTask;
        }

        switch (form["success_action_status"])
        {
            case "200":
                return Task.CompletedTask;
            case "201":
                return call.WriteXmlAsync(
                    "PostResponse",
                    xml =>
                    {
                        xml.WriteElementString("Location", location);
                        xml.WriteElementString("Bucket", call.Bucket);
                        xml.WriteElementString("Key", stored.Key);
                        xml.WriteElementString("ETag", etag);
                    },
                    status: 201);
            default:
                call.Response.StatusCode = 204;
                return Task.CompletedTask;
        }
    }
}
