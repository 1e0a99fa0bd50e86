using System.Text;
using System.Text.Json.Nodes;

namespace ResizeImage.Tests.Support;

/// <summary>The function's answer to a request, as its front would send it on.</summary>
/// <param name="Json">The answer.</param>
internal sealed record HttpResult(JsonNode Json)
{
    public int Status => (int)Json["statusCode"]!;

    /// <summary>The body, decoded if it is flagged as base64.</summary>
    public byte[] Body => (bool)Json["isBase64Encoded"]! ? Convert.FromBase64String((string)Json["body"]!) : Encoding.UTF8.GetBytes((string)Json["body"]!);

    public string Text => Encoding.UTF8.GetString(Body);

    /// <summary>A header; null if there is none.</summary>
    public string? this[string name] => Json["headers"] is JsonObject single ? (string?)single[name] : (string?)Json["multiValueHeaders"]?[name]?[0];

    public static HttpResult Parse(string json) => new(JsonNode.Parse(json)!);
}
