using System.Text.Json.Nodes;
using ResizeImage.Configuration;
using ResizeImage.Imaging;
using ResizeImage.Photos;
using ResizeImage.Reports;

namespace ResizeImage.Tests.Deployment;

/// <summary>Values that template.yaml has in several places, or passes to the function.</summary>
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
    public void The_dashboard_is_JSON_and_the_trigger_is_the_chosen_one(string trigger, string made, string notMade)
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
            (200, 200, "photos", reports, Namespace, "123456789012"),
            (settings.Outputs[0].Options.Width, settings.Outputs[0].Options.Height, settings.InputBucket, settings.ReportPrefix, settings.MetricsNamespace, settings.OwnerOf("photos")));

        string zip = (string)properties["CodeUri"]!;
        Assert.Contains($"mv \"$folder/function.zip\" {zip}", File.ReadAllText(Repository.Path("package.sh")), StringComparison.Ordinal);
        Assert.Equal(typeof(Function).Assembly.GetName().Name, (string?)properties["Handler"]);
    }

    /// <summary>The template sets the variables of an installation, and only variables that the function reads.</summary>
    [NodePackagesFact(ResolvedTemplate.Package)]
    public void The_template_sets_variables_that_the_function_reads()
    {
        JsonObject variables = ResolvedTemplate.Resources()["Function"]!["Properties"]!["Environment"]!["Variables"]!.AsObject();
        Assert.Equal(
            [
                SettingVariables.DeleteOriginal, SettingVariables.ExpectedBucketOwner, SettingVariables.InputBucket, SettingVariables.MetricsNamespace, SettingVariables.OutputTagging,
                SettingVariables.ReportPrefix, ThumbnailSetting.All[0].Variable,
            ],
            variables.Select(variable => variable.Key).Order(StringComparer.Ordinal));
    }

    [NodePackagesTheory(ResolvedTemplate.Package)]
    [InlineData("Runtime=dotnet10", "dotnet10")]
    [InlineData("Runtime=dotnet8", "dotnet8")]
    [InlineData("Trigger=S3", "dotnet10")]
    public void The_runtime_is_a_parameter(string parameter, string runtime) =>
        Assert.Equal(runtime, (string?)ResolvedTemplate.Resources(parameter)["Function"]!["Properties"]!["Runtime"]);

    /// <summary>S3 notifies of the events that the function handles, with its prefix, and every trigger invokes the alias.</summary>
    [NodePackagesTheory(ResolvedTemplate.Package)]
    [InlineData("S3", "LambdaConfigurations", "Function")]
    [InlineData("SQS", "QueueConfigurations", "Queue")]
    public void Every_notification_concerns_thumbnails_and_reaches_the_alias(string trigger, string list, string target)
    {
        JsonNode resources = ResolvedTemplate.Resources($"Trigger={trigger}", "ReconcileSchedule=rate(5 minutes)");
        JsonArray notifications = resources["Photos"]!["Properties"]!["NotificationConfiguration"]![list]!.AsArray();
        string[] events = [.. notifications.Select(notification => ((string)notification!["Event"]!).Replace("*", "Any", StringComparison.Ordinal))];
        Assert.All(events, name => Assert.NotEqual(ChangeKind.Other, ObjectChange.OfNotification(name, "photos", "input/a.jpg").Kind));
        Assert.Equal(["s3:LifecycleExpiration:Any", "s3:ObjectCreated:Any", "s3:ObjectRemoved:Any", "s3:ObjectRestore:Completed"], events.Order(StringComparer.Ordinal));
        Assert.All(notifications, notification => Assert.Equal(new Settings().InputPrefix, (string?)notification!["Filter"]!["S3Key"]!["Rules"]![0]!["Value"]));

        string invoked = trigger == "S3" ? (string)notifications[0]![target]! : (string)resources["PhotoEventsToFunction"]!["Properties"]!["FunctionName"]!;
        Assert.EndsWith(":Function:live", invoked, StringComparison.Ordinal);
        Assert.EndsWith(":Function:live", (string?)resources["Reconciliation"]!["Properties"]!["Target"]!["Arn"], StringComparison.Ordinal);
    }

    /// <summary>Also inside metric math, and of Lambda's own metrics those of the alias.</summary>
    [NodePackagesFact(ResolvedTemplate.Package)]
    public void Every_alarm_watches_a_metric_that_exists()
    {
        JsonNode[] metrics =
        [
            .. ResolvedTemplate.Resources("Trigger=SQS", "ReconcileSchedule=rate(5 minutes)", "Serving=FunctionUrl").AsObject().Select(resource => resource.Value!)
                .Where(resource => (string?)resource["Type"] == "AWS::CloudWatch::Alarm").Select(alarm => alarm["Properties"]!)
                .SelectMany(alarm => alarm["Metrics"]?.AsArray().Select(part => part!["MetricStat"]?["Metric"]) ?? [alarm]).OfType<JsonNode>(),
        ];
        string[] written = [.. Enum.GetNames<RecordStatus>(), "Reconciliations", "Requests", "MissedPhotos"];
        Assert.All(
            metrics.Where(metric => (string?)metric["Namespace"] == Namespace), metric => Assert.Contains((string)metric["MetricName"]!, written));
        Assert.Equal(
            ["DestinationDeliveryFailures", "Errors", "Invocations", "Throttles", "Url5xxCount"],
            metrics.Where(metric => metric["Dimensions"]!.AsArray().Any(dimension => (string?)dimension!["Value"] == "Function-id:live"))
                .Select(metric => (string)metric["MetricName"]!).Order(StringComparer.Ordinal));
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
