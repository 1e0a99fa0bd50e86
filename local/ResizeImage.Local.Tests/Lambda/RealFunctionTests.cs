using System.Globalization;
using Amazon.S3.Model;
using ResizeImage.Imaging.Tests.Support;
using ResizeImage.Local.Events;
using ResizeImage.Local.Lambda;
using ResizeImage.Local.Tests.Support;
using ResizeImage.Tests.Support;

namespace ResizeImage.Local.Tests.Lambda;

/// <summary>The function of this repository, as a process.</summary>
public sealed class RealFunctionTests : S3Fixture
{
    [ToolFact("sh")]
    public async Task A_function_killed_during_an_invocation_still_makes_the_thumbnail()
    {
        await using RuntimeApi lambda = await RuntimeApi.StartAsync(new RuntimeApiOptions());
        await using FunctionProcess function = FunctionProcess.Start(new FunctionProcessOptions { Path = FunctionFile.Path, S3 = Server.Endpoint }, lambda);
        await Eventually.TrueAsync(() => lambda.Queue.IsAwaited, "the function does not start");

        // Frozen, it is given the event and does not get far with it.
        string pid = function.ProcessId!.Value.ToString(CultureInfo.InvariantCulture);
        ExternalProgram.Run("sh", ["-c", "kill -STOP " + pid]);
        using ObjectEventSubscription events = Server.ObjectEvents.Subscribe();
        await S3.PutObjectAsync(new PutObjectRequest { BucketName = Bucket, Key = "input/x.jpg", InputStream = new MemoryStream(Pictures.Jpeg48x32) });
        Task<InvocationResult> invoked = lambda.InvokeAsync(S3EventJson.Write(await events.NextAsync()), InvocationType.Event);
        await Eventually.TrueAsync(() => !lambda.Queue.IsAwaited, "the function is not given the event");
        ExternalProgram.Run("sh", ["-c", "kill -KILL " + pid]);

        InvocationResult result = await invoked.WaitAsync(TimeSpan.FromMinutes(1));
        Assert.Equal((null, 2, 2), (result.FunctionError, result.Attempts, function.Starts));
        Assert.Equal("image/jpeg", (await S3.GetObjectMetadataAsync(Bucket, "output/x.jpg")).Headers.ContentType);
    }
}
