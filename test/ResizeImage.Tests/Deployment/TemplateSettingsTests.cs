using System.Text.Json.Nodes;
using ResizeImage.Configuration;

namespace ResizeImage.Tests.Deployment;

/// <summary>What template.yaml says in several places, or says to the function.</summary>
public class TemplateSettingsTests
{
    [NodePackagesFact(ResolvedTemplate.Package)]
    public void A_message_stays_invisible_for_six_timeouts()
    {
        JsonNode resources = ResolvedTemplate.Resources("Trigger=SQS");
        Assert.Equal(6 * (int)resources["Function"]!["Properties"]!["Timeout"]!, (int)resources["PhotoEvents"]!["Properties"]!["VisibilityTimeout"]!);
    }

    [NodePackagesTheory(ResolvedTemplate.Package)]
    [InlineData("Trigger=S3", "PhotosInvokeFunction", "PhotoEvents")]
    [InlineData("Trigger=SQS", "PhotoEvents", "PhotosInvokeFunction")]
    public void The_dashboard_is_JSON_and_the_trigger_is_the_one_asked_for(string trigger, string made, string notMade)
    {
        JsonNode resources = ResolvedTemplate.Resources(trigger);
        Assert.Equal(7, JsonNode.Parse((string)resources["Dashboard"]!["Properties"]!["DashboardBody"]!)!["widgets"]!.AsArray().Count);
        Assert.NotNull(resources[made]);
        Assert.Null(resources[notMade]);
    }

    [NodePackagesTheory(ResolvedTemplate.Package)]
    [InlineData("ReportPrefix=reports/", "reports/")]
    [InlineData("ReportPrefix=", null)]
    public void The_function_accepts_its_environment_and_finds_its_photos(string parameter, string? reports)
    {
        JsonNode properties = ResolvedTemplate.Resources(parameter)["Function"]!["Properties"]!;
        Settings settings = Settings.Read(name => (string?)properties["Environment"]!["Variables"]![name]);
        Assert.Equal((200, 200, "photos", reports), (settings.Thumbnail.Width, settings.Thumbnail.Height, settings.InputBucket, settings.ReportPrefix));

        string zip = (string)properties["CodeUri"]!;
        Assert.Contains($"mv \"$folder/function.zip\" {zip}", File.ReadAllText(Repository.Path("package.sh")), StringComparison.Ordinal);
        Assert.Equal(typeof(Function).Assembly.GetName().Name, (string?)properties["Handler"]);
    }
}
