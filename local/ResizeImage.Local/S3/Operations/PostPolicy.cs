using System.Globalization;
using System.Text.Json;

namespace ResizeImage.Local.S3.Operations;

/// <summary>The policy of a form: "POST policy" in the Amazon S3 API Reference.</summary>
internal static class PostPolicy
{
    // "Expiration": ISO 8601 in UTC.
    private static readonly string[] TimeForms = ["yyyy-MM-dd'T'HH:mm:ss'Z'", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'"];

    // Fields that need no condition, as those that begin with x-ignore- do not.
    private static readonly string[] Free = ["policy", "x-amz-signature", "signature", "AWSAccessKeyId", "file"];

    /// <summary>Checks everything except the size.</summary>
    /// <param name="form">Its field policy holds the conditions, as JSON in base64.</param>
    /// <param name="now">UTC.</param>
    /// <returns>The allowed size of the file in bytes.</returns>
    /// <exception cref="S3Exception">AccessDenied, or the policy is none.</exception>
    public static (long Min, long Max) Check(PostForm form, string bucket, DateTime now)
    {
        using JsonDocument policy = Parse(form["policy"]);
        if (Property(policy.RootElement, "expiration") is not { ValueKind: JsonValueKind.String } expiration
            || !DateTime.TryParseExact(expiration.GetString(), TimeForms, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal | DateTimeStyles.AssumeUniversal, out DateTime end))
        {
            throw S3Error.InvalidPolicyDocument("expected the property expiration, a time such as 2030-01-01T00:00:00Z");
        }

        if (now > end)
        {
            throw S3Error.AgainstPolicy("Policy expired.");
        }

        if (Property(policy.RootElement, "conditions") is not { ValueKind: JsonValueKind.Array } conditions)
        {
            throw S3Error.InvalidPolicyDocument("expected the property conditions, an array");
        }

        (long Min, long Max) size = (0, S3Limits.MaxRequestBytes);
        HashSet<string> named = new(Free, StringComparer.OrdinalIgnoreCase);
        foreach (JsonElement condition in conditions.EnumerateArray())
        {
            (string? operation, string? name, string? value) = Read(condition);
            if (operation == "content-length-range")
            {
                size = (Number(name, condition), Number(value, condition));
                continue;
            }

            named.Add(name);
            string found = name.Equals("bucket", StringComparison.OrdinalIgnoreCase) ? bucket : form[name];
            if (!(operation == "eq" ? found == value : found.StartsWith(value, StringComparison.Ordinal)))
            {
                throw S3Error.AgainstPolicy($"Policy Condition failed: {condition.GetRawText()}");
            }
        }

        string[] extra = [.. form.Fields.Keys.Where(name => !named.Contains(name) && !name.StartsWith("x-ignore-", StringComparison.OrdinalIgnoreCase))];
        return extra.Length == 0 ? size : throw S3Error.AgainstPolicy($"Extra input fields: {string.Join(", ", extra)}");
    }

    private static JsonDocument Parse(string policy)
    {
        try
        {
            return JsonDocument.Parse(Convert.FromBase64String(policy));
        }
        catch (Exception e) when (e is FormatException or JsonException)
        {
            throw S3Error.InvalidPolicyDocument("it is not JSON in base64");
        }
    }

    private static JsonElement? Property(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out JsonElement value) ? value : null;

    /// <summary>{"name": value} is short for ["eq", "$name", value].</summary>
    private static (string Operation, string Name, string Value) Read(JsonElement condition)
    {
        if (condition.ValueKind == JsonValueKind.Object && condition.EnumerateObject().ToArray() is [var only])
        {
            return ("eq", only.Name, only.Value.ToString());
        }

        if (condition.ValueKind == JsonValueKind.Array && condition.EnumerateArray().Select(part => part.ToString()).ToArray() is [var operation, var name, var value])
        {
            operation = operation.ToLowerInvariant();
            if (operation == "content-length-range" || (operation is "eq" or "starts-with" && name.StartsWith('$')))
            {
                return (operation, name.TrimStart('$'), value);
            }
        }

        throw S3Error.InvalidPolicyDocument($"Invalid condition: {condition.GetRawText()}");
    }

    private static long Number(string text, JsonElement condition) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long number)
        ? number
        : throw S3Error.InvalidPolicyDocument($"Invalid condition: {condition.GetRawText()}");
}
