using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Amazon.Lambda.TestUtilities;
using Amazon.Runtime;
using Amazon.S3;
using ResizeImage.Configuration;
using ResizeImage.Storage;

namespace ResizeImage.Tests.Http;

/// <summary>The same thumbnails through each service that can send requests.</summary>
public class FrontTests
{
    public static TheoryData<string> Fronts => [.. HttpEvent.Fronts];

    /// <summary>Each key that needs care somewhere: it names its photo through every front.</summary>
    public static TheoryData<string, string> Keys
    {
        get
        {
            TheoryData<string, string> all = [];
            foreach (string front in HttpEvent.Fronts)
            {
                foreach (string key in new[] { "a b.jpg", "a+b.jpg", "100%.jpg", "100%25.jpg", "a%2Bb.jpg", "bé 日本 😀.jpg", "a//b.jpg", "/a.jpg", "&=#.jpg", "live/a.jpg", "$default/a.jpg" })
                {
                    all.Add(front, key);
                }
            }

            return all;
        }
    }

    [Theory, MemberData(nameof(Keys))]
    public async Task Every_key_names_its_photo(string front, string key)
    {
        await using S3Endpoint endpoint = await S3Endpoint.StartAsync(nameof(Local.S3.S3Server));
        using FunctionRun run = await HttpWorld.StartAsync(endpoint, "input/" + key, "THUMBNAIL_SIZE=20x20,s=9x9?");
        HttpResult answer = HttpResult.Parse(await run.InvokeWithAsync(HttpEvent.Of(front, "s/" + key)));
        Assert.Equal((200, "image/jpeg"), (answer.Status, answer["Content-Type"]));
        Assert.Equal(["output/s/" + key], await PhotoBucket.KeysAsync(run.S3, "output/"));
        Assert.Equal(await PhotoBucket.ReadAsync(run.S3, "output/s/" + key), answer.Body);
    }

    /// <summary>A client may also encode what need not be.</summary>
    [Theory]
    [InlineData(HttpEvent.FunctionUrl)]
    [InlineData(HttpEvent.RestApi)]
    [InlineData(HttpEvent.LoadBalancer)]
    public async Task Any_character_may_be_percent_encoded(string front)
    {
        await using S3Endpoint endpoint = await S3Endpoint.StartAsync(nameof(Local.S3.S3Server));
        using FunctionRun run = await HttpWorld.StartAsync(endpoint, "input/a/b+c.jpg");
        Assert.Equal(200, HttpResult.Parse(await run.InvokeWithAsync(HttpEvent.OfPath(front, "/%61%2Fb%2Bc%2ejpg"))).Status);
        Assert.Equal(404, HttpResult.Parse(await run.InvokeWithAsync(HttpEvent.OfPath(front, "/a/b%FFc%.jpg"))).Status);
    }

    [Theory, MemberData(nameof(Fronts))]
    public async Task The_answer_has_the_form_of_its_front(string front)
    {
        await using S3Endpoint endpoint = await S3Endpoint.StartAsync(nameof(Local.S3.S3Server));
        using FunctionRun run = await HttpWorld.StartAsync(endpoint);
        JsonObject json = JsonNode.Parse(await run.InvokeWithAsync(HttpEvent.Of(front, "a.jpg")))!.AsObject();
        string[] common = ["statusCode", front == HttpEvent.MultiValueLoadBalancer ? "multiValueHeaders" : "headers", "isBase64Encoded", "body"];
        bool isLoadBalancer = front is HttpEvent.LoadBalancer or HttpEvent.MultiValueLoadBalancer;
        Assert.Equal(isLoadBalancer ? common.Append("statusDescription").Order() : common.Order(), json.Select(property => property.Key).Order());
        Assert.Equal(isLoadBalancer ? "200 OK" : null, (string?)json["statusDescription"]);
        Assert.All(
            (json["headers"] ?? json["multiValueHeaders"])!.AsObject(),
            header => Assert.Equal(front == HttpEvent.MultiValueLoadBalancer, header.Value is JsonArray));
    }

    [Theory, MemberData(nameof(Fronts))]
    public async Task The_conditions_of_every_front_are_read(string front)
    {
        await using S3Endpoint endpoint = await S3Endpoint.StartAsync(nameof(Local.S3.S3Server));
        using FunctionRun run = await HttpWorld.StartAsync(endpoint);
        string tag = HttpResult.Parse(await run.InvokeWithAsync(HttpEvent.Of(front, "a.jpg")))["ETag"]!;
        Assert.Equal(304, HttpResult.Parse(await run.InvokeWithAsync(HttpEvent.Of(front, "a.jpg", ifNoneMatch: tag))).Status);
        Assert.Equal(200, HttpResult.Parse(await run.InvokeWithAsync(HttpEvent.Of(front, "a.jpg", ifNoneMatch: "\"other\""))).Status);
    }

    /// <summary>API Gateway sets the header itself for REST APIs, and renames what the function sends.</summary>
    [Theory, MemberData(nameof(Fronts))]
    public async Task HEAD_gets_the_headers_of_GET_and_no_body(string front)
    {
        await using S3Endpoint endpoint = await S3Endpoint.StartAsync(nameof(Local.S3.S3Server));
        using FunctionRun run = await HttpWorld.StartAsync(endpoint);
        HttpResult first = HttpResult.Parse(await run.InvokeWithAsync(HttpEvent.Of(front, "a.jpg", "HEAD")));
        HttpResult get = HttpResult.Parse(await run.InvokeWithAsync(HttpEvent.Of(front, "a.jpg")));
        HttpResult again = HttpResult.Parse(await run.InvokeWithAsync(HttpEvent.Of(front, "a.jpg", "HEAD")));
        foreach (HttpResult head in new[] { first, again })
        {
            Assert.Equal((200, 0), (head.Status, head.Body.Length));
            Assert.Equal((get["ETag"], get["Content-Type"], get["Cache-Control"]), (head["ETag"], head["Content-Type"], head["Cache-Control"]));
            Assert.Equal(front == HttpEvent.RestApi ? null : $"{get.Body.Length}", head["Content-Length"]);
        }

        Assert.Null(get["Content-Length"]);
    }

    [Theory]
    [InlineData(HttpEvent.FunctionUrl, 4_500_000)]
    [InlineData(HttpEvent.HttpApi, 4_500_000)]
    [InlineData(HttpEvent.RestApi, 4_500_000)]
    [InlineData(HttpEvent.LoadBalancer, 750_000)]
    public async Task A_thumbnail_that_does_not_fit_is_redirected_to_its_object(string front, int most)
    {
        await using S3Endpoint endpoint = await S3Endpoint.StartAsync(nameof(Local.S3.S3Server));
        SizedThumbnailer large = new(most + 1);

        // The local S3 verifies the signatures of these credentials.
        Dictionary<string, string> variables = new() { ["AWS_REGION"] = "us-east-1", ["AWS_ENDPOINT_URL_S3"] = endpoint.Url, ["INPUT_BUCKET"] = PhotoBucket.Name };
        using IAmazonS3 s3 = S3ClientFactory.Create(variables.GetValueOrDefault, new BasicAWSCredentials("local", "local"), new PlainHttpClientFactory());
        Function function = new(s3, Settings.Read(variables.GetValueOrDefault), large);
        await s3.PutBucketAsync(PhotoBucket.Name);
        await PhotoBucket.PutAsync(s3, HttpWorld.Photo, Pictures.Jpeg48x32);
        foreach (string method in new[] { "GET", "GET", "HEAD" })
        {
            using MemoryStream request = new(Encoding.UTF8.GetBytes(HttpEvent.Of(front, "a.jpg", method)));
            using StreamReader response = new(await function.HandleEvent(request, new TestLambdaContext()));
            HttpResult answer = HttpResult.Parse(await response.ReadToEndAsync());
            Assert.Equal((302, "no-store", 0), (answer.Status, answer["Cache-Control"], answer.Body.Length));

            using HttpClient http = new(new SocketsHttpHandler { UseProxy = false });
            Assert.StartsWith(endpoint.Url + "photos/output/a.jpg?", answer["Location"], StringComparison.Ordinal);
            Assert.Equal(large.Data, await http.GetByteArrayAsync(answer["Location"]));
            string forged = answer["Location"]!.Replace("/output/a.jpg", "/input/a.jpg", StringComparison.Ordinal);
            Assert.Equal(HttpStatusCode.Forbidden, (await http.GetAsync(new Uri(forged))).StatusCode);
        }
    }

    [Theory]
    [InlineData(HttpEvent.FunctionUrl, 4_500_000, 6_291_456)]
    [InlineData(HttpEvent.LoadBalancer, 750_000, 1_048_576)]
    public async Task The_largest_thumbnail_of_an_answer_fits_into_it(string front, int most, int limit)
    {
        await using S3Endpoint endpoint = await S3Endpoint.StartAsync(nameof(Local.S3.S3Server));
        SizedThumbnailer large = new(most);
        using FunctionRun run = await HttpWorld.StartAsync(endpoint, thumbnailer: large);
        string made = await run.InvokeWithAsync(HttpEvent.Of(front, "a.jpg"));
        string stored = await run.InvokeWithAsync(HttpEvent.Of(front, "a.jpg"));
        Assert.All(new[] { made, stored }, json => Assert.Equal(large.Data, HttpResult.Parse(json).Body));
        Assert.InRange(made.Length, most, limit - 20_000);
    }

    /// <summary>Events come from outside, but no value in them may end in an exception that is not about the event.</summary>
    [Theory, MemberData(nameof(Fronts))]
    public async Task An_event_with_a_value_of_another_type_does_not_crash(string front)
    {
        await using ScriptedServer server = new(_ => ScriptedAnswer.S3Error(403, "AccessDenied"));
        using FunctionRun run = new($"http://{server.Address}", "INPUT_BUCKET=photos");
        string sample = FunctionRun.ReadEvent($"http/{front}.json");
        int variants = Mutations.Count(JsonNode.Parse(sample)!);
        for (int variant = 0; variant < variants; variant++)
        {
            foreach (string value in new[] { "null", "1", "\"x\"", "{}", "[]", "[null]" })
            {
                JsonNode json = JsonNode.Parse(sample)!;
                Mutations.Replace(json, variant, JsonNode.Parse(value));
                Exception? exception = await Record.ExceptionAsync(() => run.InvokeWithAsync(json.ToJsonString()));
                Assert.True(exception is null or Triggers.UnknownEventException, $"{json}: {exception}");
            }
        }
    }
}
