using ResizeImage.Local.Lambda;
using ResizeImage.Local.Web.History;

namespace ResizeImage.Local.Web;

/// <summary>A message to the page: everything at first, then changes.</summary>
/// <param name="Cloud">Null if it has not changed.</param>
internal sealed record PageChange(
    IReadOnlyList<Photo> Photos, IReadOnlyList<string> Removed, IReadOnlyList<InvocationSummary> Invocations, CloudDescription? Cloud);

/// <summary>The bucket, endpoints and function that the page shows.</summary>
/// <param name="Function">Null where S3 runs alone.</param>
internal sealed record CloudDescription(
    string Bucket, string InputPrefix, string OutputPrefix, string S3, string Lambda, FunctionDescription? Function)
{
    public static CloudDescription Of(LocalCloud cloud, PhotoPlace place) => new(
        place.Bucket, place.InputPrefix, place.OutputPrefix, cloud.S3.Endpoint.ToString().TrimEnd('/'), cloud.LambdaEndpoint,
        cloud.Function is { } function ? FunctionDescription.Of(cloud.FunctionName, function) : null);
}

/// <summary>The function as it is deployed.</summary>
/// <param name="Kind">How its code runs: "native executable" or ".NET (JIT)".</param>
/// <param name="MemorySize">Its memory limit in MB (2^20 bytes).</param>
/// <param name="Timeout">The time limit of an invocation in seconds.</param>
/// <param name="Settings">Those of thumbnails, by name.</param>
/// <param name="Form">The fields to change them with.</param>
internal sealed record FunctionDescription(
    string Name, string Kind, int MemorySize, double Timeout, SettingValues Settings, IReadOnlyList<SettingField> Form)
{
    public static FunctionDescription Of(string name, DeployedFunction function) => new(
        name,
        function.Path.EndsWith(".dll", StringComparison.OrdinalIgnoreCase) ? ".NET (JIT)" : "native executable",
        function.Limits.MemorySize,
        function.Limits.Timeout.TotalSeconds,
        ThumbnailSettings.Of(function.Environment),
        ThumbnailSettings.Form);
}
