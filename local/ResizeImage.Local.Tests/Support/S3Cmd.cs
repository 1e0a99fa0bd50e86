using System.Text;
using ResizeImage.Imaging.Tests.Support;

namespace ResizeImage.Local.Tests.Support;

/// <summary>Runs s3cmd as the local user, without the settings of the person who runs the tests.</summary>
internal static class S3Cmd
{
    /// <returns>Its output.</returns>
    public static string Run(Uri endpoint, params string[] arguments) => Encoding.UTF8.GetString(ExternalProgram.Run("s3cmd",
    [
        "--config=/dev/null", "--access_key=local", "--secret_key=local", "--no-ssl", "--no-progress", "--no-check-md5",
        "--host=" + endpoint.Authority, "--host-bucket=" + endpoint.Authority, .. arguments,
    ]));
}
