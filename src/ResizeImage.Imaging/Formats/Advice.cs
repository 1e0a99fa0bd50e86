namespace ResizeImage.Imaging.Formats;

/// <summary>The last sentence of a refusal: what to do. One wording for one advice.</summary>
internal static class Advice
{
    /// <summary>The file ends too early.</summary>
    public const string Truncated = "Upload the complete file.";

    /// <summary>The file breaks the rules of its format.</summary>
    public const string Corrupt = "Upload an undamaged copy.";

    /// <summary>The file is an image of a kind that is not read.</summary>
    public const string Unsupported = "Convert it to JPEG or PNG first.";
}
