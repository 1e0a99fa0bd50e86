using System.Globalization;
using System.Net;
using ResizeImage.Configuration;
using ResizeImage.Imaging;
using ResizeImage.Local.Events;
using ResizeImage.Local.Lambda;
using ResizeImage.Local.S3.Notifications;
using ResizeImage.Local.Serving;
using ResizeImage.Local.Web;
using ResizeImage.Local.Web.History;

namespace ResizeImage.Local.Commands;

/// <summary>Serves S3, the function and the page until it is stopped, and prints a line for each photo of an invocation.</summary>
internal static class Serve
{
    /// <exception cref="LocalCloudException">Something cannot be started.</exception>
    public static async Task RunAsync(CommandLine arguments, CancellationToken cancellationToken)
    {
        PhotoPlace place = new(arguments.Bucket, FunctionSettings.InputPrefix(arguments), FunctionSettings.OutputPrefix(arguments));
        Dictionary<string, string> environment = FunctionSettings.ToEnvironment(arguments);
        DeployedFunction? function = null; // The page can change its environment.
        Journal journal = new(place.Bucket, place.InputPrefix, path => new ThumbnailPlaces(function?.Environment ?? environment, place.OutputPrefix).Of(path));
        await using PageServer page = await PageServer.ListenAsync(arguments.PagePort.Number, journal, arguments.PagePort.Further);
        await using LocalCloud cloud = await LocalCloud.StartAsync(
            new LocalCloudOptions
            {
                DataFolder = arguments.Data,
                Host = arguments.Host,
                Port = arguments.Port.Number,
                FurtherPorts = arguments.Port.Further,
                AllowedHosts = arguments.AllowedHosts,
                AllowedOrigins = [.. arguments.AllowedOrigins, .. page.Origins],
                Bucket = arguments.Bucket,
                InputPrefix = place.InputPrefix,
                FunctionPath = arguments.Function,
                Lambda = FunctionSettings.Limits(arguments) with { Port = arguments.LambdaPort.Number, FurtherPorts = arguments.LambdaPort.Further },
                FunctionEnvironment = environment,
                NotificationsChanged = WriteNotifications,
                FunctionOutput = line =>
                {
                    Terminal.WriteLine("function | " + line);
                    journal.NoteLog(line);
                },
            },
            WriteInvocation);
        function = cloud.Function;
        await using FunctionUrl url = await FunctionUrl.StartAsync(cloud.Lambda, arguments.UrlPort.Number, arguments.UrlPort.Further);
        await using ThumbnailFront front = await ThumbnailFront.StartAsync(
            () => Stored(cloud, place, function?.Environment ?? environment), url.Endpoint, arguments.CdnPort.Number, arguments.CdnPort.Further);
        WriteAddresses(arguments, place, page, cloud);
        WriteThumbnails(url, front);
        await page.ServeAsync(cloud, place, front.Endpoint);
        if (arguments.Samples)
        {
            await Samples.PutAsync(cloud.S3.Endpoint, place);
        }

        await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        Terminal.WriteLine("Stopped.");
    }

    private static StoredThumbnails Stored(LocalCloud cloud, PhotoPlace place, IReadOnlyDictionary<string, string> environment)
    {
        string bucket = environment.GetValueOrDefault(SettingVariables.OutputBucket) is { Length: > 0 } other ? other : place.Bucket;
        return new StoredThumbnails(
            new Uri(cloud.S3.Endpoint, $"/{bucket}/{place.OutputPrefix}"), environment.GetValueOrDefault(ThumbnailSetting.Size.Variable, ThumbnailSetting.Size.Default));
    }

    private static void WriteThumbnails(FunctionUrl url, ThumbnailFront front)
    {
        Terminal.WriteLine($"Pages get thumbnails at {front.Endpoint}KEY, their key below the output prefix, as from CloudFront. What is not stored is made if THUMBNAIL_SIZE has it with a ?");
        Terminal.WriteLine($"The function alone answers at its URL, {url.Endpoint}");
    }

    private static void WriteAddresses(CommandLine arguments, PhotoPlace place, PageServer page, LocalCloud cloud)
    {
        WriteIfMoved("the page", arguments.PagePort, page.Url.Port);
        WriteIfMoved("S3", arguments.Port, cloud.S3.Endpoint.Port);
        WriteIfMoved("Lambda", arguments.LambdaPort, new Uri(cloud.LambdaEndpoint).Port);
        string endpoint = cloud.S3.Endpoint.ToString().TrimEnd('/');
        string data = Path.GetFullPath(arguments.Data);
        Terminal.WriteLine($"See it in a browser: {page.Url}");
        Terminal.WriteLine($"S3 serves {data} at {endpoint}{(arguments.Function is null ? ", without a function (--function PATH)" : "")}");
        if (!IPAddress.IsLoopback(arguments.Host))
        {
            Terminal.WriteLine($"WARNING: S3 listens on {arguments.Host}. Everyone who reaches this machine can read and write every photo. It answers requests for an address of this machine{string.Concat(arguments.AllowedHosts.Select(name => ", " + name))}; --allow-host adds a name.");
        }

        Terminal.WriteLine("Put a photo, for example:");
        Terminal.WriteLine($"  AWS_ACCESS_KEY_ID=local AWS_SECRET_ACCESS_KEY=local AWS_DEFAULT_REGION=us-east-1 aws --endpoint-url {endpoint} s3 cp PHOTO s3://{place.Bucket}/{place.InputPrefix}");
        Terminal.WriteLine($"Thumbnails appear in {Path.Join(data, place.Bucket, place.OutputPrefix)}");
        if (arguments.Function is null)
        {
            Terminal.WriteLine("Your own function's executable connects with:");
            Terminal.WriteLine($"  AWS_LAMBDA_RUNTIME_API={cloud.Lambda.Endpoint}/{cloud.FunctionName}");
        }

        Terminal.WriteLine("The function is invoked, for example, by:");
        Terminal.WriteLine($"  curl -d @EVENT.json {cloud.LambdaEndpoint}/2015-03-31/functions/{cloud.FunctionName}/invocations");
        WriteTrigger(arguments, cloud);
        Terminal.WriteLine("Ctrl-C stops.");
    }

    private static void WriteIfMoved(string what, PortArgument wanted, int port)
    {
        if (wanted.Number != 0 && wanted.Number != port)
        {
            Terminal.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Port {wanted.Number} is in use; {what} is at {port}."));
        }
    }

    /// <summary>A configuration from an earlier run may not name the function.</summary>
    private static void WriteTrigger(CommandLine arguments, LocalCloud cloud)
    {
        if (arguments.Function is not null && !cloud.S3.NotificationsOf(arguments.Bucket).Targets.Any(target => target.Arn == cloud.FunctionArn))
        {
            Terminal.WriteLine($"The notification configuration that was put for {arguments.Bucket} does not name {cloud.FunctionArn}: its photos do not invoke the function.");
        }
    }

    private static void WriteNotifications(string bucket, NotificationConfiguration configuration)
    {
        string[] targets = [.. configuration.Targets.Select(target =>
            $"{target.Arn} for {string.Join(", ", target.Events)}{(target.Prefix is null ? "" : $", prefix {target.Prefix}")}{(target.Suffix is null ? "" : $", suffix {target.Suffix}")}")];
        Terminal.WriteLine($"{bucket} now notifies {(targets.Length == 0 ? "nothing" : string.Join("; ", targets.Select(Terminal.Escape)))}");
    }

    private static void WriteInvocation(ObjectEvent happened, InvocationResult result)
    {
        foreach (ThumbnailReportLine line in ThumbnailReport.Read(result, $"s3://{happened.Bucket}/{happened.Key}"))
        {
            string source = Terminal.Escape(line.Source ?? "");
            string note = line.Reason is null ? "" : $": {Terminal.Escape(line.Reason)}";
            Terminal.WriteLine(line.Status == ThumbnailReportLine.Made
                ? $"{source}  {Figures.Size(line.SourceWidth, line.SourceHeight)}  ->  {Terminal.Escape(line.Destination ?? "")}  {Figures.Size(line.Width, line.Height)}  {Figures.Bytes(line.BytesOut)}  {Figures.Milliseconds(line.Milliseconds)} ms{(line.Reason is null ? "" : "  note" + note)}"
                : $"{source}  {line.Status}{note}");
        }
    }
}
