using System.Text.Json;
using System.Text.Json.Serialization;
using ResizeImage.Local.Web.History;

namespace ResizeImage.Local.Web;

/// <summary>The JSON of the page's API, in camelCase.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(ApiError))]
[JsonSerializable(typeof(FaultRequest))]
[JsonSerializable(typeof(InvocationDetails))]
[JsonSerializable(typeof(PageChange))]
[JsonSerializable(typeof(SentInvocation))]
[JsonSerializable(typeof(SettingValues), TypeInfoPropertyName = "Settings")]
[JsonSerializable(typeof(UploadRequest))]
[JsonSerializable(typeof(Upload))]
internal sealed partial class ApiJson : JsonSerializerContext;
