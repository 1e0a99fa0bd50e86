using System.Globalization;
using System.Text;
using Amazon.Lambda.Core;

namespace ResizeImage.Tests.Support;

/// <summary>Keeps what is logged, as the runtime writes it: with the values in their places. Invocations may log at the same time.</summary>
internal sealed class TextLogger : ILambdaLogger
{
    private readonly StringBuilder _text = new();

    /// <summary>All lines, each with its level in front.</summary>
    public string Text
    {
        get
        {
            lock (_text)
            {
                return _text.ToString();
            }
        }
    }

    public void Log(string message)
    {
        lock (_text)
        {
            _text.Append(message);
        }
    }

    public void LogLine(string message)
    {
        lock (_text)
        {
            _text.AppendLine(message);
        }
    }

    public void Log(string level, string message) => LogLine($"{level}: {message}");

    public void Log(string level, string message, params object[] args) => Log(level, Apply(message, args));

    public void Log(string level, Exception exception, string message, params object[] args) => Log(level, $"{Apply(message, args)}\n{exception}");

    private static string Apply(string template, object[] args)
    {
        StringBuilder text = new();
        int position = 0;
        foreach (object value in args)
        {
            int open = template.IndexOf('{', position);
            text.Append(template, position, open - position).Append(CultureInfo.InvariantCulture, $"{value}");
            position = template.IndexOf('}', open) + 1;
        }

        return text.Append(template, position, template.Length - position).ToString();
    }
}
