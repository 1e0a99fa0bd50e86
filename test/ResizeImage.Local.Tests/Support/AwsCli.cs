using System.Text;
using ResizeImage.Imaging.Tests.Support;

namespace ResizeImage.Local.Tests.Support;

/// <summary>Runs the AWS CLI as the local user, without the settings of the person who runs the tests.</summary>
internal static class AwsCli
{
    /// <returns>What it wrote.</returns>
    public static string Run(Uri endpoint, params string[] arguments) => Encoding.UTF8.GetString(ExternalProgram.Run("env",
    [
        "AWS_ACCESS_KEY_ID=local", "AWS_SECRET_ACCESS_KEY=local", "AWS_DEFAULT_REGION=us-east-1", "AWS_EC2_METADATA_DISABLED=true",
        "AWS_CONFIG_FILE=/dev/null", "AWS_SHARED_CREDENTIALS_FILE=/dev/null", "NO_PROXY=127.0.0.1",
        "aws", "--endpoint-url", endpoint.ToString().TrimEnd('/'), .. arguments,
    ]));
}
