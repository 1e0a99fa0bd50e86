using ResizeImage.Imaging.Tests.Support;

namespace ResizeImage.Local.Tests;

/// <summary>The rooms of the local cloud: events, S3 and Lambda know nothing of the page and of the commands.</summary>
public class RoomTests
{
    private static readonly RoomRules Rules = new("ResizeImage.Local", new()
    {
        ["Events"] = [],
        ["S3"] = ["Events", "S3.Content", "S3.Notifications", "S3.Operations", "S3.Signing", "S3.Storage"],
        ["S3.Content"] = ["S3"],
        ["S3.Notifications"] = ["Events", "S3"],
        ["S3.Operations"] = ["Events", "S3", "S3.Content", "S3.Notifications", "S3.Signing", "S3.Storage"],
        ["S3.Signing"] = ["S3", "S3.Operations"],
        ["S3.Storage"] = ["S3", "S3.Content", "S3.Notifications"],
        ["Lambda"] = ["Events", "S3.Signing"],
        ["Faults"] = ["S3", "Lambda"],
        ["Web"] = ["Events", "Faults", "S3", "S3.Signing", "Lambda", "Web.History"],
        ["Web.History"] = ["Events", "Lambda"],
        ["Serving"] = ["Lambda"],
        ["Commands"] = ["Events", "S3", "S3.Notifications", "Lambda", "Serving", "Web", "Web.History"],
    });

    [Fact]
    public void Each_room_uses_only_the_rooms_below_it() => Rules.Check(typeof(LocalCloud).Assembly);
}
