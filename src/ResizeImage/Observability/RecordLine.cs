using System.Globalization;
using System.Text;
using Amazon.Lambda.Core;
using ResizeImage.Reports;
using ResizeImage.Text;

namespace ResizeImage.Observability;

/// <summary>
/// The log line of a record, as a message template. The runtime puts the values into the text and, where the function's log format is JSON,
/// also into properties with the names in braces.
/// </summary>
internal sealed class RecordLine
{
    private readonly StringBuilder _template = new();
    private readonly List<object> _values = [];

    private RecordLine(RecordResult result, bool isColdStart, AnsweredRequest? request)
    {
        if (request is not null)
        {
            Add("{method} {path} {httpStatus}: ", request.Method, request.Path, request.Status);
        }

        string status = result.Status.ToString().ToLowerInvariant();
        string source = result.Source ?? (request is null ? "a record" : "a request");
        switch (result.Status)
        {
            case RecordStatus.Made:
                if (result.Outputs is { } outputs)
                {
                    Add("{status} {outputs}", status, string.Join(", ", outputs.Select(Describe)));
                }
                else
                {
                    Add("{status} {destination} ({width}x{height}, {bytesOut} bytes)", status, result.Destination, result.Width, result.Height, result.BytesOut);
                }

                Add(" from {source} ({sourceWidth}x{sourceHeight}, {bytesIn} bytes)", source, result.SourceWidth, result.SourceHeight, result.BytesIn);
                break;
            case RecordStatus.Deleted:
                Add("{status} {destination}, the thumbnail of {source}", status, result.Destination, source);
                break;
            default:
                Add("{status} {source}", status, source);
                AddIfKnown(" ({bytesIn} bytes)", result.BytesIn);
                break;
        }

        AddIfKnown(": {reason}", result.Reason);
        Add(" [{milliseconds} ms", result.Milliseconds);
        AddIfKnown(", probe {probeMilliseconds}", result.Stages?.Probe);
        AddIfKnown(", read {readMilliseconds}", result.Stages?.Read);
        AddIfKnown(", make {makeMilliseconds}", result.Stages?.Make);
        AddIfKnown(", write {writeMilliseconds}", result.Stages?.Write);
        AddIfKnown(", check {checkMilliseconds}", result.Stages?.Check);
        AddIfKnown(", original deleted {originalDeleted}", result.OriginalDeleted ? true : null);
        Add(", cold start {coldStart}]", isColdStart);
    }

    private static string Describe(OutputResult output) => output.Status == RecordStatus.Made
        ? string.Create(CultureInfo.InvariantCulture, $"{output.Destination} ({output.Width}x{output.Height}, {output.BytesOut} bytes)")
        : $"{output.Destination} (up to date)";

    /// <summary>
    /// Writes the line. Made, skipped and deleted are information; rejected and failed are errors. Of requests only failed ones are: anybody may ask
    /// for the thumbnail of a file that is not an image, again and again.
    /// </summary>
    public static void Write(ILambdaLogger logger, RecordResult result, bool isColdStart, AnsweredRequest? request = null)
    {
        RecordLine line = new(result, isColdStart, request);
        string template = line._template.ToString();
        if (result.Status is RecordStatus.Made or RecordStatus.Skipped or RecordStatus.Deleted || (request is not null && result.Status != RecordStatus.Failed))
        {
            logger.LogInformation(template, [.. line._values]);
        }
        else
        {
            logger.LogError(template, [.. line._values]);
        }
    }

    private void AddIfKnown(string template, object? value)
    {
        if (value is not null)
        {
            Add(template, value);
        }
    }

    private void Add(string template, params object?[] values)
    {
        _template.Append(template);
        _values.AddRange(values.Select(value => value is string text ? LogText.Escape(text) : value!));
    }
}
