using System.Runtime.InteropServices;
using ResizeImage.Local;
using ResizeImage.Local.Commands;

using var stop = new CancellationTokenSource();
void Stop(PosixSignalContext signal)
{
    // The process ends by itself, after all that it started.
    signal.Cancel = true;
    stop.Cancel();
}

using var interrupted = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
using var terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
using var hungUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, Stop);

try
{
    var arguments = CommandLine.Parse(args);
    if (arguments.Help)
    {
        Console.WriteLine(CommandLine.Usage);
        return 0;
    }

    if (arguments.Photos.Count == 0)
    {
        await Serve.RunAsync(arguments, stop.Token);
        return 0;
    }

    if (arguments.Function is null)
    {
        throw new LocalCloudException("Thumbnails need the function's executable: --function PATH.");
    }

    return await ThumbnailPhotos.RunAsync(arguments, stop.Token) ? 0 : 1;
}
catch (LocalCloudException e)
{
    Console.Error.WriteLine(e.Message);
    return 2;
}
catch (OperationCanceledException) when (stop.IsCancellationRequested)
{
    // As shells report the end by Ctrl-C.
    return 130;
}
