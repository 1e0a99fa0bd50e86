using System.Text.RegularExpressions;
using System.Xml.Linq;
using ResizeImage.Local.S3.Storage;

namespace ResizeImage.Local.S3.Operations;

/// <summary>Creates, lists and deletes buckets.</summary>
internal sealed partial class BucketOperations(ObjectStore store)
{
    private const int MaxBuckets = 10_000;

    public Task ListBucketsAsync(S3Call call)
    {
        string prefix = call.Query("prefix");
        string region = call.Query("bucket-region");
        string after = ListAnswer.FromToken(call.Query("continuation-token"));
        int max = call.QueryNumber("max-buckets", MaxBuckets, 1, MaxBuckets);
        Bucket[] following =
        [
            .. store.Buckets.Where(bucket => bucket.Name.StartsWith(prefix, StringComparison.Ordinal)
                && (region.Length == 0 || RegionOf(bucket) == region)
                && string.CompareOrdinal(bucket.Name, after) > 0),
        ];
        Bucket[] page = [.. following.Take(max)];
        return call.WriteXmlAsync("ListAllMyBucketsResult", xml =>
        {
            xml.WriteOwner("Owner");
            xml.WriteStartElement("Buckets");
            foreach (Bucket bucket in page)
            {
                xml.WriteStartElement("Bucket");
                xml.WriteElementString("Name", bucket.Name);
                xml.WriteElement("CreationDate", bucket.CreationDate);
                xml.WriteElementString("BucketRegion", RegionOf(bucket));
                xml.WriteEndElement();
            }

            xml.WriteEndElement();
            xml.WriteIfGiven("ContinuationToken", page.Length < following.Length ? ListAnswer.ToToken(page[^1].Name) : "");
            xml.WriteIfGiven("Prefix", prefix);
        });
    }

    public async Task CreateBucketAsync(S3Call call)
    {
        RefusedHeaders.CheckCreateBucket(call.Request.Headers);
        store.Create(call.Bucket, await ReadLocationAsync(call));
        call.Response.Headers.Location = "/" + call.Bucket;
    }

    public Task HeadBucketAsync(S3Call call)
    {
        call.Response.Headers["x-amz-bucket-region"] = RegionOf(store.Find(call.Bucket));
        return Task.CompletedTask;
    }

    public Task DeleteBucketAsync(S3Call call)
    {
        store.Delete(call.Bucket);
        call.Response.StatusCode = 204;
        return Task.CompletedTask;
    }

    /// <remarks>S3 answers an empty element for us-east-1.</remarks>
    public Task GetBucketLocationAsync(S3Call call)
    {
        string? location = store.Find(call.Bucket).Configuration.Location;
        return call.WriteXmlAsync("LocationConstraint", xml => xml.WriteString(location ?? ""));
    }

    /// <summary>Answers requests for STS or IAM in the query protocol's form, because their SDKs do not read S3's.</summary>
    public static Task RefuseQueryApiAsync(S3Call call)
    {
        byte[] body = S3Xml.Write("ErrorResponse", null, xml =>
        {
            xml.WriteStartElement("Error");
            xml.WriteElementString("Type", "Sender");
            xml.WriteElementString("Code", "NotImplemented");
            xml.WriteElementString("Message", "This is a local S3. It has no other service, such as STS or IAM.");
            xml.WriteEndElement();
            xml.WriteElementString("RequestId", call.RequestId);
        });
        return call.WriteBodyAsync(501, body);
    }

    private static string RegionOf(Bucket bucket) => bucket.Configuration.Location switch
    {
        null => S3Server.Region,
        "EU" => "eu-west-1",
        var region => region,
    };

    /// <returns>Null for us-east-1, which S3 has no constraint for; clients that name it all the same mean it.</returns>
    private static async Task<string?> ReadLocationAsync(S3Call call)
    {
        if (call.Request.ContentLength is null or 0)
        {
            return null;
        }

        XElement configuration = S3Xml.Load(await call.ReadXmlBodyAsync(), "CreateBucketConfiguration");
        string location = "";
        foreach (XElement element in configuration.Elements())
        {
            if (element.Name.LocalName is not "LocationConstraint")
            {
                throw S3Error.OperationNotImplemented($"{element.Name.LocalName} in CreateBucket");
            }

            location = element.Value;
        }

        return location is "" or S3Server.Region ? null
            : RegionForm().IsMatch(location) ? location
            : throw new S3Exception(400, "InvalidLocationConstraint", "The specified location-constraint is not valid", ("LocationConstraint", location));
    }

    [GeneratedRegex(@"\A(EU|[a-z]{2}(-[a-z]+)+-[0-9]{1,2})\z")]
    private static partial Regex RegionForm();
}
