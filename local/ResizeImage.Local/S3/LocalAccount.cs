namespace ResizeImage.Local.S3;

/// <summary>The account that everything here belongs to.</summary>
internal static class LocalAccount
{
    public const string Id = "000000000000";
}
