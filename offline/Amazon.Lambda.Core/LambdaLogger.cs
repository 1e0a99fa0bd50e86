namespace Amazon.Lambda.Core;

/// <summary>Writes to the function's log where no <see cref="ILambdaContext"/> is at hand, for example at start.</summary>
public static class LambdaLogger
{
    /// <summary>Writes a line.</summary>
    public static void Log(string message) => Console.WriteLine(message);
}
