using System.Text;
using System.Xml.Linq;
using ResizeImage.Local.S3.Storage;
using ResizeImage.Local.Tests.Support;

namespace ResizeImage.Local.Tests.S3;

/// <summary>Keys of every kind: each is its own object, none leaves the bucket's folder.</summary>
public sealed class KeyTests : S3Fixture
{
    private static readonly string[] Keys =
    [
        "output/x.jpg", "output/X.jpg", "a", "a/b", "a/", "a//b", "a//", "/", "//", "/a", ".", "..", "../x", "../../x", "a/../b", "a/./b", "./x", ".hidden",
        "..%2Fx", "%2e%2e/x", "a%", "a%25", "100%.jpg", "%", "%%", "a b", " a", "a ", "a.", "a./b", "a.b/c.d", "a%2Eb/c.d", "a+b", "a&b=c?d#e", "été.jpg",
        "e\u0301te\u0301.jpg", "\U0001F600.png", "\U0001F600/\U0001F468\u200D\U0001F469.png", "\uFF5E", "日本/語.jpg", "back\\slash", "c:\\x", "con", "nul.jpg", "a\tb",
        "a\nb", "<x>&\"'", "in-use", ".s3/in-use", new string('x', 255), new string('x', 256), new string('é', 300), new string('é', 299) + "e",
        string.Join('/', Enumerable.Repeat("d", 500)), new string('/', 1000), new string('%', 1000),
    ];

    [Fact]
    public async Task Every_key_is_its_own_object()
    {
        foreach (string key in Keys)
        {
            RawResponse put = await RawHttp.SendAsync(Server.Endpoint, "PUT " + PathOf(key), Encoding.UTF8.GetBytes(key));
            Assert.True(put.Status == 200, $"{key}: {put.Text}");
        }

        await AssertAllThereAsync();
        await RestartAsync();
        await AssertAllThereAsync();

        foreach (string key in Keys)
        {
            Assert.Equal(204, (await RawHttp.SendAsync(Server.Endpoint, "DELETE " + PathOf(key))).Status);
        }

        Assert.Equal([".s3/in-use", ".s3/owner"], Folder.Files());
        Assert.Empty(Directory.GetFileSystemEntries(Folder[Bucket]));
    }

    [Fact]
    public async Task The_usual_key_is_a_file_of_that_name()
    {
        await RawHttp.SendAsync(Server.Endpoint, "PUT /photos/output/2026/Caf%C3%A9+1.jpg", "x"u8.ToArray());
        Assert.Equal("x", await File.ReadAllTextAsync(Folder["photos/output/2026/Café+1.jpg"]));
    }

    [Fact]
    public void Paths_are_distinct_and_plain_on_file_systems_that_ignore_case()
    {
        foreach (bool exactNames in new[] { true, false })
        {
            string[] paths = Array.ConvertAll(Keys, key => KeyPath.ToRelativePath(key, exactNames));
            Assert.Equal(Keys.Length, paths.Distinct(exactNames ? StringComparer.Ordinal : StringComparer.OrdinalIgnoreCase).Count());
            foreach (string path in paths)
            {
                Assert.False(Path.IsPathRooted(path));
                Assert.All(path.Split(Path.DirectorySeparatorChar), name =>
                {
                    Assert.False(name is "" or "." or "..");
                    Assert.InRange(Encoding.UTF8.GetByteCount(name), 1, 250);
                    Assert.Equal(-1, name.IndexOfAny(['\\', ':', '*', '?', '"', '<', '>', '|', '\n', '\t']));
                    Assert.True(exactNames || name.Where(char.IsAsciiLetterUpper).All(char.IsAsciiHexDigit), name);
                });

                // No object's file stands where another object needs a folder.
                Assert.DoesNotContain(paths, other => other.StartsWith(path + Path.DirectorySeparatorChar, StringComparison.OrdinalIgnoreCase));
            }
        }
    }

    private async Task AssertAllThereAsync()
    {
        foreach (string key in Keys)
        {
            Assert.Equal(key, (await RawHttp.SendAsync(Server.Endpoint, "GET " + PathOf(key))).Text);
        }

        // XML 1.0 turns a bare line feed or tab in text into itself, but the reader must not be strict about characters.
        XDocument list = XDocument.Parse((await RawHttp.SendAsync(Server.Endpoint, "GET /photos?list-type=2")).Text);
        XNamespace s3 = "http://s3.amazonaws.com/doc/2006-03-01/";
        string[] listed = [.. list.Root!.Elements(s3 + "Contents").Select(content => content.Element(s3 + "Key")!.Value)];
        Assert.Equal(Keys.OrderBy(key => Convert.ToHexString(Encoding.UTF8.GetBytes(key)), StringComparer.Ordinal), listed);
    }

    private static string PathOf(string key) => "/photos/" + string.Concat(Encoding.UTF8.GetBytes(key).Select(b =>
        char.IsAsciiLetterOrDigit((char)b) || "-._~/".Contains((char)b) ? ((char)b).ToString() : $"%{b:X2}"));
}
