using System.Text.Json;
using ResizeImage.Local.Web.History;

namespace ResizeImage.Local.Web;

/// <summary>Server-sent events for a page: first "snapshot" with everything, then "change" with each change.</summary>
internal static class EventStream
{
    // Changes come in bursts: all within this time are sent together.
    private static readonly TimeSpan Breath = TimeSpan.FromMilliseconds(40);
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(15);

    /// <summary>Writes until the browser disconnects or the server stops.</summary>
    public static async Task WriteAsync(
        HttpContext http, Journal journal, Func<JournalChange, PageChange> toPage, CancellationToken cancellationToken)
    {
        http.Response.ContentType = "text/event-stream";
        http.Response.Headers.CacheControl = "no-store";
        using JournalReader reader = journal.Read();
        string name = "snapshot";
        while (true)
        {
            JournalChange? change = await reader.NextAsync(Silence, cancellationToken);
            if (change is null)
            {
                // Writing a comment detects a closed connection.
                await http.Response.WriteAsync(": still here\n\n", cancellationToken);
            }
            else
            {
                await http.Response.WriteAsync($"event: {name}\ndata: {JsonSerializer.Serialize(toPage(change), ApiJson.Default.PageChange)}\n\n", cancellationToken);
                name = "change";
            }

            await http.Response.Body.FlushAsync(cancellationToken);
            await Task.Delay(Breath, cancellationToken);
        }
    }
}
