namespace ResizeImage.Imaging.Tests.Support;

/// <summary>Valid files of the repository, in <c>test/samples</c>, and those of the <see cref="Corpus"/> where it is present.</summary>
internal static class Samples
{
    private static string Root { get; } = Path.Combine(
        Corpus.Repository ?? throw new InvalidOperationException("The tests must run below the repository: no ResizeImage.sln in any folder above them."),
        "test",
        "samples");

    /// <summary>The samples below a folder, sorted by name, then those of the corpus.</summary>
    /// <param name="folder">A folder of either, for example <c>conformance</c> or <c>conformance/png</c>.</param>
    /// <param name="pattern">For example <c>*.png</c>.</param>
    /// <returns>Full paths; never empty, so that a test over them cannot pass by testing nothing.</returns>
    /// <exception cref="InvalidOperationException">Nothing matches.</exception>
    public static IReadOnlyList<string> Files(string folder, string pattern) =>
        NotEmpty([.. Below(Root, folder, pattern), .. Corpus.Root is null ? [] : Below(Corpus.Root, folder, pattern)], folder, pattern);

    /// <summary>The files of the repository alone: the same on every machine.</summary>
    /// <inheritdoc cref="Files"/>
    public static IReadOnlyList<string> InRepository(string folder, string pattern) => NotEmpty(Below(Root, folder, pattern), folder, pattern);

    private static string[] NotEmpty(string[] files, string folder, string pattern) =>
        files.Length > 0 ? files : throw new InvalidOperationException($"The samples have no {pattern} in {folder}.");

    private static string[] Below(string root, string folder, string pattern)
    {
        if (!Directory.Exists(Path.Combine(root, folder)))
        {
            return [];
        }

        string[] files = Directory.GetFiles(Path.Combine(root, folder), pattern, SearchOption.AllDirectories);
        Array.Sort(files, StringComparer.Ordinal);
        return files;
    }
}
