namespace Amazon.Lambda.Core;

/// <summary>Writes to the function's log where no <see cref="ILambdaContext"/> is at hand, for example at start.</summary>
public static class LambdaLogger
{
    /// <summary>Where lines go; the runtime sets its own.</summary>
    internal static Action<string, string, object[]> Sink { get; set; } = (level, message, _) => Console.WriteLine($"{level}: {message}");

    /// <summary>Writes a line.</summary>
    /// <param name="level">Trace, Debug, Information, Warning, Error or Critical.</param>
    /// <param name="message">May have names in braces, for which the arguments are put in, in order.</param>
    /// <param name="args">The arguments.</param>
    public static void Log(string level, string message, params object[] args) => Sink(level, message, args);
}
