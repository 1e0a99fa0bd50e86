namespace ResizeImage.Cdk;

/// <summary>How browsers get thumbnails, also those whose size ends in "?", which the function makes on the first request.</summary>
public enum ThumbnailServing
{
    /// <summary>Not at all.</summary>
    None,

    /// <summary>By the function's own public URL.</summary>
    FunctionUrl,

    /// <summary>By CloudFront, which caches, and asks the function only for what is not stored.</summary>
    CloudFront,
}
