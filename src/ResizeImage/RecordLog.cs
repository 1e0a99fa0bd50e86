using System.Globalization;
using System.Text;
using Amazon.Lambda.Core;

namespace ResizeImage;

/// <summary>Writes one line for each record.</summary>
internal static class RecordLog
{
    /// <summary>Made, skipped and deleted are information; rejected and failed are errors.</summary>
    public static void Write(ILambdaLogger logger, RecordResult result)
    {
        string line = OneLine(Describe(result));
        if (result.Status is RecordStatus.Made or RecordStatus.Skipped or RecordStatus.Deleted)
        {
            logger.LogInformation(line);
        }
        else
        {
            logger.LogError(line);
        }
    }

    private static string Describe(RecordResult result)
    {
        string source = result.Source ?? "a record";
        return result.Status switch
        {
            RecordStatus.Made => string.Create(
                CultureInfo.InvariantCulture,
                $"made {result.Destination} ({result.Width}x{result.Height}, {result.BytesOut} bytes) from {source} "
                + $"({result.SourceWidth}x{result.SourceHeight}, {result.BytesIn} bytes) in {result.Milliseconds} ms{(result.Reason is null ? "" : $"; {result.Reason}")}"),
            RecordStatus.Skipped => $"skipped {source}: {result.Reason}",
            RecordStatus.Deleted => $"deleted {result.Destination}, the thumbnail of {source}: {result.Reason}",
            RecordStatus.Rejected => $"rejected {source}: {result.Reason}",
            _ => $"failed {source}: {result.Reason}",
        };
    }

    /// <summary>A key may hold line breaks: whoever uploads must not be able to write lines of the log.</summary>
    private static string OneLine(string text)
    {
        if (!text.Any(char.IsControl))
        {
            return text;
        }

        StringBuilder line = new(text.Length);
        foreach (char c in text)
        {
            if (char.IsControl(c))
            {
                line.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}");
            }
            else
            {
                line.Append(c);
            }
        }

        return line.ToString();
    }
}
