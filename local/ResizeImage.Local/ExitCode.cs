namespace ResizeImage.Local;

/// <summary>The exit codes; --help explains them.</summary>
internal static class ExitCode
{
    public const int Done = 0;

    /// <summary>Some photos have no thumbnail.</summary>
    public const int SomeWithout = 1;

    /// <summary>The command line is invalid, or something cannot be started, read or written.</summary>
    public const int CannotStart = 2;

    /// <summary>Ended by Ctrl-C, as shells report it.</summary>
    public const int Interrupted = 130;
}
