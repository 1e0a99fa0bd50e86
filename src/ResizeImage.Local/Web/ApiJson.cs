using System.Text.Json;
using System.Text.Json.Serialization;
using ResizeImage.Local.Web.History;

namespace ResizeImage.Local.Web;

/// <summary>How the page's API writes and reads its JSON: camelCase.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(ApiError))]
[JsonSerializable(typeof(InvocationDetails))]
[JsonSerializable(typeof(PageChange))]
[JsonSerializable(typeof(SentInvocation))]
[JsonSerializable(typeof(Dictionary<string, string?>), TypeInfoPropertyName = "Settings")]
[JsonSerializable(typeof(UploadRequest))]
[JsonSerializable(typeof(Upload))]
internal sealed partial class ApiJson : JsonSerializerContext;
