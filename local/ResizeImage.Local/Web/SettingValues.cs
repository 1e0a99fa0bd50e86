namespace ResizeImage.Local.Web;

/// <summary>Values of thumbnail settings by name, as the page sends and gets them.</summary>
internal sealed class SettingValues : Dictionary<string, string?>;
