using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace ResizeImage.Local.Tests.Support;

/// <summary>Sends requests byte for byte: HttpClient would tidy up paths and bodies before they reach the server.</summary>
internal static class RawHttp
{
    /// <param name="endpoint">The server.</param>
    /// <param name="requestLine">For example "GET /bucket/../key".</param>
    /// <param name="body">Sent as it is; null for none.</param>
    /// <param name="headers">"Name: value" each; Content-Length and, if missing, Host are added.</param>
    public static async Task<RawResponse> SendAsync(Uri endpoint, string requestLine, byte[]? body = null, params string[] headers)
    {
        using TcpClient client = new();
        await client.ConnectAsync(endpoint.Host, endpoint.Port);
        await using NetworkStream stream = client.GetStream();
        string[] length = body is null ? [] : [string.Create(CultureInfo.InvariantCulture, $"Content-Length: {body.Length}")];
        await stream.WriteAsync(Head(endpoint, requestLine, [.. headers, .. length, "Connection: close"]));
        await stream.WriteAsync(body ?? []);
        return await ReadAsync(stream, hasBody: !requestLine.StartsWith("HEAD ", StringComparison.Ordinal));
    }

    /// <summary>Sends a part of a request and hangs up.</summary>
    public static Task SendBrokenAsync(Uri endpoint, string requestLine, byte[] partOfBody, params string[] headers) =>
        SendBrokenAsync(endpoint, requestLine, partOfBody, () => Task.CompletedTask, headers);

    /// <summary>Sends a part of a request, waits, and hangs up.</summary>
    public static async Task SendBrokenAsync(Uri endpoint, string requestLine, byte[] partOfBody, Func<Task> wait, params string[] headers)
    {
        using TcpClient client = new();
        await client.ConnectAsync(endpoint.Host, endpoint.Port);
        await using NetworkStream stream = client.GetStream();
        await stream.WriteAsync(Head(endpoint, requestLine, headers));
        await stream.WriteAsync(partOfBody);
        await stream.FlushAsync();
        await wait();
    }

    // Not to the end of the connection: a server that refuses a body waits a while for the client to stop sending.
    private static async Task<RawResponse> ReadAsync(NetworkStream stream, bool hasBody)
    {
        MemoryStream received = new();
        byte[] buffer = new byte[64 << 10];
        RawResponse? response = null;
        while (response is null || (hasBody && response.Body.Length < response.ContentLength))
        {
            int read = await stream.ReadAsync(buffer);
            if (read == 0)
            {
                break;
            }

            received.Write(buffer, 0, read);
            response = RawResponse.TryParse(received.GetBuffer().AsSpan(0, (int)received.Length));
        }

        Assert.True(response is not null, "no HTTP answer: " + Encoding.UTF8.GetString(received.ToArray()));
        Assert.True(!hasBody || response.Body.Length == response.ContentLength, "the answer broke off");
        return response;
    }

    private static byte[] Head(Uri endpoint, string requestLine, string[] headers)
    {
        string[] host = headers.Any(header => header.StartsWith("Host: ", StringComparison.Ordinal)) ? [] : [$"Host: {endpoint.Authority}"];
        return Encoding.UTF8.GetBytes($"{requestLine} HTTP/1.1\r\n{string.Concat(host.Concat(headers).Select(header => header + "\r\n"))}\r\n");
    }
}

internal sealed record RawResponse(int Status, IReadOnlyDictionary<string, string> Headers, byte[] Body)
{
    public string Text => Encoding.UTF8.GetString(Body);

    /// <summary>Of the body; 0 where the answer does not say.</summary>
    public int ContentLength => Headers.TryGetValue("Content-Length", out string? length) ? int.Parse(length, CultureInfo.InvariantCulture) : 0;

    public static RawResponse? TryParse(ReadOnlySpan<byte> bytes)
    {
        int end = bytes.IndexOf("\r\n\r\n"u8);
        if (end < 0)
        {
            return null;
        }

        string[] lines = Encoding.UTF8.GetString(bytes[..end]).Split("\r\n");
        Dictionary<string, string> headers = lines.Skip(1).Select(line => line.Split(": ", 2)).ToDictionary(pair => pair[0], pair => pair[1], StringComparer.OrdinalIgnoreCase);
        return new RawResponse(int.Parse(lines[0].Split(' ')[1], CultureInfo.InvariantCulture), headers, bytes[(end + 4)..].ToArray());
    }
}
