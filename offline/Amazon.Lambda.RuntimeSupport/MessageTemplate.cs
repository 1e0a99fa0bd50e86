using System.Globalization;
using System.Text;

namespace Amazon.Lambda.RuntimeSupport;

/// <summary>A log message whose names in braces stand for values, in order.</summary>
internal static class MessageTemplate
{
    /// <summary>Puts the values into the text.</summary>
    /// <param name="template">The template; without values, braces in it are just text.</param>
    /// <param name="values">The values.</param>
    /// <returns>The text, and the names with their values.</returns>
    public static (string Text, IReadOnlyList<KeyValuePair<string, object>> Properties) Apply(string template, object[] values)
    {
        StringBuilder text = new();
        List<KeyValuePair<string, object>> properties = [];
        int position = 0;
        foreach (object value in values)
        {
            int open = template.IndexOf('{', position);
            int close = open < 0 ? -1 : template.IndexOf('}', open);
            if (close < 0)
            {
                break;
            }

            text.Append(template, position, open - position).Append(CultureInfo.InvariantCulture, $"{value}");
            properties.Add(new(template[(open + 1)..close], value));
            position = close + 1;
        }

        return (text.Append(template, position, template.Length - position).ToString(), properties);
    }
}
