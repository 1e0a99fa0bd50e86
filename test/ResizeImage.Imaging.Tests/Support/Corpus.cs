namespace ResizeImage.Imaging.Tests.Support;

/// <summary>Pictures of other people's making, beside the repository at <c>../shared/corpus</c>.</summary>
internal static class Corpus
{
    /// <summary>The folder, or null where it is missing.</summary>
    public static string? Root { get; } = Find();

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

    private static string? Find()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "ResizeImage.sln")))
            {
                string corpus = Path.GetFullPath(Path.Combine(folder.FullName, "..", "shared", "corpus"));
                return Directory.Exists(corpus) ? corpus : null;
            }
        }

        return null;
    }
}
