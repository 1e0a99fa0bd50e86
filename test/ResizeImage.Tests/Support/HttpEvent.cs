using System.Text.Json.Nodes;

namespace ResizeImage.Tests.Support;

/// <summary>Requests as the services send them to the function: the sample events, for other keys and methods.</summary>
internal static class HttpEvent
{
    public const string FunctionUrl = "function-url";
    public const string HttpApi = "http-api-2.0";
    public const string HttpApi1 = "http-api-1.0";
    public const string RestApi = "rest-api";
    public const string LoadBalancer = "load-balancer";
    public const string MultiValueLoadBalancer = "load-balancer-multi-value";

    /// <summary>The names of the samples.</summary>
    public static readonly string[] Fronts = [FunctionUrl, HttpApi, HttpApi1, RestApi, LoadBalancer, MultiValueLoadBalancer];

    /// <summary>A request for a key.</summary>
    /// <param name="front">One of <see cref="Fronts"/>.</param>
    /// <param name="key">The path without the slash in front, decoded.</param>
    /// <param name="method">GET, HEAD…</param>
    /// <param name="ifNoneMatch">That header; null for none.</param>
    public static string Of(string front, string key, string method = "GET", string? ifNoneMatch = null)
    {
        // Browsers and curl leave a plus sign as it is.
        return OfPath(front, front is HttpApi or HttpApi1 ? "/" + key : Encode(key), method, ifNoneMatch);
    }

    /// <summary>A request for a path as the front gives it to the function, but without the stage.</summary>
    public static string OfPath(string front, string path, string method = "GET", string? ifNoneMatch = null)
    {
        JsonNode json = JsonNode.Parse(FunctionRun.ReadEvent($"http/{front}.json"))!;
        JsonNode context = json["requestContext"]!;
        string given = front is HttpApi or HttpApi1 ? "/live" + path : path;
        if (front is FunctionUrl or HttpApi)
        {
            json["rawPath"] = given;
            context["http"]!["path"] = given;
            context["http"]!["method"] = method;
        }
        else
        {
            json["path"] = given;
            json["httpMethod"] = method;
            if (context["path"] is not null)
            {
                context["path"] = "/live" + path;
            }
        }

        if (ifNoneMatch is not null)
        {
            string name = front == RestApi ? "If-None-Match" : "if-none-match";
            foreach ((string headers, Func<JsonNode> value) in new (string, Func<JsonNode>)[] { ("headers", () => ifNoneMatch), ("multiValueHeaders", () => new JsonArray(ifNoneMatch)) })
            {
                if (json[headers] is JsonObject present)
                {
                    present[name] = value();
                }
            }
        }

        return json.ToJsonString();
    }

    /// <summary>The path of a URL, encoded as browsers do.</summary>
    public static string Encode(string key) =>
        "/" + string.Join('/', key.Split('/').Select(segment => Uri.EscapeDataString(segment).Replace("%2B", "+", StringComparison.Ordinal)));
}
