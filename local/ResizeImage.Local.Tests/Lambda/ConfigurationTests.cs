using System.Text.Json;
using ResizeImage.Imaging.Tests.Support;
using ResizeImage.Local.Tests.Support;

namespace ResizeImage.Local.Tests.Lambda;

/// <summary>GetFunctionConfiguration and UpdateFunctionConfiguration, by the AWS CLI.</summary>
public sealed class ConfigurationTests : IDisposable
{
    // The commands of the documentation and of the page: an update replaces all variables.
    private const string ChangeOne = """
        aws lambda get-function-configuration --function-name ResizeImage |
            jq --argjson set '{"THUMBNAIL_SIZE":"300x300"}' '{Variables: ((.Environment.Variables // {}) + $set)}' > "$FILE"
        aws lambda update-function-configuration --function-name ResizeImage --environment "file://$FILE"
        """;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [ToolFact("aws", "jq", "bash")]
    public async Task One_variable_is_changed_and_the_others_stay()
    {
        await using LocalProgram program = await LocalProgram.ServeAsync(PythonFunction.Write(_folder), _folder, "--input", "in/");
        string updated = AwsCli.Shell(program.LambdaEndpoint, ChangeOne, $"FILE={_folder["environment.json"]}");
        Assert.Contains("\"LastUpdateStatus\": \"Successful\"", updated, StringComparison.Ordinal);
        Dictionary<string, string> environment = await EnvironmentAsync(program);
        Assert.Equal(("300x300", "in/", "photos"), (environment["THUMBNAIL_SIZE"], environment["INPUT_PREFIX"], environment["INPUT_BUCKET"]));
    }

    [PythonTheory]
    [InlineData("PUT", """{"Environment":{"Variables":{"THUMBNAIL_FIT":"crop"}}}""", 400, "THUMBNAIL_FIT is crop")]
    [InlineData("PUT", """{"MemorySize":1024}""", 501, "not MemorySize")]
    [InlineData("PUT", """{"Environment":{"Variables":{"A":1}}}""", 400, "")]
    [InlineData("PUT", "nonsense", 400, "")]
    [InlineData("POST", "{}", 501, "PUT")]
    public async Task An_invalid_change_is_refused_and_changes_nothing(string method, string body, int status, string message)
    {
        await using LocalProgram program = await LocalProgram.ServeAsync(PythonFunction.Write(_folder), _folder);
        Dictionary<string, string> before = await EnvironmentAsync(program);
        RawResponse answer = await RawHttp.SendAsync(program.LambdaEndpoint, $"{method} /2015-03-31/functions/ResizeImage/configuration", System.Text.Encoding.UTF8.GetBytes(body));
        Assert.True(answer.Status == status && answer.Text.Contains(message, StringComparison.Ordinal), $"{answer.Status} {answer.Text}");
        Assert.Equal(404, (await RawHttp.SendAsync(program.LambdaEndpoint, "GET /2015-03-31/functions/Other/configuration")).Status);
        Assert.Equal(before, await EnvironmentAsync(program));
    }

    private static async Task<Dictionary<string, string>> EnvironmentAsync(LocalProgram program)
    {
        RawResponse answer = await RawHttp.SendAsync(program.LambdaEndpoint, "POST /2015-03-31/functions/ResizeImage/invocations", """{"do":"environment"}"""u8.ToArray());
        return JsonSerializer.Deserialize<Dictionary<string, string>>(answer.Text)!;
    }
}
