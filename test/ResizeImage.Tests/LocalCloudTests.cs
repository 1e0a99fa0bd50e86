using System.Text.Json.Nodes;
using Amazon.S3.Model;
using ResizeImage.Local.Events;
using ResizeImage.Local.Lambda;
using ResizeImage.Local.S3;

namespace ResizeImage.Tests;

/// <summary>The function's own executable in the local cloud: from a PUT to the thumbnail, through S3's event and the Runtime API.</summary>
public class LocalCloudTests
{
    [Fact]
    public async Task A_photo_that_is_put_gets_its_thumbnail()
    {
        (InvocationResult invocation, ListObjectsV2Response stored) = await PutAndInvokeAsync([]);

        Assert.Null(invocation.FunctionError);
        JsonNode result = JsonNode.Parse(invocation.PayloadText)!["results"]!.AsArray().Single()!;
        Assert.Equal("made", result["status"]!.GetValue<string>());
        Assert.Equal("s3://photos/output/a b+é.jpg", result["destination"]!.GetValue<string>());
        S3Object thumbnail = Assert.Single(stored.S3Objects, found => found.Key == "output/a b+é.jpg");
        Assert.Equal(result["bytesOut"]!.GetValue<long>(), thumbnail.Size);
    }

    [Fact]
    public async Task A_failed_invocation_is_retried()
    {
        (InvocationResult invocation, _) = await PutAndInvokeAsync(new() { ["OUTPUT_BUCKET"] = "missing" });

        Assert.Equal("Unhandled", invocation.FunctionError);
        Assert.Equal(3, invocation.Attempts);
        Assert.Equal("ThumbnailsFailedException", JsonNode.Parse(invocation.PayloadText)!["errorType"]!.GetValue<string>());
    }

    private static async Task<(InvocationResult Invocation, ListObjectsV2Response Stored)> PutAndInvokeAsync(Dictionary<string, string> environment)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("ResizeImage.Tests-");
        try
        {
            await using S3Server s3 = await S3Server.StartAsync(new S3ServerOptions { Folder = folder.FullName });
            s3.EnsureBucket("photos");
            using ObjectEventSubscription events = s3.ObjectEvents.Subscribe();
            await using RuntimeApi lambda = await RuntimeApi.StartAsync(new RuntimeApiOptions());
            await using FunctionProcess function = FunctionProcess.Start(
                new FunctionProcessOptions { Path = FunctionFile.Path, S3 = s3.Endpoint, Environment = environment }, lambda);

            using FunctionRun client = new(s3.Endpoint.AbsoluteUri);
            await client.S3.PutObjectAsync(new PutObjectRequest
            {
                BucketName = "photos",
                Key = "input/a b+é.jpg",
                InputStream = new MemoryStream(Pictures.Jpeg48x32),
            });
            ObjectEvent put = await events.NextAsync();
            InvocationResult invocation = await lambda.InvokeAsync(S3EventJson.Write(put), InvocationType.Event);
            return (invocation, await client.S3.ListObjectsV2Async(new ListObjectsV2Request { BucketName = "photos" }));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
