using System.Globalization;
using System.Text;
using ResizeImage.Reports;

namespace ResizeImage.Http;

/// <summary>The header Server-Timing (W3C), by which a browser's developer tools show the stages of a request.</summary>
internal static class ServerTiming
{
    public const string Name = "Server-Timing";

    /// <summary>The stages that there were, and the whole; in milliseconds.</summary>
    public static string Of(RecordResult result)
    {
        StringBuilder text = new();
        Add("probe", result.Stages?.Probe);
        Add("read", result.Stages?.Read);
        Add("make", result.Stages?.Make);
        Add("write", result.Stages?.Write);
        Add("check", result.Stages?.Check);
        Add("total", result.Milliseconds);
        return text.ToString();

        void Add(string name, double? milliseconds)
        {
            if (milliseconds is { } duration)
            {
                text.Append(CultureInfo.InvariantCulture, $"{(text.Length > 0 ? ", " : "")}{name};dur={duration:0.#}");
            }
        }
    }
}
