namespace ResizeImage.Cdk;

/// <summary>How the events of the bucket reach the function.</summary>
public enum ThumbnailTrigger
{
    /// <summary>S3 invokes the function.</summary>
    S3,

    /// <summary>S3 sends its events to a queue, which takes any burst and keeps what fails for 14 days.</summary>
    Sqs,
}
