using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace ResizeImage.Local;

/// <summary>An HTTP server that only this machine can reach.</summary>
internal sealed class LoopbackServer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private LoopbackServer(WebApplication app)
    {
        _app = app;
        Endpoint = new Uri(app.Urls.Single());
    }

    /// <summary>Where it listens: http://127.0.0.1:port/.</summary>
    public Uri Endpoint { get; }

    /// <param name="port">0 picks a free one.</param>
    /// <param name="handler">Answers every request.</param>
    /// <exception cref="LocalCloudException">The port is taken or not allowed.</exception>
    public static async Task<LoopbackServer> StartAsync(int port, RequestDelegate handler)
    {
        // The empty builder reads no appsettings.json and no ASPNETCORE_* variable: nothing around it changes what it does.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => Configure(kestrel, port));
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(2));
        var app = builder.Build();
        app.Run(handler);
        try
        {
            await app.StartAsync();
        }
        catch (Exception e) when (e is IOException or SocketException)
        {
            await app.DisposeAsync();
            throw new LocalCloudException(string.Create(
                CultureInfo.InvariantCulture,
                $"Port {port} of 127.0.0.1 cannot be used ({e.Message.TrimEnd('.')}). Stop the program that listens there, or choose another port: --port N, or --port 0 for any free one."), e);
        }

        return new LoopbackServer(app);
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    private static void Configure(KestrelServerOptions kestrel, int port)
    {
        kestrel.Listen(IPAddress.Loopback, port);
        kestrel.AddServerHeader = false;

        // The handlers bound what they read themselves, and answer in their protocol's words.
        kestrel.Limits.MaxRequestBodySize = null;

        // A key of 1,024 bytes may take 3,072 in a URL, beside the query of a presigned one.
        kestrel.Limits.MaxRequestLineSize = 32 << 10;
        kestrel.ResponseHeaderEncodingSelector = _ => Encoding.UTF8;
    }
}
