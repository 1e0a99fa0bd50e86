namespace ResizeImage.Imaging.Tests.Support;

/// <summary>
/// Files that other projects made, beside the repository at <c>../shared/corpus</c>. Where CI has none on purpose, the environment variable
/// <c>CORPUS</c> is <c>none</c>.
/// </summary>
internal static class Corpus
{
    /// <summary>The root folder of the repository, or null where the tests run outside it.</summary>
    public static string? Repository { get; } = FindRepository();

    /// <summary>True if the environment accepts that there is no corpus: tests that need it are skipped even in CI.</summary>
    public static bool IsDeclined { get; } = Environment.GetEnvironmentVariable("CORPUS") == "none";

    /// <summary>The folder, or null where it is missing or declined.</summary>
    public static string? Root { get; } = FindRoot();

    /// <summary>The files below a folder of the corpus, sorted by name.</summary>
    /// <param name="folder">Relative to <see cref="Root"/>, for example <c>conformance/pngsuite</c>.</param>
    /// <param name="pattern">For example <c>*.png</c>.</param>
    /// <returns>Full paths; never empty, so that a test over them cannot pass by testing nothing.</returns>
    /// <exception cref="InvalidOperationException">The corpus is missing, or nothing matches.</exception>
    public static IReadOnlyList<string> Files(string folder, string pattern)
    {
        string root = Root ?? throw new InvalidOperationException("The corpus is missing: expected it at ../shared/corpus beside the repository.");
        string[] files = Directory.GetFiles(Path.Combine(root, folder), pattern, SearchOption.AllDirectories);
        if (files.Length == 0)
        {
            throw new InvalidOperationException($"The corpus has no {pattern} in {folder}.");
        }

        Array.Sort(files, StringComparer.Ordinal);
        return files;
    }

    private static string? FindRepository()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "ResizeImage.sln")))
            {
                return folder.FullName;
            }
        }

        return null;
    }

    private static string? FindRoot()
    {
        if (IsDeclined || Repository is null)
        {
            return null;
        }

        string corpus = Path.GetFullPath(Path.Combine(Repository, "..", "shared", "corpus"));
        return Directory.Exists(corpus) ? corpus : null;
    }
}
