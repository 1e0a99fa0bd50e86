using System.Buffers;
using System.Text.Json;

namespace ResizeImage.Local.Lambda;

/// <summary>
/// The operations GetFunctionConfiguration and UpdateFunctionConfiguration of the Lambda API, as far as they concern environment
/// variables: GET and PUT /2015-03-31/functions/NAME/configuration.
/// </summary>
internal sealed class ConfigurationEndpoint(RuntimeApiOptions options)
{
    public const string PathEnd = "/configuration";

    // The command line sets the others, or the local function does not have them.
    private static readonly string[] Changeable = ["FunctionName", "Environment"];

    /// <summary>The function; null while none is started here.</summary>
    public DeployedFunction? Function { get; set; }

    public async Task HandleAsync(HttpContext http, string name)
    {
        if (Function is not { } function || !LambdaEnvironment.IsFunction(name, options.FunctionName))
        {
            await LambdaHttp.WriteErrorAsync(http, 404, "ResourceNotFoundException", $"Function not found: {LambdaEnvironment.FunctionArn(name)}");
            return;
        }

        if (HttpMethods.IsGet(http.Request.Method))
        {
            await WriteAsync(http, function);
        }
        else if (await LambdaHttp.ReadAsync(http) is { } body)
        {
            await UpdateAsync(http, function, body);
        }
        else
        {
            await LambdaHttp.WriteErrorAsync(http, 413, "RequestTooLargeException", "The request is too large.");
        }
    }

    private async Task UpdateAsync(HttpContext http, DeployedFunction function, byte[] body)
    {
        try
        {
            if (ReadVariables(body) is { } variables)
            {
                await function.UpdateEnvironmentAsync(variables);
            }

            await WriteAsync(http, function);
        }
        catch (Exception e) when (e is FormatException or JsonException or InvalidOperationException)
        {
            await LambdaHttp.WriteErrorAsync(http, 400, "InvalidRequestContentException", e.Message);
        }
        catch (NotSupportedException e)
        {
            await LambdaHttp.WriteErrorAsync(http, 501, "NotImplemented", e.Message);
        }
        catch (FunctionConfigurationException e)
        {
            // Lambda would take it, and the next invocation would fail.
            await LambdaHttp.WriteErrorAsync(http, 400, "InvalidParameterValueException", e.Message);
        }
    }

    /// <returns>All variables that the function is to have; null to leave them.</returns>
    private static Dictionary<string, string>? ReadVariables(byte[] body)
    {
        using JsonDocument document = JsonDocument.Parse(body);
        JsonProperty other = document.RootElement.EnumerateObject().FirstOrDefault(property => !Changeable.Contains(property.Name));
        if (other.Value.ValueKind != JsonValueKind.Undefined)
        {
            throw new NotSupportedException($"This local Lambda changes environment variables only, not {other.Name}.");
        }

        if (!document.RootElement.TryGetProperty("Environment", out JsonElement environment))
        {
            return null;
        }

        return environment.TryGetProperty("Variables", out JsonElement variables)
            ? variables.EnumerateObject().ToDictionary(one => one.Name, one => one.Value.GetString() ?? throw new FormatException($"The variable {one.Name} has no text."))
            : [];
    }

    private Task WriteAsync(HttpContext http, DeployedFunction function)
    {
        ArrayBufferWriter<byte> buffer = new();
        using (Utf8JsonWriter json = new(buffer))
        {
            json.WriteStartObject();
            json.WriteString("FunctionName", options.FunctionName);
            json.WriteString("FunctionArn", LambdaEnvironment.FunctionArn(options.FunctionName));
            json.WriteString("Version", LambdaEnvironment.FunctionVersion);
            json.WriteNumber("MemorySize", options.MemorySize);
            json.WriteNumber("Timeout", (int)options.Timeout.TotalSeconds);
            json.WriteString("State", "Active");
            json.WriteString("LastUpdateStatus", "Successful");
            json.WriteStartObject("Environment");
            json.WriteStartObject("Variables");
            foreach ((string? name, string? value) in function.Environment)
            {
                json.WriteString(name, value);
            }

            json.WriteEndObject();
            json.WriteEndObject();
            json.WriteEndObject();
        }

        return LambdaHttp.WriteAsync(http, 200, buffer.WrittenMemory);
    }
}
