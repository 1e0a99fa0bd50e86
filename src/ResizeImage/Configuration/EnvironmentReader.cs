namespace ResizeImage.Configuration;

/// <summary>Reads one kind of value; false if the text is not accepted.</summary>
internal delegate bool TryParse<T>(string text, out T value);

/// <summary>Reads typed values from environment variables.</summary>
/// <param name="variable">Gives the value of the variable of that name; null if it is not set.</param>
internal sealed class EnvironmentReader(Func<string, string?> variable)
{
    /// <summary>Reads a variable; one that is not set or empty gives <paramref name="fallback"/>.</summary>
    public T Read<T>(string name, T fallback, TryParse<T> parse, string accepts) =>
        variable(name) is { Length: > 0 } text ? Parse(name, text, parse, accepts) : fallback;

    /// <summary>Reads the name of a bucket; null if there is none.</summary>
    public string? ReadBucket(string name) => variable(name) is { Length: > 0 } text
        ? Parse<string>(name, text, BucketName.TryParse, BucketName.AcceptsInsteadOf(text))
        : null;

    /// <summary>Reads a variable whose empty value means something.</summary>
    public T ReadEvenEmpty<T>(string name, T fallback, TryParse<T> parse, string accepts) =>
        variable(name) is { } text ? Parse(name, text, parse, accepts) : fallback;

    private static T Parse<T>(string name, string text, TryParse<T> parse, string accepts) =>
        parse(text, out T value) ? value : throw new SettingsException($"The environment variable {name} is \"{text}\"; it accepts {accepts}.");
}
