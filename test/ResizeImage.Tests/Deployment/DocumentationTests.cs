using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace ResizeImage.Tests.Deployment;

/// <summary>The documents: links lead somewhere, and the policies that they show allow what they promise.</summary>
public partial class DocumentationTests
{
    private const string Simulator = "@cloud-copilot/iam-simulate";

    private static readonly string[] Documents =
    [
        .. Directory.GetFiles(Repository.Path("."), "*.md"),
        .. ((string[])["docs", "local", "bench", "offline", "src"]).SelectMany(folder => Directory.GetFiles(Repository.Path(folder), "*.md", SearchOption.AllDirectories)),
    ];

    [Fact]
    public void Every_link_leads_to_a_file_and_a_heading_that_exist()
    {
        List<string> broken = [];
        foreach (string document in Documents)
        {
            foreach (Match link in Link().Matches(File.ReadAllText(document)))
            {
                string[] target = link.Groups[1].Value.Split('#');
                string file = target[0].Length == 0 ? document : Path.GetFullPath(Path.Join(Path.GetDirectoryName(document), target[0]));
                bool exists = File.Exists(file) || Directory.Exists(file);
                if (!exists || (target.Length > 1 && !Anchors(file).Contains(target[1])))
                {
                    broken.Add($"{Path.GetFileName(document)}: {link.Groups[1].Value}");
                }
            }
        }

        Assert.Empty(broken);
        Assert.InRange(Documents.Length, 15, 100);
    }

    /// <summary>"A KMS key of your own", "In a VPC" and "Thumbnails in a bucket of another account" of docs/deployment.md.</summary>
    [NodePackagesFact(Simulator, ResolvedTemplate.Package)]
    public void The_policies_for_KMS_a_VPC_and_another_account_allow_the_calls_of_the_function()
    {
        string[] blocks = [.. Json().Matches(File.ReadAllText(Repository.Path("docs", "deployment.md"))).Select(match => match.Groups[1].Value)];
        JsonNode Policy(string part) => JsonNode.Parse(Assert.Single(blocks, block => block.Contains(part, StringComparison.Ordinal)))!;
        IamRequest[] key = [new("kms:Decrypt", "arn:aws:kms:eu-central-1:123456789012:key/KEY"), new("kms:GenerateDataKey", "arn:aws:kms:eu-central-1:123456789012:key/KEY")];
        JsonNode keyPolicy = JsonNode.Parse("""{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::123456789012:root"},"Action":"kms:*","Resource":"*"}]}""")!;
        Assert.Equal([true, true], ResolvedTemplate.Simulate(Policy("UseKey"), keyPolicy, key).Allowed);
        Assert.Empty(ResolvedTemplate.Simulate(Policy("UseKey"), keyPolicy, key).Unneeded);

        JsonNode forCloudFront = new JsonObject { ["Version"] = "2012-10-17", ["Statement"] = new JsonArray(Policy("CloudFrontDecrypts").DeepClone()) };
        Assert.Equal([true, false], ResolvedTemplate.SimulateService(forCloudFront, "cloudfront.amazonaws.com", "arn:aws:cloudfront::123456789012:distribution/ID", key));

        // What the role may do, the policies of the endpoint and of the other bucket must allow, too.
        IamRequest[] calls =
        [
            new("s3:GetObject", "arn:aws:s3:::thumbnails/output/a.jpg"), new("s3:PutObject", "arn:aws:s3:::thumbnails/output/a.jpg"),
            new("s3:DeleteObject", "arn:aws:s3:::thumbnails/output/a.jpg"), new("s3:ListBucket", "arn:aws:s3:::thumbnails"),
        ];
        JsonNode role = JsonNode.Parse("""{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:*","Resource":"*"}]}""")!;
        JsonNode bucket = JsonNode.Parse(Policy("role/ROLE").ToJsonString().Replace("arn:aws:iam::123456789012:role/ROLE", "arn:aws:iam::123456789012:role/thumbnails", StringComparison.Ordinal))!;
        Assert.Equal([true, true, true, true], ResolvedTemplate.Simulate(role, bucket, calls, account: "210987654321").Allowed);
        Assert.Equal([false, false, false, false], ResolvedTemplate.Simulate(role, null, calls, account: "210987654321").Allowed);
        Assert.Equal([true, true, true, true], ResolvedTemplate.Simulate(role, JsonNode.Parse(Policy("\"Principal\": \"*\"").ToJsonString().Replace(":photos", ":thumbnails", StringComparison.Ordinal)), calls, account: "210987654321").Allowed);
    }

    /// <summary>As GitHub names headings: lower case, without punctuation, hyphens for spaces.</summary>
    private static HashSet<string> Anchors(string file) =>
        [.. File.ReadLines(file).Where(line => line.StartsWith('#')).Select(line => NotInAnchor().Replace(line.TrimStart('#').Trim().ToLowerInvariant(), "").Replace(' ', '-'))];

    [GeneratedRegex(@"\]\((?!https?:|mailto:)([^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"```json\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Json();

    [GeneratedRegex(@"[^\p{L}\p{N} _-]")]
    private static partial Regex NotInAnchor();
}
