using ResizeImage.Local.Events;
using ResizeImage.Local.Lambda;
using ResizeImage.Local.Web;
using ResizeImage.Local.Web.History;

namespace ResizeImage.Local.Commands;

/// <summary>Serves S3, the function and the page until it is told to stop, and prints a line for each invocation.</summary>
internal static class Serve
{
    /// <exception cref="LocalCloudException">Something cannot be started.</exception>
    public static async Task RunAsync(CommandLine arguments, CancellationToken cancellationToken)
    {
        var place = new PhotoPlace(arguments.Bucket, FunctionSettings.InputPrefix(arguments), FunctionSettings.OutputPrefix(arguments));
        var journal = new Journal(place.Bucket, place.InputPrefix, place.OutputPrefix);
        await using var page = await PageServer.ListenAsync(arguments.PagePort, journal);
        await using var cloud = await LocalCloud.StartAsync(
            new LocalCloudOptions
            {
                DataFolder = arguments.Data,
                Host = arguments.Host,
                Port = arguments.Port,
                AllowedOrigins = [.. arguments.AllowedOrigins, .. page.Origins],
                Bucket = arguments.Bucket,
                InputPrefix = place.InputPrefix,
                FunctionPath = arguments.Function,
                Lambda = FunctionSettings.Limits(arguments) with { Port = arguments.LambdaPort },
                FunctionEnvironment = FunctionSettings.ToEnvironment(arguments),
                FunctionOutput = line =>
                {
                    Console.WriteLine("function | " + line);
                    journal.NoteLog(line);
                },
            },
            WriteInvocation);
        string endpoint = cloud.S3.Endpoint.ToString().TrimEnd('/');
        Console.WriteLine($"""
            See it in a browser: {page.Url}
            S3 serves {Path.GetFullPath(arguments.Data)} at {endpoint}{(arguments.Function is null ? ", without a function (--function PATH)" : "")}
            Put a photo, for example:
              AWS_ACCESS_KEY_ID=local AWS_SECRET_ACCESS_KEY=local AWS_DEFAULT_REGION=us-east-1 aws --endpoint-url {endpoint} s3 cp PHOTO s3://{place.Bucket}/{place.InputPrefix}
            Thumbnails appear in {Path.Join(Path.GetFullPath(arguments.Data), place.Bucket, place.OutputPrefix)}
            The function is invoked, for example, by:
              curl -d @EVENT.json {cloud.LambdaEndpoint}/2015-03-31/functions/{cloud.FunctionName}/invocations
            Ctrl-C stops.
            """);
        await page.ServeAsync(cloud, place);
        await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private static void WriteInvocation(ObjectEvent happened, InvocationResult result)
    {
        string source = $"s3://{happened.Bucket}/{happened.Key}";
        foreach (var line in ThumbnailReport.Read(result, source))
        {
            Console.WriteLine(line.Status == ThumbnailReportLine.Made
                ? $"{line.Source}  {Table.Size(line.SourceWidth, line.SourceHeight)}  ->  {line.Destination}  {Table.Size(line.Width, line.Height)}  {Table.Bytes(line.BytesOut)}  {Table.Milliseconds(line.Milliseconds)} ms"
                : $"{line.Source}  {line.Status}: {line.Reason}");
        }
    }
}
