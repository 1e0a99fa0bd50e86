using System.Text;
using System.Text.Json;
using ResizeImage.Local.Events;

namespace ResizeImage.Local.Tests.Events;

public sealed class S3EventJsonTests
{
    private static readonly ObjectEvent Happened = new(
        "ObjectCreated:Put", "amzn-s3-demo-bucket", "HappyFace.jpg", 1024, "d41d8cd98f00b204e9800998ecf8427e", "0055AED6DCD90281E5",
        DateTime.UnixEpoch, "C3D13FE58DE4C810", "FMyUVURIY8/IgAtTv8xRjskZQpcIZ9KG4V5Wp6S7S/JRWeUWerMUE5JgHvANOjpD");

    /// <remarks>
    /// The example of "Processing Amazon S3 event notifications with Lambda", without versionId, which only buckets with
    /// versions have, and with this server's region and owners.
    /// </remarks>
    [Fact]
    public void The_example_of_the_documentation()
    {
        const string Expected = """
            {
              "Records": [
                {
                  "eventVersion": "2.1",
                  "eventSource": "aws:s3",
                  "awsRegion": "us-east-1",
                  "eventTime": "1970-01-01T00:00:00.000Z",
                  "eventName": "ObjectCreated:Put",
                  "userIdentity": {
                    "principalId": "AWS:AIDALOCALCLOUD"
                  },
                  "requestParameters": {
                    "sourceIPAddress": "127.0.0.1"
                  },
                  "responseElements": {
                    "x-amz-request-id": "C3D13FE58DE4C810",
                    "x-amz-id-2": "FMyUVURIY8/IgAtTv8xRjskZQpcIZ9KG4V5Wp6S7S/JRWeUWerMUE5JgHvANOjpD"
                  },
                  "s3": {
                    "s3SchemaVersion": "1.0",
                    "configurationId": "testConfigRule",
                    "bucket": {
                      "name": "amzn-s3-demo-bucket",
                      "ownerIdentity": {
                        "principalId": "A0LOCALCLOUD"
                      },
                      "arn": "arn:aws:s3:::amzn-s3-demo-bucket"
                    },
                    "object": {
                      "key": "HappyFace.jpg",
                      "size": 1024,
                      "eTag": "d41d8cd98f00b204e9800998ecf8427e",
                      "sequencer": "0055AED6DCD90281E5"
                    }
                  }
                }
              ]
            }
            """;
        string compact = string.Concat(Expected.Split('\n').Select(line => line.Trim().Replace("\": ", "\":", StringComparison.Ordinal)));
        Assert.Equal(compact, Encoding.UTF8.GetString(S3EventJson.Write(Happened, "testConfigRule")));
    }

    /// <remarks>"red flower.jpg" is S3's own example; the others follow from form encoding, which keeps the slash.</remarks>
    [Theory]
    [InlineData("red flower.jpg", "red+flower.jpg")]
    [InlineData("input/a+b.jpg", "input/a%2Bb.jpg")]
    [InlineData("input/été 1%.jpg", "input/%C3%A9t%C3%A9+1%25.jpg")]
    [InlineData("\U0001F600", "%F0%9F%98%80")]
    [InlineData("a.b-c_d*e~f", "a.b-c_d*e%7Ef")]
    [InlineData("(x)&y=z;'!", "%28x%29%26y%3Dz%3B%27%21")]
    public void A_key_is_form_encoded(string key, string encoded)
    {
        using JsonDocument json = JsonDocument.Parse(S3EventJson.Write(Happened with { Key = key }));
        string written = json.RootElement.GetProperty("Records")[0].GetProperty("s3").GetProperty("object").GetProperty("key").GetString()!;
        Assert.Equal(encoded, written);
        Assert.Equal(key, System.Net.WebUtility.UrlDecode(written));
    }

    [Fact]
    public void A_removal_has_no_size_and_no_etag()
    {
        using JsonDocument json = JsonDocument.Parse(S3EventJson.Write(Happened with { Name = "ObjectRemoved:Delete" }));
        JsonElement s3Object = json.RootElement.GetProperty("Records")[0].GetProperty("s3").GetProperty("object");
        Assert.Equal(["key", "sequencer"], s3Object.EnumerateObject().Select(property => property.Name));
    }
}
