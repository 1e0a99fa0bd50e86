using System.Net;
using System.Net.Http.Headers;
using ResizeImage.Imaging.Tests.Support;
using ResizeImage.Local.Tests.Support;
using ResizeImage.Local.Web;
using ResizeImage.Tests.Support;

namespace ResizeImage.Local.Tests.Web;

/// <summary>The small versions of photos that the page's cards load.</summary>
public sealed class PreviewTests : PageFixture
{
    // A JPEG may have any bytes after its end.
    private static readonly byte[] Large = [.. Pictures.Jpeg48x32, .. new byte[Previews.SmallPhotoBytes]];

    [PythonFact]
    public async Task A_large_photo_has_a_preview_and_a_small_one_needs_none()
    {
        using PageFollower page = await FollowAsync();
        await PutAsync("large.jpg", Large);
        await PutAsync("small.jpg", Pictures.Jpeg48x32);
        await page.UntilAsync(state => state.Photos.Count == 2);
        Assert.Null(page.Photos["input/small.jpg"]["preview"]);
        using HttpResponseMessage preview = await Http.GetAsync(new Uri(page.Photos["input/large.jpg"]["preview"]!.GetValue<string>(), UriKind.Relative));
        Assert.Equal((HttpStatusCode.OK, "image/jpeg"), (preview.StatusCode, preview.Content.Headers.ContentType!.MediaType));
        Assert.Contains("immutable", preview.Headers.CacheControl!.ToString(), StringComparison.Ordinal);
        Assert.Equal([0xFF, 0xD8], (await preview.Content.ReadAsByteArrayAsync())[..2]);
    }

    [PythonFact]
    public async Task Another_version_or_a_file_that_is_not_an_image_has_no_preview()
    {
        using PageFollower page = await FollowAsync();
        await PutAsync("large.jpg", Large);
        await PutAsync("text.jpg", [.. "These are notes."u8, .. new byte[Previews.SmallPhotoBytes]]);
        await page.UntilAsync(state => state.Photos.Count == 2);
        string before = page.Photos["input/large.jpg"]["preview"]!.GetValue<string>();
        await PutAsync("large.jpg", [.. Large, 1]);
        foreach (string url in new[] { before, page.Photos["input/text.jpg"]["preview"]!.GetValue<string>(), "api/preview?key=input/none.jpg&etag=0", "api/preview" })
        {
            using HttpResponseMessage answer = await Http.GetAsync(new Uri(url, UriKind.Relative));
            Assert.True(answer.StatusCode == HttpStatusCode.NotFound, url);
        }
    }

    private async Task PutAsync(string name, byte[] bytes)
    {
        using ByteArrayContent content = new(bytes);
        content.Headers.ContentType = new MediaTypeHeaderValue("image/jpeg");
        using HttpResponseMessage put = await Http.PutAsync(new Uri(S3, "/photos/input/" + name), content);
        Assert.True(put.IsSuccessStatusCode);
    }
}
