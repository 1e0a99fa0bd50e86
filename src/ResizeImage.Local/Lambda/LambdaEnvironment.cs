using System.Globalization;
using ResizeImage.Local.S3;
using ResizeImage.Local.S3.Signing;

namespace ResizeImage.Local.Lambda;

/// <summary>The environment variables that Lambda sets for a function: "Defined runtime environment variables" in its Developer Guide.</summary>
internal static class LambdaEnvironment
{
    public const string FunctionVersion = "$LATEST";

    public const int MemoryMegabytes = 512;

    public static string FunctionArn(string functionName) => $"arn:aws:lambda:{S3Server.Region}:000000000000:function:{functionName}";

    /// <summary>Sets up the environment of a function's process.</summary>
    /// <param name="environment">At first that of this process; what is set there reaches the function, as its settings must.</param>
    /// <param name="functionName">Its name.</param>
    /// <param name="taskRoot">The folder with its code.</param>
    /// <param name="runtimeApi">HOST:PORT of the Runtime API.</param>
    /// <param name="s3">The S3 endpoint; null for none.</param>
    public static void Apply(
        IDictionary<string, string?> environment, string functionName, string taskRoot, string runtimeApi, Uri? s3)
    {
        // A person's profile, credentials or endpoint must not lead the function out of this machine.
        foreach (string name in environment.Keys.Where(IsOfRealCloud).ToArray())
        {
            environment.Remove(name);
        }

        environment["AWS_LAMBDA_RUNTIME_API"] = runtimeApi;
        environment["AWS_LAMBDA_FUNCTION_NAME"] = functionName;
        environment["AWS_LAMBDA_FUNCTION_VERSION"] = FunctionVersion;
        environment["AWS_LAMBDA_FUNCTION_MEMORY_SIZE"] = MemoryMegabytes.ToString(CultureInfo.InvariantCulture);
        environment["AWS_LAMBDA_INITIALIZATION_TYPE"] = "on-demand";
        environment["AWS_LAMBDA_LOG_GROUP_NAME"] = "/aws/lambda/" + functionName;
        environment["AWS_LAMBDA_LOG_STREAM_NAME"] = "local";
        environment["AWS_REGION"] = S3Server.Region;
        environment["AWS_DEFAULT_REGION"] = S3Server.Region;
        environment["AWS_ACCESS_KEY_ID"] = LocalCredentials.AccessKeyId;
        environment["AWS_SECRET_ACCESS_KEY"] = LocalCredentials.SecretAccessKey;
        environment["AWS_SESSION_TOKEN"] = "local";
        environment["LAMBDA_TASK_ROOT"] = taskRoot;
        environment["TZ"] = ":UTC";

        // A proxy must not stand between this machine and itself.
        string? noProxy = environment.TryGetValue("NO_PROXY", out string? value) ? value : null;
        environment["NO_PROXY"] = string.IsNullOrEmpty(noProxy) ? "127.0.0.1" : noProxy + ",127.0.0.1";
        if (s3 is not null)
        {
            environment["AWS_ENDPOINT_URL_S3"] = s3.ToString().TrimEnd('/');
        }
    }

    private static bool IsOfRealCloud(string name) =>
        name.StartsWith("AWS_", StringComparison.OrdinalIgnoreCase) && !name.StartsWith("AWS_LAMBDA_", StringComparison.OrdinalIgnoreCase);
}
