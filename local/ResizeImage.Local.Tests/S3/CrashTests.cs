using System.Collections.Concurrent;
using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Xml.Linq;
using ResizeImage.Imaging.Tests.Support;
using ResizeImage.Local.Tests.Support;

namespace ResizeImage.Local.Tests.S3;

/// <summary>
/// kill -9 of the server while clients put, copy, delete and complete multipart uploads over the same keys. After the restart each
/// key has the object of the last acknowledged request, or of the one that was under way; and no file is left over.
/// </summary>
/// <remarks>KILLS=50 kills it 50 times.</remarks>
public sealed class CrashTests : IDisposable
{
    private const int Workers = 6;
    private const int KeysOfWorker = 3;
    private const int MinPart = 5 << 20;

    private static readonly int[] Sizes = [0, 1, 10, 3_000, 3_000, 60_000, 200_000, 2_000_000];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [PythonFact]
    public async Task A_kill_loses_and_tears_no_object()
    {
        int kills = int.TryParse(Environment.GetEnvironmentVariable("KILLS"), CultureInfo.InvariantCulture, out int wanted) ? wanted : 4;
        Random random = new(kills);
        Worker[] workers = [.. Enumerable.Range(0, Workers).Select(number => new Worker(number))];
        for (int kill = 0; kill < kills; kill++)
        {
            await using LocalProgram server = await LocalProgram.ServeS3Async(_folder);
            await CheckAsync(server.Endpoint, workers, $"after kill {kill}");
            using CancellationTokenSource stop = new();
            Task[] running = [.. workers.Select(worker => worker.RunAsync(server.Endpoint, stop.Token))];
            await Task.Delay(random.Next(300, 1500));
            await server.EndAsync("KILL");
            await stop.CancelAsync();
            await Task.WhenAll(running);
        }

        await using LocalProgram last = await LocalProgram.ServeS3Async(_folder);
        await CheckAsync(last.Endpoint, workers, "after the last kill");
        Assert.True(workers.Sum(worker => worker.Acknowledged) > 20 * kills, "too few requests for a test");
    }

    private async Task CheckAsync(Uri endpoint, Worker[] workers, string when)
    {
        using HttpClient http = Client(endpoint);
        int objects = 0;
        foreach (Worker worker in workers)
        {
            foreach ((string? key, StoredState?[]? possible) in worker.Keys)
            {
                using HttpResponseMessage response = await http.GetAsync("photos/" + key);
                StoredState? found = response.IsSuccessStatusCode ? await StoredState.ReadAsync(response) : null;
                Assert.True(possible.Contains(found), $"{when}, {key}: found {found?.ToString() ?? "nothing"}, expected {string.Join(" or ", possible.Select(one => one?.ToString() ?? "nothing"))}");
                worker.Keys[key] = [found];
                objects += found is null ? 0 : 1;
            }
        }

        Assert.Equal(objects, Files("data/photos").Length);
        Assert.Equal(objects, Files("data/.s3/metadata").Length);
        Assert.Empty(Files("data/.s3/staging"));
    }

    private string[] Files(string folder) =>
        Directory.Exists(_folder[folder]) ? Directory.GetFiles(_folder[folder], "*", SearchOption.AllDirectories) : [];

    private static HttpClient Client(Uri endpoint) =>
        new(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = endpoint, Timeout = TimeSpan.FromSeconds(30) };

    /// <summary>Everything that a client sees of an object.</summary>
    private sealed record StoredState(string Md5, string ETag, string ContentType, string Mark)
    {
        public static async Task<StoredState> ReadAsync(HttpResponseMessage response) => new(
            Convert.ToHexString(MD5.HashData(await response.Content.ReadAsByteArrayAsync())),
            response.Headers.ETag!.Tag,
            response.Content.Headers.ContentType!.ToString(),
            response.Headers.GetValues("x-amz-meta-mark").Single());
    }

    /// <summary>A client with its own keys, so that it knows the content of each.</summary>
    private sealed class Worker(int number)
    {
        private readonly Random _random = new(number);
        private int _mark;

        /// <summary>The possible states of each key: one, or two while a request is in flight.</summary>
        public ConcurrentDictionary<string, StoredState?[]> Keys { get; } = new(
            Enumerable.Range(0, KeysOfWorker).Select(key => KeyValuePair.Create($"{number}/key {key}.jpg".Replace(" ", "%20", StringComparison.Ordinal), new StoredState?[] { null })));

        public int Acknowledged { get; private set; }

        /// <summary>Sends one request after the other until the server is gone.</summary>
        public async Task RunAsync(Uri endpoint, CancellationToken cancellationToken)
        {
            using HttpClient http = Client(endpoint);
            try
            {
                while (!cancellationToken.IsCancellationRequested)
                {
                    string key = Keys.Keys.ElementAt(_random.Next(KeysOfWorker));
                    await (_random.Next(10) switch
                    {
                        0 => DeleteAsync(http, key),
                        1 => CopyAsync(http, key),
                        2 when _random.Next(3) == 0 => CompleteAsync(http, key),
                        _ => PutAsync(http, key),
                    });
                }
            }
            catch (Exception e) when (e is HttpRequestException or IOException or TaskCanceledException)
            {
                // Killed.
            }
        }

        private Task PutAsync(HttpClient http, string key)
        {
            byte[] body = Body(Sizes[_random.Next(Sizes.Length)]);
            StoredState state = NextState(body, $"\"{Hex(MD5.HashData(body))}\"");
            return SendAsync(http, key, state, Request(HttpMethod.Put, key, body, state));
        }

        private Task DeleteAsync(HttpClient http, string key) => SendAsync(http, key, null, Request(HttpMethod.Delete, key, null, null));

        private Task CopyAsync(HttpClient http, string key)
        {
            string source = Keys.Keys.ElementAt(_random.Next(KeysOfWorker));
            if (Keys[source] is not [{ } content])
            {
                return Task.CompletedTask;
            }

            StoredState state = content with { Mark = NextMark(), ContentType = "image/copy", ETag = $"\"{content.Md5.ToLowerInvariant()}\"" };
            HttpRequestMessage request = Request(HttpMethod.Put, key, null, state);
            request.Headers.Add("x-amz-copy-source", "photos/" + source);
            request.Headers.Add("x-amz-metadata-directive", "REPLACE");
            request.Content = new ByteArrayContent([]);
            request.Content.Headers.ContentType = new MediaTypeHeaderValue(state.ContentType);
            return SendAsync(http, key, state, request);
        }

        private async Task CompleteAsync(HttpClient http, string key)
        {
            byte[][] parts = [Body(MinPart), Body(_random.Next(1, 100_000))];
            byte[] all = [.. parts[0], .. parts[1]];
            StoredState state = NextState(all, $"\"{Hex(MD5.HashData([.. parts.SelectMany(MD5.HashData)]))}-2\"");
            using HttpResponseMessage begun = await http.SendAsync(Request(HttpMethod.Post, key + "?uploads", [], state));
            string id = XDocument.Parse(await begun.Content.ReadAsStringAsync()).Root!.Elements().Single(element => element.Name.LocalName == "UploadId").Value;
            for (int i = 0; i < parts.Length; i++)
            {
                using HttpResponseMessage part = await http.SendAsync(Request(HttpMethod.Put, $"{key}?partNumber={i + 1}&uploadId={id}", parts[i], null));
            }

            string xml = $"<CompleteMultipartUpload>{string.Concat(parts.Select((part, i) => $"<Part><PartNumber>{i + 1}</PartNumber><ETag>{Hex(MD5.HashData(part))}</ETag></Part>"))}</CompleteMultipartUpload>";
            await SendAsync(http, key, state, Request(HttpMethod.Post, $"{key}?uploadId={id}", System.Text.Encoding.UTF8.GetBytes(xml), null));
        }

        private async Task SendAsync(HttpClient http, string key, StoredState? state, HttpRequestMessage request)
        {
            Keys[key] = [.. Keys[key], state];
            using HttpResponseMessage response = await http.SendAsync(request);
            Assert.True(response.IsSuccessStatusCode, $"{request.Method} {key}: {response.StatusCode} {await response.Content.ReadAsStringAsync()}");
            Keys[key] = [state];
            Acknowledged++;
        }

        private static HttpRequestMessage Request(HttpMethod method, string key, byte[]? body, StoredState? state)
        {
            HttpRequestMessage request = new(method, "photos/" + key) { Content = body is null ? null : new ByteArrayContent(body) };
            if (state is not null)
            {
                request.Headers.Add("x-amz-meta-mark", state.Mark);
                if (request.Content is not null)
                {
                    request.Content.Headers.ContentType = new MediaTypeHeaderValue(state.ContentType);
                }
            }

            return request;
        }

        private StoredState NextState(byte[] body, string etag) =>
            new(Convert.ToHexString(MD5.HashData(body)), etag, $"image/x{_random.Next(1000)}", NextMark());

        private string NextMark() => string.Create(CultureInfo.InvariantCulture, $"{number}-{++_mark}");

        private byte[] Body(int size)
        {
            byte[] body = new byte[size];
            _random.NextBytes(body);
            return body;
        }

        private static string Hex(byte[] bytes) => Convert.ToHexString(bytes).ToLowerInvariant();
    }
}
