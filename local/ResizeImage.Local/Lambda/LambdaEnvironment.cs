using System.Globalization;
using ResizeImage.Local.S3;
using ResizeImage.Local.S3.Signing;

namespace ResizeImage.Local.Lambda;

/// <summary>The environment variables that Lambda sets for a function: "Defined runtime environment variables" in its Developer Guide.</summary>
internal static class LambdaEnvironment
{
    public const string FunctionVersion = "$LATEST";

    /// <summary>The token of the function's temporary credentials, by which its requests to S3 are known.</summary>
    public const string SessionToken = "local";

    public static string FunctionArn(string functionName) => $"arn:aws:lambda:{S3Server.Region}:{LocalAccount.Id}:function:{functionName}";

    /// <summary>Whether the reference names the function: NAME, ACCOUNT:function:NAME or an ARN, each with or without a version.</summary>
    public static bool IsFunction(string reference, string functionName)
    {
        string unqualified = reference.EndsWith(":" + FunctionVersion, StringComparison.Ordinal) ? reference[..^(FunctionVersion.Length + 1)] : reference;
        return unqualified == functionName || unqualified == $"{LocalAccount.Id}:function:{functionName}" || unqualified == FunctionArn(functionName);
    }

    /// <summary>Sets up the environment of a function's process.</summary>
    /// <param name="environment">The environment of this process, from which most variables are removed.</param>
    /// <param name="runtimeApi">HOST:PORT of the Runtime API, or HOST:PORT/PATH.</param>
    /// <param name="s3">The S3 endpoint; null for none.</param>
    public static void Apply(
        IDictionary<string, string?> environment, RuntimeApiOptions function, string taskRoot, string runtimeApi, Uri? s3)
    {
        // Variables of this machine are not set in Lambda, and a user's profile, credentials, proxy or
        // endpoint must not lead the function to other services.
        foreach (string name in environment.Keys.Where(name => !IsNeededToRun(name)).ToArray())
        {
            environment.Remove(name);
        }

        environment["AWS_LAMBDA_RUNTIME_API"] = runtimeApi;
        environment["AWS_LAMBDA_FUNCTION_NAME"] = function.FunctionName;
        environment["AWS_LAMBDA_FUNCTION_VERSION"] = FunctionVersion;
        environment["AWS_LAMBDA_FUNCTION_MEMORY_SIZE"] = function.MemorySize.ToString(CultureInfo.InvariantCulture);
        environment["AWS_LAMBDA_INITIALIZATION_TYPE"] = "on-demand";
        environment["AWS_LAMBDA_LOG_GROUP_NAME"] = "/aws/lambda/" + function.FunctionName;
        environment["AWS_LAMBDA_LOG_STREAM_NAME"] = "local";
        environment["AWS_REGION"] = S3Server.Region;
        environment["AWS_DEFAULT_REGION"] = S3Server.Region;
        environment["AWS_ACCESS_KEY_ID"] = LocalCredentials.AccessKeyId;
        environment["AWS_SECRET_ACCESS_KEY"] = LocalCredentials.SecretAccessKey;
        environment["AWS_SESSION_TOKEN"] = SessionToken;
        environment["LAMBDA_TASK_ROOT"] = taskRoot;
        environment["LANG"] = "en_US.UTF-8";
        environment["TZ"] = ":UTC";
        if (s3 is not null)
        {
            environment["AWS_ENDPOINT_URL_S3"] = s3.ToString().TrimEnd('/');
        }
    }

    // Windows starts almost nothing without SystemRoot.
    private static bool IsNeededToRun(string name) =>
        name is "PATH" or "LD_LIBRARY_PATH" || name.StartsWith("DOTNET_", StringComparison.OrdinalIgnoreCase)
        || name.Equals("Path", StringComparison.OrdinalIgnoreCase) || name.Equals("SystemRoot", StringComparison.OrdinalIgnoreCase);
}
