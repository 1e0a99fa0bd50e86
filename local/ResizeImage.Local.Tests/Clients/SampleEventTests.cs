using System.Text.Json.Nodes;
using ResizeImage.Imaging.Tests.Support;
using ResizeImage.Local.Commands;
using ResizeImage.Local.Tests.Support;
using ResizeImage.Tests.Support;

namespace ResizeImage.Local.Tests.Clients;

/// <summary>Each sample event of the repository, posted to the Invoke API of ./run.sh --samples: the real function makes its thumbnails.</summary>
public sealed class SampleEventTests : IDisposable
{
    // The expected results, "made KEY" and "skipped KEY" below input/, or a part of the answer.
    private static readonly Dictionary<string, string[]> Expected = new()
    {
        ["put.json"] = ["made holiday/a bé.jpg"],
        ["multipart.json"] = ["made large.jpg"],
        ["several.json"] = ["made holiday/a bé.jpg", "made large.jpg", "skipped folder/", "skipped old.jpg"],
        ["sns.json"] = ["made c.jpg"],
        ["eventbridge-created.json"] = ["made holiday/a bé+%41.jpg"],
        ["eventbridge-deleted.json"] = ["skipped old.jpg"],
        ["s3-test-event.json"] = [],
        ["sqs.json"] = ["""{"batchItemFailures":[]}"""],
        ["batch-operations-1.0.json"] = ["\"resultCode\":\"Succeeded\""],
        ["batch-operations-2.0.json"] = ["\"resultCode\":\"Succeeded\""],
        ["scheduled-rule.json"] = ["\"rejected\":0,\"failed\":0,\"complete\":true"],
        ["scheduler.json"] = ["\"rejected\":0,\"failed\":0,\"complete\":true"],
    };

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [PythonFact]
    public async Task Each_gives_the_expected_result()
    {
        string[] files = Directory.GetFiles(Repository.Path("test", "ResizeImage.Tests", "events"), "*.json");
        Assert.Equal(Expected.Keys.Order(), files.Select(file => Path.GetFileName(file)).Order());
        await using LocalProgram program = await LocalProgram.ServeAsync(FunctionFile.Path, _folder, "--samples");
        foreach (string name in Samples.Names)
        {
            await program.LineAsync($"s3://photos/input/{name}", "->");
        }

        using HttpClient http = new(new SocketsHttpHandler { UseProxy = false });
        foreach (string file in files.Order(StringComparer.Ordinal))
        {
            using StringContent content = new(await File.ReadAllTextAsync(file));
            using HttpResponseMessage response = await http.PostAsync(new Uri(program.LambdaEndpoint, "/2015-03-31/functions/ResizeImage/invocations"), content);
            string answer = await response.Content.ReadAsStringAsync();
            Assert.False(response.Headers.Contains("X-Amz-Function-Error"), $"{file}: {answer}");
            string[] expected = Expected[Path.GetFileName(file)];
            if (JsonNode.Parse(answer)!["results"] is JsonArray results && results.All(result => result!["source"] is not null))
            {
                Assert.Equal(expected, results.Select(result => $"{result!["status"]} {result["source"]!.GetValue<string>().Replace("s3://photos/input/", "", StringComparison.Ordinal)}"));
            }
            else
            {
                Assert.Contains(Assert.Single(expected), answer, StringComparison.Ordinal);
            }
        }
    }

    [PythonFact]
    public async Task A_photo_of_the_user_stays()
    {
        await using (LocalProgram program = await LocalProgram.ServeS3Async(_folder))
        {
            await RawHttp.SendAsync(program.Endpoint, "PUT /photos/input/b.jpg", "mine"u8.ToArray());
            await program.EndAsync("INT");
        }

        await using (LocalProgram program = await LocalProgram.ServeS3Async(_folder, "--samples"))
        {
            await Eventually.TrueAsync(() => Directory.Exists(_folder["data/photos/input/holiday"]) && Directory.GetFiles(_folder["data/photos/input/holiday"]).Length == 2, "no samples");
            Assert.Equal("mine", await File.ReadAllTextAsync(_folder["data/photos/input/b.jpg"]));
        }
    }
}
