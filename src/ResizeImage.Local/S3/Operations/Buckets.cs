namespace ResizeImage.Local.S3.Operations;

internal sealed partial class S3Operations
{
    // One answer holds all buckets: nobody has 10,000 of them here.
    public Task ListBucketsAsync(S3Call call) => call.WriteXmlAsync("ListAllMyBucketsResult", xml =>
    {
        xml.WriteOwner("Owner");
        xml.WriteStartElement("Buckets");
        foreach (var bucket in store.Buckets.Where(bucket => bucket.Name.StartsWith(call.Query("prefix"), StringComparison.Ordinal)))
        {
            xml.WriteStartElement("Bucket");
            xml.WriteElementString("Name", bucket.Name);
            xml.WriteElement("CreationDate", bucket.CreationDate);
            xml.WriteEndElement();
        }

        xml.WriteEndElement();
    });

    // The body, a location constraint, is of no account: everything is in one place.
    public Task CreateBucketAsync(S3Call call)
    {
        store.Create(call.Bucket);
        call.Response.Headers.Location = "/" + call.Bucket;
        return Task.CompletedTask;
    }

    public Task HeadBucketAsync(S3Call call)
    {
        store.Find(call.Bucket);
        call.Response.Headers["x-amz-bucket-region"] = S3Server.Region;
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
        store.Find(call.Bucket);
        return call.WriteXmlAsync("LocationConstraint", _ => { });
    }
}
