using System.Net;
using System.Text.Json.Nodes;
using ResizeImage.Imaging;
using ResizeImage.Imaging.Tests.Support;
using ResizeImage.Local.Tests.Support;

namespace ResizeImage.Local.Tests.Web;

/// <summary>The page's requests to its server.</summary>
public sealed class ApiTests : PageFixture
{
    [PythonFact]
    public async Task Settings_reach_the_next_upload_in_a_new_process()
    {
        JsonNode before = await EnvironmentAsync();
        JsonObject settings = new() { ["size"] = "64x48", ["fit"] = "contain", ["focus"] = "top", ["format"] = "png", ["quality"] = "70", ["progressive"] = "true", ["background"] = "#123456", ["outputKey"] = "{name}.{format}" };
        JsonNode answer = await SendAsync(HttpMethod.Put, "api/settings", settings);
        Assert.True(JsonNode.DeepEquals(settings, answer), answer.ToJsonString());

        JsonNode after = await EnvironmentAsync();
        Assert.Null(before["THUMBNAIL_SIZE"]);
        foreach ((string? name, JsonNode? value) in settings)
        {
            Assert.Equal(value!.GetValue<string>(), after[name == "outputKey" ? "OUTPUT_KEY" : "THUMBNAIL_" + name.ToUpperInvariant()]!.GetValue<string>());
        }

        using PageFollower page = await FollowAsync();
        await page.UntilAsync(state => state.Cloud is not null);
        Assert.Equal("64x48", page.Cloud!["function"]!["settings"]!["size"]!.GetValue<string>());
        Assert.Equal(2, page.Invocations.Values.Count(invocation => invocation["coldStart"]!.GetValue<bool>()));
        await UploadAsync("after.jpg", "photo");
        await page.PhotoAsync("input/after.jpg", "made");
    }

    [PythonFact]
    public async Task The_form_of_the_page_has_every_thumbnail_setting_and_the_output_key_with_its_default_and_every_output_format()
    {
        using PageFollower page = await FollowAsync();
        await page.UntilAsync(state => state.Cloud is not null);
        JsonNode function = page.Cloud!["function"]!;
        JsonNode[] form = [.. function["form"]!.AsArray().Select(field => field!)];
        Assert.Equal([.. ThumbnailSetting.All.Select(setting => setting.Variable), "OUTPUT_KEY"], form.Select(field => field["variable"]!.GetValue<string>()));
        Assert.All(form, field => Assert.Equal(field["default"]!.GetValue<string>(), function["settings"]![field["name"]!.GetValue<string>()]!.GetValue<string>()));
        Assert.Equal(
            ["auto", .. OutputFormat.All.Select(format => format.Name)],
            form.Single(field => field["name"]!.GetValue<string>() == "format")["choices"]!.AsArray().Select(choice => choice!["value"]!.GetValue<string>()));
    }

    [PythonFact]
    public async Task Settings_that_the_function_refuses_change_nothing()
    {
        JsonNode error = await SendAsync(HttpMethod.Put, "api/settings", new JsonObject { ["fit"] = "crop" }, HttpStatusCode.UnprocessableEntity);
        Assert.Equal("THUMBNAIL_FIT is crop", error["message"]!.GetValue<string>());
        Assert.Null((await EnvironmentAsync())["THUMBNAIL_FIT"]);
    }

    [PythonFact]
    public async Task An_event_by_hand_shows_its_result()
    {
        JsonNode details = await InvokeAsync(JsonNode.Parse("""{"do":"say something"}""")!);
        Assert.Equal("succeeded", details["invocation"]!["status"]!.GetValue<string>());
        Assert.Equal("""{"do":"say something"}""", details["event"]!.GetValue<string>());
        Assert.Equal("\"say something\"", details["response"]!.GetValue<string>());
        Assert.Contains(details["log"]!.AsArray(), line => line!.GetValue<string>().StartsWith("function process ", StringComparison.Ordinal));
    }

    [PythonFact]
    public async Task The_event_of_a_photo_is_the_one_that_S3_sends()
    {
        using PageFollower events = await FollowAsync();
        string key = await UploadAsync("a b.jpg", "photo");
        JsonNode photo = await events.PhotoAsync(key, "made");
        JsonNode sent = JsonNode.Parse((await SendAsync(HttpMethod.Get, $"api/invocation?id={photo["invocationId"]!.GetValue<string>()}", null))["event"]!.GetValue<string>())!;
        JsonNode made = await SendAsync(HttpMethod.Get, "api/event?key=" + Uri.EscapeDataString(key), null);
        Assert.Equal("input/a+b.jpg", made["Records"]![0]!["s3"]!["object"]!["key"]!.GetValue<string>());
        Assert.Equal(sent["Records"]![0]!["s3"]!["object"]!["eTag"]!.GetValue<string>(), made["Records"]![0]!["s3"]!["object"]!["eTag"]!.GetValue<string>());
        await SendAsync(HttpMethod.Get, "api/event?key=input/nothing.jpg", null, HttpStatusCode.NotFound);
    }

    [PythonFact]
    public async Task Mistakes_are_reported()
    {
        Assert.Contains("name of a photo", await ErrorAsync("api/uploads", """{"name":"","type":""}""", HttpStatusCode.BadRequest), StringComparison.Ordinal);
        Assert.Contains("name of a photo", await ErrorAsync("api/uploads", $$"""{"name":"{{new string('x', 1020)}}"}""", HttpStatusCode.BadRequest), StringComparison.Ordinal);
        Assert.Contains("cannot be read", await ErrorAsync("api/uploads", "{", HttpStatusCode.BadRequest), StringComparison.Ordinal);
        Assert.Contains("not JSON", await ErrorAsync("api/invocations", "{'a':1}", HttpStatusCode.BadRequest), StringComparison.Ordinal);
        Assert.Contains("1048576 bytes", await ErrorAsync("api/invocations", $"\"{new string('x', 1 << 20)}\"", HttpStatusCode.RequestEntityTooLarge), StringComparison.Ordinal);
        Assert.Contains("no POST /api/nothing", await ErrorAsync("api/nothing", "{}", HttpStatusCode.NotFound), StringComparison.Ordinal);
    }

    private async Task<JsonNode> EnvironmentAsync() =>
        JsonNode.Parse((await InvokeAsync(JsonNode.Parse("""{"do":"environment"}""")!))["response"]!.GetValue<string>())!;

    private async Task<string> ErrorAsync(string path, string body, HttpStatusCode status)
    {
        using StringContent content = new(body, new System.Net.Http.Headers.MediaTypeHeaderValue("application/json"));
        using HttpResponseMessage response = await Http.PostAsync(new Uri(path, UriKind.Relative), content);
        string text = await response.Content.ReadAsStringAsync();
        Assert.True(response.StatusCode == status, $"{response.StatusCode} {text}");
        return JsonNode.Parse(text)!["message"]!.GetValue<string>();
    }
}
