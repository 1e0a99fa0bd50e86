using System.Collections.Specialized;
using System.Text.Json.Nodes;
using System.Web;

namespace ResizeImage.Tests.Deployment;

/// <summary>The action and resource that IAM checks for a call of S3, by S3's documentation of required permissions.</summary>
/// <param name="Action">For example s3:GetObject.</param>
/// <param name="Resource">ARN of the object or the bucket.</param>
/// <param name="Prefix">Of a listing (s3:prefix); null if the request has none.</param>
internal sealed record IamRequest(string Action, string Resource, string? Prefix = null)
{
    // Headers that need permissions of their own: s3:PutObjectAcl, s3:PutObjectTagging, s3:GetObject of the source…
    private static readonly string[] Unforeseen =
        ["x-amz-acl", "x-amz-grant-", "x-amz-tagging", "x-amz-copy-source", "x-amz-object-lock-", "x-amz-server-side-encryption"];

    /// <summary>The check for a path-style request.</summary>
    public static IamRequest Of(HttpRequestMessage request)
    {
        string[] path = request.RequestUri!.AbsolutePath.TrimStart('/').Split('/', 2);
        NameValueCollection query = HttpUtility.ParseQueryString(request.RequestUri.Query);
        Assert.DoesNotContain(request.Headers, header => Unforeseen.Any(name => header.Key.StartsWith(name, StringComparison.OrdinalIgnoreCase)));
        string bucket = $"arn:aws:s3:::{path[0]}";
        if (path is [_, { Length: > 0 } key])
        {
            Assert.Empty(query.AllKeys.Except(["x-id"])); // A subresource such as ?tagging would be another action.
            return new IamRequest(ObjectAction(request.Method), $"{bucket}/{Uri.UnescapeDataString(key)}");
        }

        Assert.Equal(("GET", "2"), (request.Method.Method, query["list-type"]));
        return new IamRequest("s3:ListBucket", bucket, query["prefix"]);
    }

    /// <summary>As .ci/template/iam.mjs reads it.</summary>
    public JsonObject ToJson() => new()
    {
        ["action"] = Action,
        ["resource"] = Resource,
        ["context"] = Prefix is null ? [] : new JsonObject { ["s3:prefix"] = Prefix },
    };

    private static string ObjectAction(HttpMethod method) => method.Method switch
    {
        "GET" or "HEAD" => "s3:GetObject",
        "PUT" => "s3:PutObject",
        "DELETE" => "s3:DeleteObject",
        _ => throw new ArgumentException($"No permission is known for {method} on an object.", nameof(method)),
    };
}
