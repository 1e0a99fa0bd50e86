using System.Text.Json.Nodes;
using ResizeImage.Imaging;
using ResizeImage.Local.S3;
using ResizeImage.Reports;

namespace ResizeImage.Tests.Deployment;

/// <summary>The role of template.yaml allows exactly the calls that the function makes.</summary>
public class RolePolicyTests
{
    private const string Simulator = "@cloud-copilot/iam-simulate";

    [NodePackagesFact(Simulator, ResolvedTemplate.Package)]
    public async Task The_policy_allows_every_call_and_every_permission_is_needed()
    {
        IReadOnlyCollection<IamRequest> calls = await RecordAsync();
        (bool[] allowed, string[] unneeded) = ResolvedTemplate.Simulate(ResolvedTemplate.Resources(), calls);
        Assert.Empty(calls.Where((_, i) => !allowed[i]));
        Assert.Empty(unneeded);
    }

    [NodePackagesFact(Simulator, ResolvedTemplate.Package)]
    public void The_policy_denies_everything_else()
    {
        const string photos = "arn:aws:s3:::photos";
        IamRequest[] others =
        [
            new("s3:PutObject", $"{photos}/input/a.jpg"),
            new("s3:DeleteObject", $"{photos}/input/a.jpg"),
            new("s3:GetObjectVersion", $"{photos}/input/a.jpg"),
            new("s3:GetObject", $"{photos}/other/a.jpg"),
            new("s3:PutObject", $"{photos}/other/a.jpg"),
            new("s3:PutObject", $"{photos}/output"),
            new("s3:PutObjectTagging", $"{photos}/output/a.jpg"),
            new("s3:PutObjectAcl", $"{photos}/output/a.jpg"),
            new("s3:GetObject", $"{photos}/reports/a.jpg.json"),
            new("s3:DeleteObject", $"{photos}/reports/a.jpg.json"),
            new("s3:ListBucket", photos, "output/"),
            new("s3:ListBucket", photos, ""),
            new("s3:DeleteBucket", photos),
            new("s3:GetObject", "arn:aws:s3:::photos2/input/a.jpg"),
            new("s3:PutObject", "arn:aws:s3:::photos2/output/a.jpg"),
            new("s3:ListBucket", "arn:aws:s3:::photos2", "input/"),
        ];
        (bool[] allowed, _) = ResolvedTemplate.Simulate(ResolvedTemplate.Resources(), others);
        Assert.Empty(others.Where((_, i) => allowed[i]));
    }

    /// <summary>IAM cannot distinguish it from the check behind a HEAD request; template.yaml says so.</summary>
    [NodePackagesFact(Simulator, ResolvedTemplate.Package)]
    public void The_policy_allows_a_listing_without_a_prefix() =>
        Assert.Equal([true], ResolvedTemplate.Simulate(ResolvedTemplate.Resources(), [new("s3:ListBucket", "arn:aws:s3:::photos")]).Allowed);

    [NodePackagesFact(Simulator, ResolvedTemplate.Package)]
    public void Without_a_prefix_for_reports_none_may_be_written()
    {
        IamRequest[] report = [new("s3:PutObject", "arn:aws:s3:::photos/reports/a.jpg.json")];
        Assert.Equal([true], ResolvedTemplate.Simulate(ResolvedTemplate.Resources(), report).Allowed);
        Assert.Equal([false], ResolvedTemplate.Simulate(ResolvedTemplate.Resources("ReportPrefix="), report).Allowed);
    }

    [NodePackagesFact(Simulator, ResolvedTemplate.Package)]
    public async Task Only_with_DeleteOriginal_may_photos_be_deleted()
    {
        await using S3Endpoint endpoint = await S3Endpoint.StartAsync(nameof(S3Server));
        using FunctionRun people = new(endpoint.Url);
        using FunctionRun function = new(endpoint.Url, "DELETE_ORIGINAL=true");
        RecordedCalls calls = new();
        calls.Record(function.S3);
        await people.S3.PutBucketAsync(PhotoBucket.Name);
        await PhotoBucket.PutAsync(people.S3, "input/a.jpg", Pictures.Jpeg48x32);
        Assert.True((await function.InvokeOneAsync(FunctionRun.Put(PhotoBucket.Name, "input/a.jpg"))).OriginalDeleted);

        IamRequest[] requests = [.. calls.Requests];
        Assert.DoesNotContain(false, ResolvedTemplate.Simulate(ResolvedTemplate.Resources("DeleteOriginal=true"), requests).Allowed);
        bool[] otherwise = ResolvedTemplate.Simulate(ResolvedTemplate.Resources(), requests).Allowed;
        Assert.Equal([new IamRequest("s3:DeleteObject", "arn:aws:s3:::photos/input/a.jpg")], requests.Where((_, i) => !otherwise[i]));
    }

    [NodePackagesFact(Simulator, ResolvedTemplate.Package)]
    public void Only_with_tags_may_thumbnails_be_tagged()
    {
        IamRequest[] tagging =
        [
            new("s3:PutObjectTagging", "arn:aws:s3:::photos/output/a.jpg"),
            new("s3:PutObjectTagging", "arn:aws:s3:::photos/input/a.jpg"),
        ];
        Assert.Equal([true, false], ResolvedTemplate.Simulate(ResolvedTemplate.Resources("OutputTagging=kind=thumbnail"), tagging).Allowed);
        Assert.Equal([false, false], ResolvedTemplate.Simulate(ResolvedTemplate.Resources(), tagging).Allowed);
    }

    [NodePackagesFact(ResolvedTemplate.Package)]
    public void The_documentation_has_the_same_policy()
    {
        string text = File.ReadAllText(Repository.Path("docs", "deployment.md"));
        int start = text.IndexOf("```json\n{\n  \"Version\": \"2012-10-17\"", StringComparison.Ordinal) + "```json\n".Length;
        JsonNode told = JsonNode.Parse(text[start..text.IndexOf("```", start, StringComparison.Ordinal)])!;
        JsonNode deployed = ResolvedTemplate.RolePolicy(ResolvedTemplate.Resources("ReportPrefix="));
        foreach (JsonNode? statement in deployed["Statement"]!.AsArray())
        {
            statement!.AsObject().Remove("Sid");
        }

        Assert.True(JsonNode.DeepEquals(deployed, told), $"docs/deployment.md has {told.ToJsonString()}, template.yaml {deployed.ToJsonString()}.");
    }

    /// <summary>All that can become of a photo, by every kind of trigger.</summary>
    private static async Task<IReadOnlyCollection<IamRequest>> RecordAsync()
    {
        await using S3Endpoint endpoint = await S3Endpoint.StartAsync(nameof(S3Server));
        using FunctionRun people = new(endpoint.Url);
        Interrupted thumbnailer = new();
        using FunctionRun function = new(endpoint.Url, thumbnailer, "REPORT_PREFIX=reports/", $"INPUT_BUCKET={PhotoBucket.Name}");
        RecordedCalls calls = new();
        calls.Record(function.S3);
        await people.S3.PutBucketAsync(PhotoBucket.Name);

        async Task PutAsync(string key) => await PhotoBucket.PutAsync(people.S3, key, Pictures.Jpeg48x32);
        async Task HappensAsync(RecordStatus status, string eventName = "ObjectCreated:Put") =>
            Assert.Equal(status, (await function.InvokeOneAsync(FunctionRun.Put(PhotoBucket.Name, "input/a.jpg", eventName))).Status);

        await PutAsync("input/a.jpg");
        await HappensAsync(RecordStatus.Made);
        await HappensAsync(RecordStatus.Skipped, "ObjectRemoved:Delete"); // up to date
        thumbnailer.Before = async () => await PhotoBucket.PutAsync(people.S3, "input/a.jpg", [.. Pictures.Jpeg48x32, 0]);
        await HappensAsync(RecordStatus.Made);
        thumbnailer.Before = () => people.S3.DeleteObjectAsync(PhotoBucket.Name, "input/a.jpg");
        await HappensAsync(RecordStatus.Deleted);
        await HappensAsync(RecordStatus.Skipped, "ObjectRemoved:Delete"); // gone
        await HappensAsync(RecordStatus.Rejected); // gone
        await PhotoBucket.PutAsync(people.S3, "input/a.jpg", [1, 2, 3]);
        await HappensAsync(RecordStatus.Rejected); // with a report

        foreach (string key in (string[])["input/a 1.jpg", "input/b.jpg", "input/c.jpg", "input/holiday/a bé.jpg", "input/holiday/a bé+%41.jpg"])
        {
            await PutAsync(key);
        }

        foreach (string file in (string[])["sns.json", "sqs.json", "eventbridge-created.json", "eventbridge-deleted.json", "batch-operations-1.0.json", "scheduler.json"])
        {
            await function.InvokeWithFileAsync(file);
        }

        // A listing of more than a page keeps its place, which the next invocation reads and deletes.
        await Parallel.ForAsync(0, 1001, async (i, _) => await PhotoBucket.PutAsync(people.S3, $"input/{i:d4}/", []));
        await function.InvokeWithFileAsync("scheduler.json");
        Assert.Contains(new IamRequest("s3:PutObject", "arn:aws:s3:::photos/output/.reconciliation/photos"), calls.Requests);
        return calls.Requests;
    }

    /// <summary>Changes the photo while the function makes its thumbnail.</summary>
    private sealed class Interrupted : IThumbnailer
    {
        private readonly Thumbnailer _thumbnailer = new();

        /// <summary>Happens once, within the next call.</summary>
        public Func<Task>? Before { get; set; }

        public Thumbnail[] Make(ReadOnlyMemory<byte> file, IReadOnlyList<ThumbnailOptions> outputs, CancellationToken cancellationToken)
        {
            Func<Task>? before = Before;
            Before = null;
            before?.Invoke().GetAwaiter().GetResult();
            return _thumbnailer.Make(file, outputs, cancellationToken);
        }

        public ImageInfo Identify(ReadOnlyMemory<byte> file) => _thumbnailer.Identify(file);
    }
}
