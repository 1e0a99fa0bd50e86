namespace ResizeImage.Local;

/// <summary>The account of all buckets and of the function.</summary>
internal static class LocalAccount
{
    public const string Id = "000000000000";
}
