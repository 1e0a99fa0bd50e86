namespace Amazon.Lambda.Core;

/// <summary>Writes lines to the function's log.</summary>
public interface ILambdaLogger
{
    /// <summary>Writes text without a line end and without a prefix.</summary>
    void Log(string message);

    /// <summary>Writes a line.</summary>
    void LogLine(string message);

    /// <summary>Writes a line at a level: Trace, Debug, Information, Warning, Error or Critical.</summary>
    void Log(string level, string message) => LogLine(message);

    /// <summary>Writes a line at a level.</summary>
    /// <param name="level">The level.</param>
    /// <param name="message">A template: names in braces stand for the values.</param>
    /// <param name="args">The values, in order.</param>
    void Log(string level, string message, params object[] args) => Log(level, message);

    /// <summary>Writes a line at a level, and an exception.</summary>
    void Log(string level, Exception exception, string message, params object[] args)
    {
        Log(level, message);
        Log(level, exception.ToString());
    }

    /// <summary>Writes a line at the level Information.</summary>
    void LogInformation(string message) => Log("Information", message);

    /// <summary>Writes a line at the level Information, from a template.</summary>
    void LogInformation(string message, params object[] args) => Log("Information", message, args);

    /// <summary>Writes a line at the level Error.</summary>
    void LogError(string message) => Log("Error", message);

    /// <summary>Writes a line at the level Error, from a template.</summary>
    void LogError(string message, params object[] args) => Log("Error", message, args);

    /// <summary>Writes a line at the level Error, and an exception.</summary>
    void LogError(Exception exception, string message, params object[] args) => Log("Error", exception, message, args);
}
