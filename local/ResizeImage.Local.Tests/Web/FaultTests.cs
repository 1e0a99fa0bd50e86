using System.Net;
using System.Text.Json.Nodes;
using ResizeImage.Imaging.Tests.Support;
using ResizeImage.Local.Tests.Support;

namespace ResizeImage.Local.Tests.Web;

/// <summary>The faults that the page can ask for, with what the function's retries make of them.</summary>
public sealed class FaultTests : PageFixture
{
    [PythonFact]
    public async Task S3_refuses_one_attempt_and_the_retry_makes_the_thumbnail()
    {
        await ArmAsync("unavailable");
        JsonNode invocation = await InvocationOfAsync(await UploadAsync("a.jpg", "photo"), "made");
        JsonNode failed = Assert.Single(invocation["failedAttempts"]!.AsArray())!;

        // The function in Python does not retry requests: it exits with the exception.
        Assert.EndsWith("exit status 1", failed["error"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Equal(2, invocation["attempts"]!.GetValue<int>());
    }

    [PythonFact]
    public async Task Lambda_kills_the_function_at_its_time_limit_and_the_retry_is_a_cold_start()
    {
        using (PageFollower page = await FollowAsync())
        {
            await page.PhotoAsync(await UploadAsync("warm.jpg", "photo"), "made");
        }

        await ArmAsync("timeout");
        JsonNode invocation = await InvocationOfAsync(await UploadAsync("a.jpg", "photo"), "made");
        JsonNode failed = Assert.Single(invocation["failedAttempts"]!.AsArray())!;
        Assert.EndsWith("Error: Task timed out after 1.00 seconds", failed["error"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.True(failed["billedDuration"]!.GetValue<double>() >= 1000);
        Assert.True(invocation["coldStart"]!.GetValue<bool>());
    }

    [PythonFact]
    public async Task An_event_is_delivered_twice_and_the_next_one_once()
    {
        await ArmAsync("duplicate");
        string first = await UploadAsync("first.jpg", "photo");
        string second = await UploadAsync("second.jpg", "photo");
        using PageFollower page = await FollowAsync();
        await page.UntilAsync(state => EndedOf(state, second).Length == 1 && EndedOf(state, first).Length == 2);
    }

    [PythonFact]
    public async Task Two_events_are_delivered_in_reverse_and_the_thumbnail_shows_the_last_photo()
    {
        await ArmAsync("reorder");
        string key = await UploadAsync("a.jpg", "photo 1");
        await UploadAsync("a.jpg", "photo 2");
        using PageFollower page = await FollowAsync();
        await page.UntilAsync(state => EndedOf(state, key).Length == 2);
        JsonNode[] ended = [.. EndedOf(page, key).OrderBy(invocation => invocation["queued"]!.GetValue<DateTime>())];
        string[] sequencers = await Task.WhenAll(ended.Select(SequencerAsync));
        Assert.True(string.CompareOrdinal(sequencers[0], sequencers[1]) > 0, string.Join(", ", sequencers));
        Assert.Equal("thumbnail of photo 2", await Http.GetStringAsync(new Uri(S3, "photos/output/a.jpg")));
    }

    [PythonFact]
    public async Task S3_still_answers_others()
    {
        await ArmAsync("timeout");
        using PageFollower page = await FollowAsync();
        string key = await UploadAsync("a.jpg", "photo");
        await page.UntilAsync(state => state.Photos.GetValueOrDefault(key)?["status"]!.GetValue<string>() is "running" or "retrying" or "made");
        Assert.Equal("photo", await Http.GetStringAsync(new Uri(S3, "photos/input/a.jpg")));
    }

    [PythonFact]
    public async Task A_fault_that_does_not_exist_is_refused()
    {
        await SendAsync(HttpMethod.Post, "api/faults", new JsonObject { ["kind"] = "fire" }, HttpStatusCode.BadRequest);
        await SendAsync(HttpMethod.Post, "api/faults", new JsonObject(), HttpStatusCode.BadRequest);
    }

    private static JsonNode[] EndedOf(PageFollower page, string key) =>
        [.. page.Invocations.Values.Where(one => one["status"]!.GetValue<string>() == "succeeded" && one["keys"]!.AsArray().Any(each => each!.GetValue<string>() == key))];

    private async Task ArmAsync(string kind) => await SendAsync(HttpMethod.Post, "api/faults", new JsonObject { ["kind"] = kind }, HttpStatusCode.NoContent);

    private async Task<JsonNode> InvocationOfAsync(string key, string status)
    {
        using PageFollower page = await FollowAsync();
        JsonNode photo = await page.PhotoAsync(key, status);
        return page.Invocations[photo["invocationId"]!.GetValue<string>()];
    }

    private async Task<string> SequencerAsync(JsonNode invocation)
    {
        JsonNode details = await SendAsync(HttpMethod.Get, "api/invocation?id=" + invocation["id"]!.GetValue<string>(), null);
        return JsonNode.Parse(details["event"]!.GetValue<string>())!["Records"]![0]!["s3"]!["object"]!["sequencer"]!.GetValue<string>();
    }
}
