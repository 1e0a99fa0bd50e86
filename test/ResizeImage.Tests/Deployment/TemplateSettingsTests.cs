using System.Text.Json.Nodes;
using ResizeImage.Configuration;

namespace ResizeImage.Tests.Deployment;

/// <summary>What template.yaml says in several places, or says to the function.</summary>
public class TemplateSettingsTests
{
    private const string Namespace = "ResizeImage";

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
        Assert.Equal(
            (200, 200, "photos", reports, Namespace),
            (settings.Thumbnail.Width, settings.Thumbnail.Height, settings.InputBucket, settings.ReportPrefix, settings.MetricsNamespace));

        string zip = (string)properties["CodeUri"]!;
        Assert.Contains($"mv \"$folder/function.zip\" {zip}", File.ReadAllText(Repository.Path("package.sh")), StringComparison.Ordinal);
        Assert.Equal(typeof(Function).Assembly.GetName().Name, (string?)properties["Handler"]);
    }

    [NodePackagesFact(ResolvedTemplate.Package)]
    public void Alarms_and_dashboard_show_metrics_that_the_function_writes()
    {
        JsonNode resources = ResolvedTemplate.Resources();
        JsonNode dashboard = JsonNode.Parse((string)resources["Dashboard"]!["Properties"]!["DashboardBody"]!)!;
        string[] shown =
        [
            .. dashboard["widgets"]!.AsArray().SelectMany(widget => Names(widget!["properties"]!["metrics"]?.AsArray() ?? [])),
            .. resources.AsObject().Select(resource => resource.Value!["Properties"]!).Where(alarm => (string?)alarm["Namespace"] == Namespace)
                .Select(alarm => (string)alarm["MetricName"]!),
        ];
        string documentation = File.ReadAllText(Repository.Path("docs", "logs-and-metrics.md"));
        Assert.Equal(12, shown.Distinct().Count());
        Assert.All(shown, name => Assert.Contains($"`{name}`", documentation, StringComparison.Ordinal));
    }

    /// <summary>Names of the function's own metrics in rows of a widget, where "." means the same as in the row above, and "..." all of it.</summary>
    private static IEnumerable<string> Names(JsonArray rows)
    {
        (string space, string name) = ("", "");
        foreach (JsonArray row in rows.Select(row => row!.AsArray()))
        {
            string first = (string)row[0]!;
            if (first != "...")
            {
                space = first == "." ? space : first;
                name = (string)row[1]! == "." ? name : (string)row[1]!;
            }

            if (space == Namespace)
            {
                yield return name;
            }
        }
    }
}
