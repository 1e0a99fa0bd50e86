using ResizeImage.Imaging.Formats;
using ResizeImage.Imaging.Formats.Jpeg;
using ResizeImage.Imaging.Tests.Support;

namespace ResizeImage.Imaging.Tests;

/// <summary>
/// The rooms of the engine. All of them may use the types at the root that are not the pipeline: options, errors, limits of arrays and work.
/// </summary>
public class RoomTests
{
    private static readonly RoomRules Rules = new("ResizeImage.Imaging", new()
    {
        ["Pixels"] = [],
        ["Metadata"] = [],
        ["Metadata.Xmp"] = ["Metadata"],
        ["Color"] = ["Pixels", "Color.Icc"],
        ["Color.Icc"] = ["Color"],
        ["Resampling"] = ["Pixels", "Color"],
        ["Placeholders"] = ["Pixels", "Color"],
        ["Formats"] = ["Pixels", "Color"],
        ["Formats.Deflate"] = ["Formats"],
        ["Formats.Unread"] = ["Formats", "Formats.Tiff"],
        ["Formats.Jpeg"] = ["Formats", "Pixels", "Color", "Metadata"],
        ["Formats.Png"] = ["Formats", "Formats.Deflate", "Pixels", "Color", "Color.Icc", "Metadata"],
        ["Formats.WebP"] = ["Formats", "Formats.Deflate", "Pixels", "Color", "Metadata"],
        ["Formats.Gif"] = ["Formats", "Pixels"],
        ["Formats.Bmp"] = ["Formats", "Pixels"],
        ["Formats.Hevc"] = ["Formats", "Formats.Hevc.Headers", "Formats.Hevc.Entropy", "Formats.Hevc.Slices", "Formats.Hevc.Filters"],
        ["Formats.Hevc.Headers"] = ["Formats"],
        ["Formats.Hevc.Entropy"] = ["Formats.Hevc.Headers"],
        ["Formats.Hevc.Prediction"] = ["Formats", "Formats.Hevc.Headers"],
        ["Formats.Hevc.Residuals"] = ["Formats", "Formats.Hevc.Headers", "Formats.Hevc.Entropy"],
        ["Formats.Hevc.Slices"] =
            ["Formats", "Formats.Hevc.Headers", "Formats.Hevc.Entropy", "Formats.Hevc.Prediction", "Formats.Hevc.Residuals"],
        ["Formats.Hevc.Filters"] = ["Formats", "Formats.Hevc.Headers", "Formats.Hevc.Residuals", "Formats.Hevc.Slices"],
        ["Formats.Heif"] = ["Formats", "Formats.Hevc", "Formats.Jpeg", "Pixels", "Color"],
        ["Formats.Tiff"] = ["Formats", "Formats.Deflate", "Formats.Jpeg", "Pixels", "Color"],
        ["Formats.Ico"] = ["Formats", "Pixels", "Formats.Bmp", "Formats.Png"],
        ["Formats.Tga"] = ["Formats", "Pixels", "Color", "Formats.Bmp"],
        ["Formats.Raw"] = ["Formats", "Formats.Jpeg", "Formats.Tiff", "Formats.Unread", "Metadata"],
        ["Formats.Qoi"] = ["Formats", "Pixels", "Color"],
        ["Formats.Pnm"] = ["Formats", "Pixels", "Color"],
    })
    {
        Above = [typeof(Thumbnailer), typeof(IThumbnailer), typeof(Thumbnail), typeof(ThumbnailPipeline), typeof(EmbeddedThumbnail), typeof(AutoFocus), typeof(Limits)],
        Exempt = [typeof(InputFormat)],
    };

    [Fact]
    public void Each_room_uses_only_the_rooms_below_it() => Rules.Check(typeof(Thumbnailer).Assembly);

    [Fact]
    public void The_test_sees_what_code_uses()
    {
        // In a method, and in a lambda of a static field.
        Assert.Contains(typeof(ThumbnailPipeline), TypeDependencies.Of(typeof(Thumbnailer)));
        Assert.Contains(typeof(JpegEncoder), typeof(OutputFormat).Assembly.GetTypes()
            .Where(type => RoomRules.Outermost(type) == typeof(OutputFormat))
            .SelectMany(TypeDependencies.Of));
    }
}
