using System.Text.Json.Nodes;

namespace ResizeImage.Local.Tests.Support;

/// <summary>Reads the server-sent events as a browser does, and builds the state of the page.</summary>
public sealed class PageFollower(Stream stream) : IDisposable
{
    private readonly StreamReader _reader = new(stream);

    /// <summary>By key.</summary>
    public Dictionary<string, JsonNode> Photos { get; } = [];

    /// <summary>By request id.</summary>
    public Dictionary<string, JsonNode> Invocations { get; } = [];

    public JsonNode? Cloud { get; private set; }

    /// <summary>The names of the events that came.</summary>
    public List<string> Events { get; } = [];

    /// <summary>Reads until the page would know that.</summary>
    public async Task UntilAsync(Func<PageFollower, bool> condition)
    {
        using CancellationTokenSource patience = new(TimeSpan.FromSeconds(60));
        while (!condition(this))
        {
            await ReadAsync(patience.Token);
        }
    }

    /// <summary>Reads until the photo has that status.</summary>
    public async Task<JsonNode> PhotoAsync(string key, string status)
    {
        await UntilAsync(page => page.Photos.GetValueOrDefault(key)?["status"]!.GetValue<string>() == status);
        return Photos[key];
    }

    public void Dispose() => _reader.Dispose();

    private async Task ReadAsync(CancellationToken cancellationToken)
    {
        string name = "";
        while (await _reader.ReadLineAsync(cancellationToken) is { } line)
        {
            if (line.StartsWith("event: ", StringComparison.Ordinal))
            {
                name = line["event: ".Length..];
            }
            else if (line.StartsWith("data: ", StringComparison.Ordinal))
            {
                Events.Add(name);
                Apply(JsonNode.Parse(line["data: ".Length..])!);
                return;
            }
        }

        throw new InvalidOperationException("The stream ended.");
    }

    private void Apply(JsonNode change)
    {
        foreach (JsonNode? photo in change["photos"]!.AsArray())
        {
            Photos[photo!["key"]!.GetValue<string>()] = photo;
        }

        foreach (JsonNode? key in change["removed"]!.AsArray())
        {
            Photos.Remove(key!.GetValue<string>());
        }

        foreach (JsonNode? invocation in change["invocations"]!.AsArray())
        {
            Invocations[invocation!["id"]!.GetValue<string>()] = invocation;
        }

        Cloud = change["cloud"] ?? Cloud;
    }
}
