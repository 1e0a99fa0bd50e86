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
    public static JsonNode Resources(params string[] parameters)
    {
        string[] arguments = [Repository.Path(".ci", "template", "resolve.mjs"), Repository.Path("template.yaml"), "BucketName=photos", .. parameters];
        return JsonNode.Parse(ExternalProgram.Run("node", arguments))!["Resources"]!;
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
        JsonNode answer = JsonNode.Parse(ExternalProgram.Run(
            "node", [Repository.Path(".ci", "template", "iam.mjs")], Encoding.UTF8.GetBytes(input.ToJsonString())))!;
        return ([.. answer["allowed"]!.AsArray().Select(value => (bool)value!)], [.. answer["unneeded"]!.AsArray().Select(value => (string)value!)]);
    }

    /// <summary>The function's permissions in S3.</summary>
    public static JsonNode RolePolicy(JsonNode resources) =>
        resources["Role"]!["Properties"]!["Policies"]!.AsArray().Single(policy => (string?)policy!["PolicyName"] == "Photos")!["PolicyDocument"]!;
}
