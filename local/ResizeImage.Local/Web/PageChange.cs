using ResizeImage.Configuration;
using ResizeImage.Imaging;
using ResizeImage.Local.Lambda;
using ResizeImage.Local.Web.History;

namespace ResizeImage.Local.Web;

/// <summary>A message to the page: everything at first, then changes.</summary>
/// <param name="Cloud">Null if it has not changed.</param>
internal sealed record PageChange(
    IReadOnlyList<Photo> Photos, IReadOnlyList<string> Removed, IReadOnlyList<InvocationSummary> Invocations, CloudDescription? Cloud);

/// <summary>The bucket, endpoints and function that the page shows.</summary>
/// <param name="Function">Null where S3 runs alone.</param>
/// <param name="Front">Null where thumbnails have no URLs that follow from their size.</param>
internal sealed record CloudDescription(
    string Bucket, string InputPrefix, string OutputPrefix, string S3, string Lambda, FunctionDescription? Function, FrontDescription? Front)
{
    public static CloudDescription Of(LocalCloud cloud, PhotoPlace place, Uri? front) => new(
        place.Bucket, place.InputPrefix, place.OutputPrefix, cloud.S3.Endpoint.ToString().TrimEnd('/'), cloud.LambdaEndpoint,
        cloud.Function is { } function ? FunctionDescription.Of(cloud.FunctionName, function) : null,
        front is not null && cloud.Function is { } made ? FrontDescription.Of(front, made.Environment) : null);
}

/// <summary>Where pages get thumbnails: the URL, the name of a size, and the photo's path.</summary>
/// <param name="Url">Ends with a slash.</param>
/// <param name="Sizes">Those with a width that is known without the photo, from the smallest.</param>
internal sealed record FrontDescription(string Url, IReadOnlyList<FrontSize> Sizes)
{
    /// <returns>Null unless there are several sizes, in a folder each.</returns>
    public static FrontDescription? Of(Uri front, IReadOnlyDictionary<string, string> environment)
    {
        string list = environment.GetValueOrDefault(ThumbnailSetting.Size.Variable, "");
        bool hasFolders = environment.GetValueOrDefault(SettingVariables.OutputKey) is null or "" or "{size}/{path}";
        return hasFolders && ThumbnailOutput.TryParseList(list, new ThumbnailOptions(), out ThumbnailOutput[] outputs) && outputs.Length > 1
            ? new FrontDescription(front.ToString(), [.. outputs.Where(output => output.Options.Percent is null && output.Options.Width > 0).Select(FrontSize.Of).OrderBy(size => size.Width)])
            : null;
    }
}

/// <param name="Name">Its folder.</param>
/// <param name="Width">In pixels; a smaller photo is not enlarged.</param>
/// <param name="IsOnRequest">Whether it is made on the first request.</param>
/// <param name="IsWebp">Whether its format is set to WebP.</param>
internal sealed record FrontSize(string Name, int Width, bool IsOnRequest, bool IsWebp)
{
    public static FrontSize Of(ThumbnailOutput output) => new(output.Name, output.Options.Width, output.IsOnRequest, output.Options.Format == OutputFormat.WebP);
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
