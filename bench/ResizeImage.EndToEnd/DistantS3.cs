using System.Diagnostics;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace ResizeImage.EndToEnd;

/// <summary>An S3 endpoint that passes each request on to another one, and answers as late and as slowly as S3 does in its region.</summary>
internal sealed class DistantS3 : IAsyncDisposable
{
    private static readonly string[] OfConnection = ["Connection", "Keep-Alive", "Transfer-Encoding", "Host"];

    private readonly WireOptions _wire;
    private readonly Uri _s3;
    private readonly HttpClient _client = new(new SocketsHttpHandler { AllowAutoRedirect = false, AutomaticDecompression = DecompressionMethods.None });
    private WebApplication? _app;
    private long _bytesSent;

    private DistantS3(WireOptions wire, Uri s3) => (_wire, _s3) = (wire, s3);

    /// <summary>http or https://127.0.0.1:port/.</summary>
    public Uri Endpoint => new(_app!.Urls.Single());

    /// <summary>Bytes of objects that have been put on the wire.</summary>
    public long BytesSent => Interlocked.Read(ref _bytesSent);

    /// <summary>Starts serving.</summary>
    /// <param name="wire">Its times.</param>
    /// <param name="s3">Where the objects are.</param>
    /// <param name="certificate">For TLS; null for none.</param>
    public static async Task<DistantS3> StartAsync(WireOptions wire, Uri s3, X509Certificate2? certificate)
    {
        DistantS3 distant = new(wire, s3);
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen =>
        {
            // S3 speaks HTTP/1.1 only.
            listen.Protocols = HttpProtocols.Http1;
            if (certificate is not null)
            {
                // On AWS, a bucket has a host name of its own, with which no session exists in a new process.
                listen.UseHttps(certificate, https => https.OnAuthenticate = (_, ssl) => ssl.AllowTlsResume = false);
            }
        }));
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Limits.MinResponseDataRate = null);
        distant._app = builder.Build();
        distant._app.Run(distant.AnswerAsync);
        await distant._app.StartAsync();
        return distant;
    }

    public async ValueTask DisposeAsync()
    {
        await _app!.DisposeAsync();
        _client.Dispose();
    }

    private static bool IsOfConnection(string name) => OfConnection.Contains(name, StringComparer.OrdinalIgnoreCase);

    private async Task AnswerAsync(HttpContext http)
    {
        long start = Stopwatch.GetTimestamp();
        try
        {
            using HttpRequestMessage request = await PassedOnAsync(http.Request);
            using HttpResponseMessage answer = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, http.RequestAborted);
            TimeSpan delay = HttpMethods.IsGet(http.Request.Method) ? _wire.FirstByte : HttpMethods.IsHead(http.Request.Method) ? _wire.Head : _wire.Put;
            await WaitUntilAsync(start, delay, http.RequestAborted);
            http.Response.StatusCode = (int)answer.StatusCode;
            foreach ((string name, IEnumerable<string> values) in answer.Headers.Concat(answer.Content.Headers).Where(header => !IsOfConnection(header.Key)))
            {
                http.Response.Headers[name] = values.ToArray();
            }

            if (!HttpMethods.IsHead(http.Request.Method))
            {
                await SendAsync(await answer.Content.ReadAsByteArrayAsync(http.RequestAborted), http);
            }
        }
        catch (Exception) when (http.RequestAborted.IsCancellationRequested)
        {
            // The function has read what it needs.
        }
    }

    private async Task<HttpRequestMessage> PassedOnAsync(HttpRequest request)
    {
        MemoryStream body = new();
        await request.Body.CopyToAsync(body, request.HttpContext.RequestAborted);
        string target = request.HttpContext.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        HttpRequestMessage passedOn = new(new HttpMethod(request.Method), new Uri(_s3, target));
        if (body.Length > 0)
        {
            passedOn.Content = new ByteArrayContent(body.ToArray());
        }

        foreach ((string name, var values) in request.Headers.Where(header => !IsOfConnection(header.Key)))
        {
            if (!passedOn.Headers.TryAddWithoutValidation(name, (IEnumerable<string>)values))
            {
                passedOn.Content?.Headers.TryAddWithoutValidation(name, (IEnumerable<string>)values);
            }
        }

        return passedOn;
    }

    /// <summary>Sends what the bandwidth allows until now, once in a millisecond.</summary>
    private async Task SendAsync(byte[] body, HttpContext http)
    {
        long start = Stopwatch.GetTimestamp();
        for (int sent = 0; sent < body.Length;)
        {
            long due = (long)((Stopwatch.GetElapsedTime(start) + TimeSpan.FromMilliseconds(1)).TotalSeconds * _wire.BytesPerSecond);
            int count = (int)Math.Min(body.Length, due) - sent;
            if (count > 0)
            {
                await http.Response.Body.WriteAsync(body.AsMemory(sent, count), http.RequestAborted);
                sent += count;
                Interlocked.Add(ref _bytesSent, HttpMethods.IsGet(http.Request.Method) ? count : 0);
            }

            await Task.Delay(1, http.RequestAborted);
        }
    }

    private static async Task WaitUntilAsync(long start, TimeSpan end, CancellationToken cancellationToken)
    {
        TimeSpan left = end - Stopwatch.GetElapsedTime(start);
        if (left > TimeSpan.Zero)
        {
            await Task.Delay(left, cancellationToken);
        }
    }
}
