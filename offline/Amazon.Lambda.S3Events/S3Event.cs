using System.Diagnostics.CodeAnalysis;
using System.Net;

namespace Amazon.Lambda.S3Events;

/// <summary>An event notification of Amazon S3.</summary>
[SuppressMessage("Design", "CA1034", Justification = "The package nests these types.")]
public class S3Event
{
    /// <summary>What happened; null in the test event that S3 sends when notifications are configured.</summary>
    public List<S3EventNotificationRecord>? Records { get; set; }

    /// <summary>One thing that happened to one object.</summary>
    public class S3EventNotificationRecord
    {
        /// <summary>For example ObjectCreated:Put.</summary>
        public string? EventName { get; set; }

        /// <summary>The bucket and the object; null in events of other services.</summary>
        public S3Entity? S3 { get; set; }
    }

    /// <summary>Where it happened.</summary>
    [SuppressMessage("Naming", "CA1720", Justification = "S3 calls an object an object.")]
    public class S3Entity
    {
        /// <summary>The bucket.</summary>
        public S3BucketEntity? Bucket { get; set; }

        /// <summary>The object.</summary>
        public S3ObjectEntity? Object { get; set; }
    }

    /// <summary>A bucket.</summary>
    public class S3BucketEntity
    {
        /// <summary>Name of the bucket.</summary>
        public string? Name { get; set; }
    }

    /// <summary>An object.</summary>
    public class S3ObjectEntity
    {
        /// <summary>The key as the event has it: form-urlencoded.</summary>
        public string? Key { get; set; }

        /// <summary>The key as the object has it.</summary>
        public string? KeyDecoded => WebUtility.UrlDecode(Key);
    }
}
