using System.Text.Json.Nodes;
using ResizeImage.Imaging.Tests.Support;
using ResizeImage.Local.Tests.Support;

namespace ResizeImage.Local.Tests.Web;

/// <summary>Photos with several thumbnails.</summary>
public sealed class OutputsTests : PageFixture
{
    protected override Dictionary<string, string> Environment => new() { ["THUMBNAIL_SIZE"] = "200x200,card=400x300" };

    protected override async Task PrepareAsync()
    {
        using HttpClient http = new(new SocketsHttpHandler { UseProxy = false });
        foreach (string key in new[] { "output/card/before.jpg", "output/200x200/before.jpg", "output/before.jpg", "input/before.jpg" })
        {
            using StringContent content = new("photo, or thumbnail " + key);
            (await http.PutAsync(new Uri(S3, "photos/" + key), content)).EnsureSuccessStatusCode();
        }
    }

    [PythonFact]
    public async Task A_photo_from_before_the_start_has_the_thumbnails_of_all_outputs()
    {
        using PageFollower page = await FollowAsync();
        await page.UntilAsync(state => Thumbnails(state, "input/before.jpg") == "200x200 output/200x200/before.jpg, card output/card/before.jpg");
    }

    [PythonFact]
    public async Task An_upload_has_the_thumbnails_that_the_report_names_each_by_its_own_url()
    {
        using PageFollower page = await FollowAsync();
        string key = await UploadAsync("new.jpg", "photo of three");
        await page.UntilAsync(state => Thumbnails(state, key) == "200x200 output/200x200/new.jpg, card output/card/new.jpg");
        foreach (JsonNode? thumbnail in page.Photos[key]["thumbnails"]!.AsArray())
        {
            Assert.Equal(
                $"{thumbnail!["name"]} of photo of three", await Http.GetStringAsync(new Uri(thumbnail["url"]!.GetValue<string>())));
        }
    }

    [PythonFact]
    public async Task A_deleted_thumbnail_disappears_and_the_others_stay()
    {
        using PageFollower page = await FollowAsync();
        string key = await UploadAsync("new.jpg", "photo");
        await page.UntilAsync(state => Thumbnails(state, key).Contains("card", StringComparison.Ordinal));
        using HttpResponseMessage deleted = await Http.DeleteAsync(new Uri(S3, "photos/output/200x200/new.jpg"));
        deleted.EnsureSuccessStatusCode();
        await page.UntilAsync(state => Thumbnails(state, key) == "card output/card/new.jpg");
    }

    [PythonFact]
    public async Task After_a_change_to_one_output_only_its_thumbnail_is_shown()
    {
        using PageFollower page = await FollowAsync();
        string key = await UploadAsync("new.jpg", "photo");
        await page.UntilAsync(state => Thumbnails(state, key).Contains("card", StringComparison.Ordinal));
        await SendAsync(HttpMethod.Put, "api/settings", new JsonObject { ["size"] = "100x100" });
        await UploadAsync("new.jpg", "photo again");
        await page.UntilAsync(state => Thumbnails(state, key) == " output/new.jpg");
    }

    private static string Thumbnails(PageFollower page, string key) => string.Join(
        ", ", page.Photos.GetValueOrDefault(key)?["thumbnails"]!.AsArray().Select(thumbnail => $"{thumbnail!["name"]} {thumbnail["key"]}") ?? []);
}
