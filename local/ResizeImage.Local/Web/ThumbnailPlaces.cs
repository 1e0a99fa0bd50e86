using System.Globalization;
using System.Text.RegularExpressions;
using ResizeImage.Configuration;
using ResizeImage.Imaging;
using ResizeImage.Local.Web.History;

namespace ResizeImage.Local.Web;

/// <summary>
/// Where thumbnails of a photo can be, by THUMBNAIL_SIZE and OUTPUT_KEY. The page needs it for photos that were in the bucket before the program
/// started; for all others the function's report names the keys.
/// </summary>
internal sealed partial class ThumbnailPlaces
{
    private readonly string _outputPrefix;
    private readonly string _template;
    private readonly ThumbnailOutput[] _outputs;

    /// <param name="environment">The function's environment variables. Values that the function refuses count as not set.</param>
    /// <param name="outputPrefix">Keys of thumbnails begin with it.</param>
    public ThumbnailPlaces(IReadOnlyDictionary<string, string> environment, string outputPrefix)
    {
        _outputPrefix = outputPrefix;
        ThumbnailOptions defaults = new();
        foreach (ThumbnailSetting setting in ThumbnailSetting.All)
        {
            defaults = setting != ThumbnailSetting.Size && environment.GetValueOrDefault(setting.Variable) is { } text ? setting.Read(text, defaults) ?? defaults : defaults;
        }

        _outputs = ThumbnailOutput.TryParseList(environment.GetValueOrDefault(ThumbnailSetting.Size.Variable, ""), defaults, out ThumbnailOutput[] outputs)
            ? outputs
            : [new ThumbnailOutput(ThumbnailSetting.Size.Default, defaults)];
        _template = environment.GetValueOrDefault(SettingVariables.OutputKey) is { Length: > 0 } template ? template
            : _outputs.Length == 1 ? "{path}"
            : "{size}/{path}";
    }

    /// <param name="path">The photo's key below the input prefix.</param>
    public IReadOnlyList<ThumbnailPlace> Of(string path)
    {
        List<ThumbnailPlace> places = [];
        foreach (ThumbnailOutput output in _outputs)
        {
            ThumbnailOptions options = output.Options;
            bool dependsOnPhoto = options.FollowsPhoto && (_template.Contains("{width}", StringComparison.Ordinal) || _template.Contains("{height}", StringComparison.Ordinal));
            OutputFormat[] formats = options.Format is { } format ? [format] : [OutputFormat.Auto(isTransparent: false), OutputFormat.Auto(isTransparent: true)];
            string? name = _outputs.Length > 1 ? output.Name : null;
            IEnumerable<string> keys = dependsOnPhoto ? [] : formats.Select(format => _outputPrefix + Expand(path, output, format)).Distinct(StringComparer.Ordinal);
            places.AddRange(keys.Select(key => new ThumbnailPlace(name, key) { IsOnRequest = output.IsOnRequest }));
        }

        return places;
    }

    private string Expand(string path, ThumbnailOutput output, OutputFormat format)
    {
        int start = path.LastIndexOf('/') + 1;
        int dot = path.LastIndexOf('.');
        int end = dot > start ? dot : path.Length;
        return Placeholder().Replace(_template, found => found.Value switch
        {
            "{size}" => output.Name,
            "{path}" => path,
            "{directory}" => path[..start],
            "{name}" => path[start..end],
            "{extension}" => path[end..],
            "{format}" => format.Extension,
            "{width}" => output.Options.Width.ToString(CultureInfo.InvariantCulture),
            "{height}" => output.Options.Height.ToString(CultureInfo.InvariantCulture),
            _ => found.Value,
        });
    }

    [GeneratedRegex(@"\{[a-z]+\}")]
    private static partial Regex Placeholder();
}
