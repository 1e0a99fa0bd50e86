namespace ResizeImage.Configuration;

/// <summary>The engines that decode photos.</summary>
public enum Engine
{
    /// <summary>The built-in engine.</summary>
    BuiltIn,

    /// <summary>ImageSharp, in a build that has it: for files of trusted senders only.</summary>
    ImageSharp,
}
