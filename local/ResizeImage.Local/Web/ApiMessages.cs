using ResizeImage.Local.Faults;

namespace ResizeImage.Local.Web;

/// <summary>A photo that a browser wants to upload.</summary>
/// <param name="Name">Its key below the input prefix.</param>
/// <param name="Type">The media type that it will be sent with.</param>
internal sealed record UploadRequest(string? Name, string? Type);

/// <summary>Where the browser puts it.</summary>
/// <param name="Url">Presigned for PUT.</param>
/// <param name="ContentType">The Content-Type to send: it is signed, too.</param>
internal sealed record Upload(string Key, string Url, string ContentType);

/// <summary>A fault that the page asks for.</summary>
/// <param name="Kind">unavailable, timeout, duplicate or reorder.</param>
internal sealed record FaultRequest(FaultKind? Kind);

/// <summary>An event that was sent to the function by hand.</summary>
/// <param name="Id">The request id of its invocation.</param>
internal sealed record SentInvocation(string Id);
