using System.Text;
using System.Text.Json.Nodes;

namespace ResizeImage.Tests.Deployment;

/// <summary>template.yaml with its parameters filled in.</summary>
internal static class ResolvedTemplate
{
    /// <summary>The npm package that reads it.</summary>
    public const string Package = "yaml-cfn";

    /// <summary>The resources that CloudFormation would make, for a bucket named photos.</summary>
    /// <param name="parameters">NAME=value.</param>
    public static JsonNode Resources(params string[] parameters) => Resolve(parameters)["Resources"]!;

    /// <summary>Resources and outputs.</summary>
    /// <param name="parameters">NAME=value.</param>
    public static JsonNode Resolve(params string[] parameters)
    {
        string[] arguments = [Repository.Path(".ci", "template", "resolve.mjs"), Repository.Path("template.yaml"), "BucketName=photos", .. parameters];
        return JsonNode.Parse(ExternalProgram.Run("node", arguments))!;
    }

    /// <summary>Asks IAM's rules whether requests are allowed.</summary>
    /// <param name="resources">Of <see cref="Resources"/>.</param>
    /// <param name="requests">Each is asked for.</param>
    /// <returns>For each request whether it is allowed, and the role's permissions that no request needs.</returns>
    public static (bool[] Allowed, string[] Unneeded) Simulate(JsonNode resources, IEnumerable<IamRequest> requests)
    {
        JsonObject input = new()
        {
            ["role"] = RolePolicy(resources).DeepClone(),
            ["bucket"] = resources["PhotosPolicy"]!["Properties"]!["PolicyDocument"]!.DeepClone(),
            ["requests"] = new JsonArray([.. requests.Select(request => request.ToJson())]),
        };
        JsonNode answer = Simulate(input);
        return ([.. answer["allowed"]!.AsArray().Select(value => (bool)value!)], [.. answer["unneeded"]!.AsArray().Select(value => (string)value!)]);
    }

    /// <summary>Asks IAM's rules whether the bucket's policy allows requests of an AWS service.</summary>
    /// <param name="resources">Of <see cref="Resources"/>.</param>
    /// <param name="service">For example cloudfront.amazonaws.com.</param>
    /// <param name="source">The ARN that it acts for (aws:SourceArn).</param>
    /// <param name="requests">Each is asked for.</param>
    /// <returns>For each request whether it is allowed.</returns>
    public static bool[] SimulateService(JsonNode resources, string service, string source, IEnumerable<IamRequest> requests)
    {
        JsonObject input = new()
        {
            ["service"] = service,
            ["source"] = source,
            ["bucket"] = resources["PhotosPolicy"]!["Properties"]!["PolicyDocument"]!.DeepClone(),
            ["requests"] = new JsonArray([.. requests.Select(request => request.ToJson())]),
        };
        return [.. Simulate(input)["allowed"]!.AsArray().Select(value => (bool)value!)];
    }

    private static JsonNode Simulate(JsonObject input) => JsonNode.Parse(ExternalProgram.Run(
        "node", [Repository.Path(".ci", "template", "iam.mjs")], Encoding.UTF8.GetBytes(input.ToJsonString())))!;

    /// <summary>The function's permissions in S3.</summary>
    public static JsonNode RolePolicy(JsonNode resources) =>
        resources["Role"]!["Properties"]!["Policies"]!.AsArray().Single(policy => (string?)policy!["PolicyName"] == "Photos")!["PolicyDocument"]!;
}
