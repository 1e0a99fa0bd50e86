using System.Text.Json.Nodes;
using ResizeImage.Imaging.Tests.Support;
using ResizeImage.Local.Tests.Support;

namespace ResizeImage.Local.Tests.Web;

/// <summary>The events that the page receives.</summary>
public sealed class StreamTests : PageFixture
{
    protected override async Task PrepareAsync()
    {
        using HttpClient http = new(new SocketsHttpHandler { UseProxy = false });
        using StringContent photo = new("photo before");
        using StringContent thumbnail = new("thumbnail");
        (await http.PutAsync(new Uri(S3, "photos/output/before.jpg"), thumbnail)).EnsureSuccessStatusCode();
        (await http.PutAsync(new Uri(S3, "photos/other/before.jpg"), photo)).EnsureSuccessStatusCode();
        using StringContent again = new("photo before");
        (await http.PutAsync(new Uri(S3, "photos/input/before.jpg"), again)).EnsureSuccessStatusCode();
    }

    [PythonFact]
    public async Task An_upload_is_followed_from_the_bucket_to_its_thumbnail()
    {
        using PageFollower page = await FollowAsync();
        string key = await UploadAsync("anna maria+ü.jpg", "photo of Anna");
        Assert.Equal("input/anna maria+ü.jpg", key);
        await page.PhotoAsync(key, "made");
        await page.UntilAsync(state => state.Photos[key]["thumbnails"]!.AsArray().Count > 0);

        JsonNode photo = page.Photos[key];
        Assert.Equal("anna maria+ü.jpg", photo["name"]!.GetValue<string>());
        Assert.Equal(13, photo["size"]!.GetValue<int>());
        Assert.Equal(40, photo["result"]!["sourceWidth"]!.GetValue<int>());
        Assert.Equal(0.5, photo["result"]!["stages"]!["read"]!.GetValue<double>());
        Assert.Equal("photo of Anna", await Http.GetStringAsync(new Uri(photo["url"]!.GetValue<string>())));
        Assert.Equal("thumbnail of photo of Anna", await Http.GetStringAsync(new Uri(photo["thumbnails"]![0]!["url"]!.GetValue<string>())));
        Assert.Equal("snapshot", page.Events[0]);
        Assert.All(page.Events.Skip(1), name => Assert.Equal("change", name));
    }

    [PythonFact]
    public async Task A_later_page_gets_everything_in_one_snapshot()
    {
        using (PageFollower first = await FollowAsync())
        {
            await UploadAsync("good.jpg", "photo");
            await UploadAsync("bad.jpg", "text");
            await first.PhotoAsync("input/good.jpg", "made");
            await first.PhotoAsync("input/bad.jpg", "rejected");
        }

        using PageFollower later = await FollowAsync();
        await later.UntilAsync(state => state.Cloud is not null);
        Assert.Equal(["snapshot"], later.Events);
        Assert.Equal("not a photo", later.Photos["input/bad.jpg"]["reason"]!.GetValue<string>());
        Assert.Equal("ResizeImage", later.Cloud!["function"]!["name"]!.GetValue<string>());
        Assert.Equal(512, later.Cloud["function"]!["memorySize"]!.GetValue<int>());
        Assert.Equal("200x200", later.Cloud["function"]!["settings"]!["size"]!.GetValue<string>());
    }

    [PythonFact]
    public async Task A_new_page_shows_exactly_the_photos_that_were_in_the_bucket()
    {
        using PageFollower page = await FollowAsync();
        await page.UntilAsync(state => state.Photos.GetValueOrDefault("input/before.jpg")?["thumbnails"]!.AsArray().Count > 0);
        Assert.Equal(["input/before.jpg"], page.Photos.Keys);
    }

    [PythonFact]
    public async Task A_deleted_photo_disappears_with_its_thumbnail()
    {
        using PageFollower page = await FollowAsync();
        string key = await UploadAsync("gone.jpg", "photo");
        await page.PhotoAsync(key, "made");
        await SendAsync(HttpMethod.Delete, "api/photo?key=" + Uri.EscapeDataString(key), new JsonObject());
        await page.UntilAsync(state => !state.Photos.ContainsKey(key));
        await Eventually.TrueAsync(() => !File.Exists(Folder["data/photos/output/gone.jpg"]), "the thumbnail stays");
    }

    [PythonFact]
    public async Task An_invocation_shows_what_Lambda_reports()
    {
        using PageFollower page = await FollowAsync();
        await UploadAsync("one.jpg", "photo");
        string first = (await page.PhotoAsync("input/one.jpg", "made"))["invocationId"]!.GetValue<string>();
        await UploadAsync("two.jpg", "crash");
        string crashed = (await page.PhotoAsync("input/two.jpg", "failed"))["invocationId"]!.GetValue<string>();

        JsonNode report = page.Invocations[first];
        Assert.Equal("ObjectCreated:Put", report["eventName"]!.GetValue<string>());
        Assert.InRange(report["duration"]!.GetValue<double>(), 0.001, 20_000);
        Assert.True(report["billedDuration"]!.GetValue<double>() >= report["duration"]!.GetValue<double>());
        Assert.True(report["billedDuration"]!.GetValue<double>() % 1 == 0);
        // A Python that has loaded its HTTP library takes some megabytes.
        Assert.InRange(report["maxMemoryUsed"]!.GetValue<int>(), 4, 512);

        // Three attempts, the second and the third in a process of their own.
        Assert.Equal(3, page.Invocations[crashed]["attempts"]!.GetValue<int>());
        Assert.True(page.Invocations[crashed]["coldStart"]!.GetValue<bool>());
        Assert.Contains("exit status 9", page.Photos["input/two.jpg"]["reason"]!.GetValue<string>(), StringComparison.Ordinal);
    }
}
