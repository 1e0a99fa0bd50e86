namespace ResizeImage.Local;

/// <summary>How the program ends; --help explains them.</summary>
internal static class ExitCode
{
    public const int Done = 0;

    /// <summary>Some photos have no thumbnail.</summary>
    public const int SomeWithout = 1;

    /// <summary>The command line is wrong, or something cannot be started, read or written.</summary>
    public const int CannotStart = 2;

    /// <summary>As shells report the end by Ctrl-C.</summary>
    public const int Interrupted = 130;
}
