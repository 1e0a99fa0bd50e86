using System.Security.Cryptography;

namespace ResizeImage.Local.Events;

/// <summary>The ids of a request, in the form that S3 gives them in responses and events.</summary>
internal static class RequestIds
{
    /// <summary>x-amz-request-id: 16 hexadecimal digits.</summary>
    public static string NewRequestId() => Convert.ToHexString(RandomNumberGenerator.GetBytes(8));

    /// <summary>x-amz-id-2: base64.</summary>
    public static string NewHostId() => Convert.ToBase64String(RandomNumberGenerator.GetBytes(48));
}
