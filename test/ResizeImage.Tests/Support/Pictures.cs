namespace ResizeImage.Tests.Support;

/// <summary>Tiny images, written by Pillow.</summary>
internal static class Pictures
{
    /// <summary>Baseline, 4:2:0, 48×32.</summary>
    public static readonly byte[] Jpeg48x32 = Convert.FromBase64String(
        "/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDABALDA4MChAODQ4SERATGCgaGBYWGDEjJR0oOjM9PDkzODdASFxOQERXRTc4UG1RV19iZ2hnPk1xeXBkeFxlZ2P/"
        + "2wBDARESEhgVGC8aGi9jQjhCY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2P/wAARCAAgADADASIAAhEBAxEB/8QA"
        + "FgABAQEAAAAAAAAAAAAAAAAAAwQG/8QAFxAAAwEAAAAAAAAAAAAAAAAAAAIDYf/EABYBAQEBAAAAAAAAAAAAAAAAAAMFBv/EABYRAQEBAAAAAAAAAAAAAAAA"
        + "AAMAAv/aAAwDAQACEQMRAD8AyCxwZY4VrHBljhT0sJNSLHBljhUscGWOA6WpE1KscGWOFSxwZY4BpamTUSxwZY4VLHBljgWlsITUqxwZY4VLHBljgOlqRNSr"
        + "HBljhUkcGWOA6Wpk1//Z");
}
