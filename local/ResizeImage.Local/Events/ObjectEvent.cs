namespace ResizeImage.Local.Events;

/// <summary>Something that happened to an object.</summary>
/// <param name="Name">As S3 names it: ObjectCreated:Put, ObjectCreated:Post, ObjectCreated:Copy, ObjectCreated:CompleteMultipartUpload, ObjectRemoved:Delete.</param>
/// <param name="Key">The key itself, not encoded.</param>
/// <param name="Size">In bytes; 0 for a removal.</param>
/// <param name="ETag">Without quotes; empty for a removal.</param>
/// <param name="Sequencer">Hexadecimal; later events of a key have greater ones.</param>
/// <param name="Time">UTC.</param>
/// <param name="RequestId">The x-amz-request-id of the request that caused it.</param>
/// <param name="HostId">The x-amz-id-2 of that request.</param>
public sealed record ObjectEvent(
    string Name, string Bucket, string Key, long Size, string ETag, string Sequencer, DateTime Time, string RequestId, string HostId)
{
    internal const string Put = "ObjectCreated:Put";
    internal const string Post = "ObjectCreated:Post";
    internal const string Copy = "ObjectCreated:Copy";
    internal const string CompleteMultipartUpload = "ObjectCreated:CompleteMultipartUpload";
    internal const string Delete = "ObjectRemoved:Delete";

    /// <summary>True when there is an object to read.</summary>
    public bool IsCreation => Name.StartsWith("ObjectCreated:", StringComparison.Ordinal);
}
