using System.Runtime.InteropServices;
using ResizeImage.Local;
using ResizeImage.Local.Commands;

using CancellationTokenSource stop = new();
void Stop(PosixSignalContext signal)
{
    // The program stops its children first, then returns.
    signal.Cancel = true;
    stop.Cancel();
}

using PosixSignalRegistration interrupted = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
using PosixSignalRegistration terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
using PosixSignalRegistration hungUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, Stop);

try
{
    CommandLine? arguments = CommandLineParser.Parse(args);
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
