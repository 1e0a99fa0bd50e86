using ResizeImage.Local.Lambda;
using ResizeImage.Local.Web.History;

namespace ResizeImage.Local.Web;

/// <summary>What is sent to a page: all, then what changes.</summary>
/// <param name="Photos">As they are now.</param>
/// <param name="Removed">Keys of photos that are gone.</param>
/// <param name="Invocations">As they are now.</param>
/// <param name="Cloud">What it all runs on; null if that has not changed.</param>
internal sealed record PageChange(
    IReadOnlyList<Photo> Photos, IReadOnlyList<string> Removed, IReadOnlyList<InvocationSummary> Invocations, CloudDescription? Cloud);

/// <summary>What the page is about.</summary>
/// <param name="Bucket">The bucket.</param>
/// <param name="InputPrefix">Where photos are put.</param>
/// <param name="OutputPrefix">Where thumbnails appear.</param>
/// <param name="S3">The endpoint of S3.</param>
/// <param name="Lambda">The endpoint of Lambda.</param>
/// <param name="Function">Null where S3 runs alone.</param>
internal sealed record CloudDescription(
    string Bucket, string InputPrefix, string OutputPrefix, string S3, string Lambda, FunctionDescription? Function)
{
    public static CloudDescription Of(LocalCloud cloud, PhotoPlace place) => new(
        place.Bucket, place.InputPrefix, place.OutputPrefix, cloud.S3.Endpoint.ToString().TrimEnd('/'), cloud.LambdaEndpoint,
        cloud.Function is { } function ? FunctionDescription.Of(cloud.FunctionName, function) : null);
}

/// <summary>The function as it is deployed.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Kind">How its code runs: "native executable" or ".NET, compiled as it runs".</param>
/// <param name="MemorySize">Its memory limit in MB (2^20 bytes).</param>
/// <param name="Timeout">The time limit of an invocation in seconds.</param>
/// <param name="Settings">Those of thumbnails, by name.</param>
/// <param name="Form">The fields to change them with.</param>
internal sealed record FunctionDescription(
    string Name, string Kind, int MemorySize, double Timeout, Dictionary<string, string?> Settings, IReadOnlyList<SettingField> Form)
{
    public static FunctionDescription Of(string name, DeployedFunction function) => new(
        name,
        function.Path.EndsWith(".dll", StringComparison.OrdinalIgnoreCase) ? ".NET, compiled as it runs" : "native executable",
        function.Limits.MemorySize,
        function.Limits.Timeout.TotalSeconds,
        ThumbnailSettings.Of(function.Environment),
        ThumbnailSettings.Form);
}
