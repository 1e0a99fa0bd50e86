namespace ResizeImage.Tests;

/// <summary>The rooms of the function: from the host down to storage, never back.</summary>
public class RoomTests
{
    private static readonly RoomRules Rules = new("ResizeImage", new()
    {
        ["Text"] = [],
        ["Deadlines"] = [],
        ["Reports"] = [],
        ["Configuration"] = ["Text"],
        ["Observability"] = ["Text", "Reports", "Configuration"],
        ["Storage"] = ["Text", "Configuration"],
        ["Photos"] = ["Text", "Deadlines", "Reports", "Configuration", "Observability", "Storage"],
        ["Reconciliation"] = ["Text", "Deadlines", "Reports", "Configuration", "Observability", "Storage", "Photos"],
        ["Http"] = ["Text", "Deadlines", "Reports", "Configuration", "Observability", "Storage", "Photos"],
        ["Triggers"] = ["Text", "Deadlines", "Reports", "Observability", "Storage", "Photos", "Reconciliation", "Http"],
        ["Hosting"] = ["Text", "Deadlines", "Reports", "Configuration", "Observability", "Storage", "Photos", "Reconciliation", "Http", "Triggers"],
    });

    [Fact]
    public void Each_room_uses_only_the_rooms_below_it() => Rules.Check(typeof(Function).Assembly);
}
