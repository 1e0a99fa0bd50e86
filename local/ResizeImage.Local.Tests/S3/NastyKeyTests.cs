using System.Text;
using ResizeImage.Local.S3;
using ResizeImage.Local.Tests.Support;

namespace ResizeImage.Local.Tests.S3;

/// <summary>
/// Random keys made of parts that have led other servers out of their folders: the server returns each object unchanged or refuses it, and
/// writes no file outside.
/// </summary>
public sealed class NastyKeyTests : IDisposable
{
    private const int Keys = 1500;

    private static readonly string[] Pieces =
    [
        "..", ".", "/", "//", "\\", "..\\", "%2e", "%2e%2e", "%2f", "%5c", "%", "%%", "\0", "\n", "\r\n", "\t", "\u007f", "\u0085", "\u2028", "\u202e", "\ufeff", "~", "~root",
        "C:", "\\\\?\\", "con", "NUL", "aux.txt", "com1", "x.", "x ", " x", "file::$DATA", "é", "e\u0301", "\u212b", "\u00c5", "ﬁ", "\U0001F600", "\uFFFD", "\uFFFF", "a", "A", "etc/passwd",
        ".s3", "in-use", "owner", "$(id)", "`id`", "*", "?", "#", "&", "+", "-rf", "'", "\"", "<", "|", new string('n', 300), new string('é', 130),
    ];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task No_key_leads_out_of_the_folder()
    {
        Directory.CreateDirectory(_folder["outer/data"]);
        foreach (string outside in new[] { "x", "outer/x", "outer/a.txt", "outer/etc" })
        {
            await File.WriteAllTextAsync(_folder[outside], "outside");
        }

        string[] Outside() => [.. _folder.Files().Where(file => !file.StartsWith("outer/data/", StringComparison.Ordinal)).Select(file => file + "=" + File.ReadAllText(_folder[file]))];
        string[] before = Outside();
        await using S3Server server = await S3Server.StartAsync(new S3ServerOptions { Folder = _folder["outer/data"] });
        server.EnsureBucket("photos");
        string[] empty = _folder.Files();

        Random random = new(7);
        HashSet<string> stored = new(StringComparer.Ordinal);
        for (int i = 0; i < Keys; i++)
        {
            string key = string.Concat(Enumerable.Range(0, random.Next(1, 7)).Select(_ => Pieces[random.Next(Pieces.Length)]));
            RawResponse put = await RawHttp.SendAsync(server.Endpoint, "PUT " + PathOf(key), Encoding.UTF8.GetBytes(key));
            if (Encoding.UTF8.GetByteCount(key) > 1024 && !key.Contains('\0'))
            {
                Assert.Contains("<Code>KeyTooLongError</Code>", put.Text, StringComparison.Ordinal);
                continue;
            }

            if (key.Contains('\0'))
            {
                // The HTTP server itself refuses such a path.
                Assert.Equal(400, put.Status);
                continue;
            }

            Assert.True(put.Status == 200, $"{key}: {put.Text}");
            stored.Add(key);
        }

        foreach (string key in stored)
        {
            Assert.Equal(key, (await RawHttp.SendAsync(server.Endpoint, "GET " + PathOf(key))).Text);
        }

        Assert.Equal(before, Outside());
        foreach (string key in stored)
        {
            Assert.Equal(204, (await RawHttp.SendAsync(server.Endpoint, "DELETE " + PathOf(key))).Status);
        }

        Assert.Equal(empty, _folder.Files());
    }

    [Theory]
    [InlineData("/../x")]
    [InlineData("/%2e%2e/x")]
    [InlineData("/..%2fx")]
    [InlineData("/.s3/in-use")]
    [InlineData("/%2Fetc/passwd")]
    [InlineData("//etc/passwd")]
    [InlineData("/photos%2f../x")]
    [InlineData("/photos%00/x")]
    public async Task No_bucket_leads_out_of_the_folder(string path)
    {
        await File.WriteAllTextAsync(_folder["x"], "outside");
        await using S3Server server = await S3Server.StartAsync(new S3ServerOptions { Folder = _folder["data"] });
        server.EnsureBucket("photos");
        foreach (string method in new[] { "GET", "PUT", "DELETE" })
        {
            Assert.InRange((await RawHttp.SendAsync(server.Endpoint, $"{method} {path}", method == "PUT" ? "y"u8.ToArray() : null)).Status, 400, 499);
        }

        Assert.Equal("outside", await File.ReadAllTextAsync(_folder["x"]));
        Assert.Equal(["data/.s3/in-use", "data/.s3/owner", "x"], _folder.Files());
    }

    private static string PathOf(string key) => "/photos/" + string.Concat(Encoding.UTF8.GetBytes(key).Select(b => $"%{b:X2}"));
}
