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

    /// <summary>Asks IAM's rules whether the function's role and the bucket's policy allow requests.</summary>
    /// <param name="resources">Of <see cref="Resources"/>.</param>
    /// <param name="requests">Each is asked for.</param>
    /// <returns>As below.</returns>
    public static (bool[] Allowed, string[] Unneeded) Simulate(JsonNode resources, IEnumerable<IamRequest> requests) =>
        Simulate(RolePolicy(resources), PolicyOf(resources), requests);

    /// <summary>Asks IAM's rules whether a role with a policy may send requests.</summary>
    /// <param name="role">The policy of the role.</param>
    /// <param name="resource">The policy of the bucket or key; null for none.</param>
    /// <param name="requests">Each is asked for.</param>
    /// <param name="account">Whose the resource is; null for the role's own.</param>
    /// <returns>For each request whether it is allowed, and the role's permissions that no request needs.</returns>
    public static (bool[] Allowed, string[] Unneeded) Simulate(JsonNode role, JsonNode? resource, IEnumerable<IamRequest> requests, string? account = null)
    {
        JsonNode answer = Simulate(new JsonObject
        {
            ["role"] = role.DeepClone(),
            ["bucket"] = resource?.DeepClone(),
            ["account"] = account,
            ["requests"] = new JsonArray([.. requests.Select(request => request.ToJson())]),
        });
        return ([.. answer["allowed"]!.AsArray().Select(value => (bool)value!)], [.. answer["unneeded"]!.AsArray().Select(value => (string)value!)]);
    }

    /// <summary>Asks IAM's rules whether the policy of a bucket or key allows requests of an AWS service.</summary>
    /// <param name="policy">The policy.</param>
    /// <param name="service">For example cloudfront.amazonaws.com.</param>
    /// <param name="source">The ARN that it acts for (aws:SourceArn).</param>
    /// <param name="requests">Each is asked for.</param>
    /// <returns>For each request whether it is allowed.</returns>
    public static bool[] SimulateService(JsonNode policy, string service, string source, IEnumerable<IamRequest> requests)
    {
        JsonObject input = new()
        {
            ["service"] = service,
            ["source"] = source,
            ["bucket"] = policy.DeepClone(),
            ["requests"] = new JsonArray([.. requests.Select(request => request.ToJson())]),
        };
        return [.. Simulate(input)["allowed"]!.AsArray().Select(value => (bool)value!)];
    }

    /// <summary>The policy of the template's bucket.</summary>
    public static JsonNode PolicyOf(JsonNode resources) => resources["PhotosPolicy"]!["Properties"]!["PolicyDocument"]!;

    private static JsonNode Simulate(JsonObject input) => JsonNode.Parse(ExternalProgram.Run(
        "node", [Repository.Path(".ci", "template", "iam.mjs")], Encoding.UTF8.GetBytes(input.ToJsonString())))!;

    /// <summary>The function's permissions in S3.</summary>
    public static JsonNode RolePolicy(JsonNode resources) =>
        resources["Role"]!["Properties"]!["Policies"]!.AsArray().Single(policy => (string?)policy!["PolicyName"] == "Photos")!["PolicyDocument"]!;
}
