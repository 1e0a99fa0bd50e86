using ResizeImage.Imaging.Formats;
using ResizeImage.Imaging.Formats.Jpeg;
using ResizeImage.Imaging.Tests.Support;

namespace ResizeImage.Imaging.Tests;

/// <summary>
/// Rooms of the engine are namespaces, and each may use only the rooms listed for it. All may use the types at the root that are not the
/// pipeline: options, errors, limits of arrays and work.
/// </summary>
public class RoomTests
{
    private const string Root = "ResizeImage.Imaging";

    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["Pixels"] = [],
        ["Metadata"] = [],
        ["Color"] = ["Pixels", "Color.Icc"],
        ["Color.Icc"] = ["Color"],
        ["Resampling"] = ["Pixels", "Color"],
        ["Formats"] = ["Pixels", "Color"],
        ["Formats.Unread"] = ["Formats", "Metadata"],
        ["Formats.Jpeg"] = ["Formats", "Pixels", "Color", "Metadata"],
        ["Formats.Png"] = ["Formats", "Pixels", "Color", "Color.Icc", "Metadata"],
        ["Formats.WebP"] = ["Formats", "Pixels", "Color", "Metadata"],
        ["Formats.Gif"] = ["Formats", "Pixels"],
        ["Formats.Bmp"] = ["Formats", "Pixels"],
    };

    private static readonly Type[] Pipeline =
        [typeof(Thumbnailer), typeof(IThumbnailer), typeof(Thumbnail), typeof(ThumbnailPipeline), typeof(Limits)];

    [Fact]
    public void Each_room_uses_only_the_rooms_below_it()
    {
        Type[] types = [.. typeof(Thumbnailer).Assembly.GetTypes().Where(type => type.Namespace?.StartsWith(Root, StringComparison.Ordinal) == true)];
        Assert.Equal(Allowed.Keys.Order(), types.Select(RoomOf).Where(room => room.Length > 0).Distinct().Order());
        string[] wrong =
        [
            .. from type in types

               // The table of formats is the one place that knows all of them.
               where RoomOf(type).Length > 0 && Outermost(type) != typeof(InputFormat)
               from needed in TypeDependencies.Of(type)
               where !IsAllowed(RoomOf(type), needed)
               select $"{type.FullName} uses {needed.FullName}",
        ];
        Assert.True(wrong.Length == 0, string.Join('\n', wrong.Distinct()));
    }

    [Fact]
    public void The_test_sees_what_methods_use()
    {
        // By name, in a method's code, and in a lambda: each another way into the assembly's tables.
        Assert.Contains(typeof(ThumbnailPipeline), TypeDependencies.Of(typeof(Thumbnailer)));
        Assert.Contains(typeof(JpegEncoder), typeof(OutputFormat).Assembly.GetTypes()
            .Where(type => Outermost(type) == typeof(OutputFormat)).SelectMany(TypeDependencies.Of));
    }

    private static bool IsAllowed(string room, Type needed)
    {
        string other = RoomOf(needed);
        return other == room || (other.Length == 0 ? !Pipeline.Contains(Outermost(needed)) : Allowed[room].Contains(other));
    }

    /// <summary>Empty for the root, and for what the compiler makes.</summary>
    private static string RoomOf(Type type) => type.Namespace is { } name && name.Length > Root.Length ? name[(Root.Length + 1)..] : "";

    private static Type Outermost(Type type) => type.DeclaringType is { } outer ? Outermost(outer) : type;
}
