using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace ResizeImage.Local;

/// <summary>Where an HTTP server listens, and for which names it answers.</summary>
/// <param name="Port">0 picks a free one.</param>
/// <param name="Option">The option of the command line that sets the port, for messages.</param>
internal sealed record ListenOptions(int Port, string Option)
{
    /// <summary>The address.</summary>
    public IPAddress Host { get; init; } = IPAddress.Loopback;

    /// <summary>Names of this machine that requests may use, in addition to IP addresses and localhost.</summary>
    public IReadOnlyCollection<string> HostNames { get; init; } = [];

    /// <summary>The number of ports after <see cref="Port"/> to try while ports are in use.</summary>
    public int FurtherPorts { get; init; }
}

/// <summary>An HTTP server, by default on 127.0.0.1 only.</summary>
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

    /// <exception cref="LocalCloudException">The port is taken or not allowed.</exception>
    public static async Task<LoopbackServer> StartAsync(ListenOptions options, RequestDelegate handler)
    {
        for (int port = options.Port; ; port++)
        {
            WebApplication app = Build(options, port, handler);
            try
            {
                await app.StartAsync();
                return new LoopbackServer(app, options.Host);
            }
            catch (Exception e) when (e is IOException or SocketException)
            {
                await app.DisposeAsync();
                if (e.InnerException is not AddressInUseException || port >= options.Port + options.FurtherPorts || port == ushort.MaxValue)
                {
                    throw new LocalCloudException(string.Create(
                        CultureInfo.InvariantCulture,
                        $"Port {port} of {options.Host} cannot be used ({e.Message.TrimEnd('.')}). Stop the program that listens there, or choose another port: {options.Option} N, or {options.Option} 0 for any free one."), e);
                }
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    private static WebApplication Build(ListenOptions options, int port, RequestDelegate handler)
    {
        // The empty builder reads no appsettings.json and no ASPNETCORE_* variable: the environment does not change its behavior.
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => Configure(kestrel, options.Host, port));
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(2));
        WebApplication app = builder.Build();
        app.Run(http => HandleAsync(http, options, handler));
        return app;
    }

    /// <summary>
    /// Refuses requests for other names. If the owner of evil.example points that name to 127.0.0.1 ("DNS rebinding"), its pages
    /// have the origin of this server and could read and write everything.
    /// </summary>
    private static Task HandleAsync(HttpContext http, ListenOptions options, RequestDelegate handler)
    {
        if (http.Request.Headers.Expect.Count > 0)
        {
            http.Response.OnStarting(CloseAfterError, http);
        }

        string host = http.Request.Host.Host;
        if (host.Length == 0 || host == "localhost" || host.EndsWith(".localhost", StringComparison.Ordinal) || IPAddress.TryParse(host, out _)
            || options.HostNames.Contains(host, StringComparer.OrdinalIgnoreCase))
        {
            return handler(http);
        }

        http.Response.StatusCode = StatusCodes.Status421MisdirectedRequest;
        http.Response.ContentType = "text/plain; charset=utf-8";
        string how = IPAddress.IsLoopback(options.Host) ? "" : $" Start it with --allow-host {host} if that is a name of this machine.";
        byte[] body = Encoding.UTF8.GetBytes($"This server answers requests for its address and localhost, not for '{host}'.{how}\n");
        http.Response.ContentLength = body.Length;
        return http.Response.Body.WriteAsync(body, http.RequestAborted).AsTask();
    }

    /// <summary>
    /// A client that waits for "100 Continue" (RFC 9110 section 10.1.1) does not send the body after an error. Kestrel would take its
    /// next request for that body.
    /// </summary>
    private static Task CloseAfterError(object context)
    {
        HttpResponse response = ((HttpContext)context).Response;
        if (response.StatusCode >= StatusCodes.Status300MultipleChoices)
        {
            response.Headers.Connection = "close";
        }

        return Task.CompletedTask;
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
