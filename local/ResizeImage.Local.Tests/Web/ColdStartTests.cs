using System.Text.Json.Nodes;
using ResizeImage.Imaging.Tests.Support;
using ResizeImage.Local.Tests.Support;

namespace ResizeImage.Local.Tests.Web;

/// <summary>Cold starts on the page; nothing has invoked the function before.</summary>
public sealed class ColdStartTests : PageFixture
{
    [PythonFact]
    public async Task Only_the_first_invocation_of_a_process_is_a_cold_start()
    {
        using PageFollower page = await FollowAsync();
        JsonNode cold = await EndAsync(page);
        JsonNode warm = await EndAsync(page);
        Assert.True(cold["coldStart"]!.GetValue<bool>());
        Assert.InRange(cold["initDuration"]!.GetValue<double>(), 0.001, 20_000);
        Assert.False(warm["coldStart"]!.GetValue<bool>());
        Assert.Null(warm["initDuration"]);
    }

    /// <summary>Invokes the function.</summary>
    /// <returns>The invocation after its end, as the page has it.</returns>
    private async Task<JsonNode> EndAsync(PageFollower page)
    {
        JsonNode details = await InvokeAsync(JsonNode.Parse("""{"Event":"s3:TestEvent"}""")!);
        string id = details["invocation"]!["id"]!.GetValue<string>();
        await page.UntilAsync(state => state.Invocations.GetValueOrDefault(id)?["status"]!.GetValue<string>() == "succeeded");
        return page.Invocations[id];
    }
}
