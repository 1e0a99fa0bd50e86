using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace ResizeImage.Tests.Support;

/// <summary>
/// An HTTP/1.1 server on loopback that records requests and sends a test's answers, byte for byte, including answers that no real
/// server would give.
/// </summary>
internal sealed class ScriptedServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly ConcurrentQueue<ScriptedRequest> _requests = new();
    private readonly Func<ScriptedRequest, ScriptedAnswer> _script;
    private readonly Task _accepting;
    private readonly TaskCompletionSource _stalled = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _connections;

    /// <summary>Starts to serve.</summary>
    /// <param name="script">Called for each request, for one at a time.</param>
    public ScriptedServer(Func<ScriptedRequest, ScriptedAnswer> script)
    {
        _script = script;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    /// <summary>host:port</summary>
    public string Address => _listener.LocalEndpoint.ToString()!;

    /// <summary>How many connections were made.</summary>
    public int Connections => _connections;

    /// <summary>All requests so far, in their order.</summary>
    public IReadOnlyList<ScriptedRequest> Requests => [.. _requests];

    /// <summary>Completes with the first answer that the server leaves unfinished: <see cref="Afterwards.Stall"/>.</summary>
    public Task Stalled => _stalled.Task;

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _listener.Stop();
        await _accepting;
        _end.Dispose();
    }

    private async Task AcceptAsync()
    {
        List<Task> connections = [];
        try
        {
            while (true)
            {
                connections.Add(ServeAsync(await _listener.AcceptTcpClientAsync(_end.Token)));
                _connections++;
            }
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAll(connections);
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using (client)
        {
            try
            {
                NetworkStream stream = client.GetStream();
                while (await ReadAsync(stream) is { } request)
                {
                    ScriptedAnswer answer;
                    lock (_script)
                    {
                        _requests.Enqueue(request);
                        answer = _script(request);
                    }

                    await stream.WriteAsync(request.Method == "HEAD" ? answer.Head : answer.Bytes, _end.Token);
                    if (answer.Then == Afterwards.Reset)
                    {
                        client.LingerState = new LingerOption(enable: true, seconds: 0);
                        return;
                    }

                    if (answer.Then == Afterwards.Stall)
                    {
                        _stalled.TrySetResult();
                        await Task.Delay(Timeout.Infinite, _end.Token);
                    }
                }
            }
            catch (Exception exception) when (exception is IOException or OperationCanceledException)
            {
                // The client went away, or the test is over.
            }
        }
    }

    private async Task<ScriptedRequest?> ReadAsync(NetworkStream stream)
    {
        List<byte> head = [];
        byte[] one = new byte[1];
        while (!(head.Count >= 4 && head[^4] == '\r' && head[^3] == '\n' && head[^2] == '\r' && head[^1] == '\n'))
        {
            if (await stream.ReadAsync(one, _end.Token) == 0)
            {
                return null;
            }

            head.Add(one[0]);
        }

        ScriptedRequest request = new(Encoding.Latin1.GetString([.. head]));
        request.Body = new byte[int.Parse(request["Content-Length"] ?? "0")];
        await stream.ReadExactlyAsync(request.Body, _end.Token);
        return request;
    }
}

/// <summary>A request as it came over the wire.</summary>
/// <param name="Head">The request line and the headers, up to the empty line.</param>
internal sealed record ScriptedRequest(string Head)
{
    /// <summary>GET, PUT…</summary>
    public string Method => Head[..Head.IndexOf(' ', StringComparison.Ordinal)];

    /// <summary>Path and query, still encoded.</summary>
    public string Target => Head.Split(' ')[1];

    public byte[] Body { get; set; } = [];

    /// <summary>The value of a header; null if it was not sent.</summary>
    public string? this[string header] => Head.Split("\r\n")
        .FirstOrDefault(line => line.StartsWith(header + ":", StringComparison.OrdinalIgnoreCase))?[(header.Length + 1)..].Trim();
}

/// <summary>The server's action after its answer.</summary>
internal enum Afterwards
{
    /// <summary>Waits for the next request on the connection.</summary>
    KeepAlive,

    /// <summary>Resets the connection.</summary>
    Reset,

    /// <summary>Sends nothing more, and keeps the connection open.</summary>
    Stall,
}

/// <summary>An answer, byte for byte.</summary>
internal sealed record ScriptedAnswer(byte[] Bytes, Afterwards Then = Afterwards.KeepAlive)
{
    public const string ETag = "ETag: \"0123456789abcdef0123456789abcdef-1\"";

    /// <summary>The answer without its body, as a HEAD gets it.</summary>
    public ReadOnlyMemory<byte> Head => Bytes.AsSpan().IndexOf("\r\n\r\n"u8) is >= 0 and int end ? Bytes.AsMemory(0, end + 4) : Bytes;

    /// <summary>A whole answer.</summary>
    public static ScriptedAnswer Of(int status, byte[] body, params string[] headers) => Partial(status, body, body.Length, Afterwards.KeepAlive, headers);

    /// <summary>An answer that promises <paramref name="length"/> bytes and sends only <paramref name="body"/>.</summary>
    public static ScriptedAnswer Partial(int status, byte[] body, int length, Afterwards then, params string[] headers)
    {
        string head = string.Join("\r\n", [$"HTTP/1.1 {status} X", $"Content-Length: {length}", .. headers, "", ""]);
        return new([.. Encoding.Latin1.GetBytes(head), .. body], then);
    }

    /// <summary>An error as S3 writes it.</summary>
    public static ScriptedAnswer S3Error(int status, string code) =>
        Of(status, Encoding.UTF8.GetBytes($"<?xml version=\"1.0\"?><Error><Code>{code}</Code><Message>because</Message></Error>"), "Content-Type: application/xml");

    /// <summary>An object as S3 delivers it.</summary>
    public static ScriptedAnswer S3Object(byte[] body) => Of(200, body, ETag);

    /// <summary>S3's answer to a PUT, and to a HEAD for the object of <see cref="S3Object"/>.</summary>
    public static readonly ScriptedAnswer Stored = Of(200, [], ETag);

    /// <summary>S3's answer to a HEAD for an object that does not exist.</summary>
    public static readonly ScriptedAnswer Absent = Of(404, []);

    /// <summary>The connection breaks instead of an answer.</summary>
    public static readonly ScriptedAnswer None = new([], Afterwards.Reset);
}
