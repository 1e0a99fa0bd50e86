using System.Text.Json.Serialization;

namespace ResizeImage.Local.Faults;

/// <summary>What goes wrong on request, once.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<FaultKind>))]
internal enum FaultKind
{
    /// <summary>S3 answers 503 SlowDown to the function, until the attempt ends.</summary>
    Unavailable,

    /// <summary>S3 does not answer the function, and Lambda kills it after <see cref="FaultInjector.ShortTimeLimit"/>.</summary>
    Timeout,

    /// <summary>S3 delivers the event twice.</summary>
    Duplicate,

    /// <summary>S3 delivers the event after the next one.</summary>
    Reorder,
}
