using System.Text;
using ResizeImage.Imaging.Tests.Support;

namespace ResizeImage.Local.Tests.Support;

/// <summary>Runs the AWS CLI as the local user, without the settings of the person who runs the tests.</summary>
internal static class AwsCli
{
    private static readonly string[] Environment =
    [
        "AWS_ACCESS_KEY_ID=local", "AWS_SECRET_ACCESS_KEY=local", "AWS_DEFAULT_REGION=us-east-1", "AWS_EC2_METADATA_DISABLED=true",
        "AWS_CONFIG_FILE=/dev/null", "AWS_SHARED_CREDENTIALS_FILE=/dev/null", "NO_PROXY=127.0.0.1",
    ];

    /// <returns>Its output.</returns>
    public static string Run(Uri endpoint, params string[] arguments) =>
        Start(["aws", "--endpoint-url", endpoint.ToString().TrimEnd('/'), .. arguments]);

    /// <summary>Runs commands of a shell in which aws is the AWS CLI on the local S3.</summary>
    /// <param name="endpoint">Of the server.</param>
    /// <param name="script">For bash; the first error ends it.</param>
    /// <param name="variables">NAME=value each.</param>
    /// <returns>Its output.</returns>
    public static string Shell(Uri endpoint, string script, params string[] variables) => Start(
    [
        .. variables, $"ENDPOINT={endpoint.ToString().TrimEnd('/')}", "bash", "-c",
        "set -euo pipefail\naws() { command aws --endpoint-url \"$ENDPOINT\" \"$@\"; }\n" + script,
    ]);

    private static string Start(string[] command) => Encoding.UTF8.GetString(ExternalProgram.Run("env", [.. Environment, .. command]));
}
