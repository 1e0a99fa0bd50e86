using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace ResizeImage.Local;

/// <summary>An HTTP server that only this machine can reach, unless it is told to listen elsewhere.</summary>
internal sealed class LoopbackServer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private LoopbackServer(WebApplication app, IPAddress host)
    {
        _app = app;
        int port = new Uri(app.Urls.Single()).Port;
        bool any = host.Equals(IPAddress.Any) || host.Equals(IPAddress.IPv6Any);
        Endpoint = new UriBuilder(Uri.UriSchemeHttp, any ? IPAddress.Loopback.ToString() : host.ToString(), port).Uri;
    }

    /// <summary>Where programs on this machine reach it: http://127.0.0.1:port/.</summary>
    public Uri Endpoint { get; }

    /// <param name="port">0 picks a free one.</param>
    /// <param name="handler">Answers every request.</param>
    /// <param name="portOption">The option of the command line that sets the port, for the error's message.</param>
    /// <param name="host">The address to listen on; null for 127.0.0.1.</param>
    /// <exception cref="LocalCloudException">The port is taken or not allowed.</exception>
    public static async Task<LoopbackServer> StartAsync(int port, RequestDelegate handler, string portOption = "--port", IPAddress? host = null)
    {
        host ??= IPAddress.Loopback;

        // The empty builder reads no appsettings.json and no ASPNETCORE_* variable: nothing around it changes what it does.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => Configure(kestrel, host, port));
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = TimeSpan.FromSeconds(2));
        var app = builder.Build();
        app.Run(IPAddress.IsLoopback(host) ? http => HandleLocalAsync(http, handler) : handler);
        try
        {
            await app.StartAsync();
        }
        catch (Exception e) when (e is IOException or SocketException)
        {
            await app.DisposeAsync();
            throw new LocalCloudException(string.Create(
                CultureInfo.InvariantCulture,
                $"Port {port} of {host} cannot be used ({e.Message.TrimEnd('.')}). Stop the program that listens there, or choose another port: {portOption} N, or {portOption} 0 for any free one."), e);
        }

        return new LoopbackServer(app, host);
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    /// <summary>
    /// Refuses requests for other names: a page of evil.example, whose name its owner lets point to 127.0.0.1 ("DNS
    /// rebinding"), would be of the same origin as this server and could read and write everything.
    /// </summary>
    private static Task HandleLocalAsync(HttpContext http, RequestDelegate handler)
    {
        string host = http.Request.Host.Host;
        if (host.Length == 0 || host == "localhost" || host.EndsWith(".localhost", StringComparison.Ordinal) || IPAddress.TryParse(host, out _))
        {
            return handler(http);
        }

        http.Response.StatusCode = StatusCodes.Status421MisdirectedRequest;
        http.Response.ContentType = "text/plain; charset=utf-8";
        byte[] body = Encoding.UTF8.GetBytes($"This server answers requests for 127.0.0.1 and localhost, not for '{host}'.\n");
        http.Response.ContentLength = body.Length;
        return http.Response.Body.WriteAsync(body, http.RequestAborted).AsTask();
    }

    private static void Configure(KestrelServerOptions kestrel, IPAddress host, int port)
    {
        kestrel.Listen(host, port);
        kestrel.AddServerHeader = false;

        // The handlers bound what they read themselves, and answer in their protocol's words.
        kestrel.Limits.MaxRequestBodySize = null;

        // A key of 1,024 bytes may take 3,072 in a URL, beside the query of a presigned one.
        kestrel.Limits.MaxRequestLineSize = 32 << 10;
        kestrel.ResponseHeaderEncodingSelector = _ => Encoding.UTF8;
    }
}
