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
    var arguments = CommandLineParser.Parse(args);
    if (arguments is null)
    {
        return ExitCode.Done;
    }

    if (arguments.Photos.Count == 0)
    {
        await Serve.RunAsync(arguments, stop.Token);
        return ExitCode.Done;
    }

    return await ThumbnailPhotos.RunAsync(arguments, stop.Token);
}
catch (LocalCloudException e)
{
    Terminal.WriteErrorLine(e.Message);
    return ExitCode.CannotStart;
}
catch (OperationCanceledException) when (stop.IsCancellationRequested)
{
    return ExitCode.Interrupted;
}
