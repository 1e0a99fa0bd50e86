namespace ResizeImage.Configuration;

/// <summary>What makes the thumbnails.</summary>
public enum Engine
{
    /// <summary>The built-in engine, and ImageSharp for pictures of other kinds, where the build has it.</summary>
    Auto,

    /// <summary>The built-in engine alone.</summary>
    BuiltIn,

    /// <summary>ImageSharp alone.</summary>
    ImageSharp,
}
