using ResizeImage.Deadlines;
using ResizeImage.Imaging;
using ResizeImage.Observability;
using ResizeImage.Storage;

namespace ResizeImage.Photos;

/// <summary>Turns the exception that ended the work on a photo into its result. No other code chooses between rejected and failed by an exception.</summary>
internal static class FailureResults
{
    /// <summary>The result of a photo whose processing threw.</summary>
    /// <param name="known">Facts about the photo until then; only its status and reason change.</param>
    /// <param name="exception">The exception.</param>
    /// <param name="time">Shows whether the photo's time is up.</param>
    /// <param name="log">Receives the stack trace of an unexpected exception.</param>
    public static RecordResult Of(RecordResult known, Exception exception, PhotoTime time, InvocationLog log) => exception switch
    {
        ImageLimitException { Limit: { } limit } =>
            Rejected(known, $"{exception.Message} Upload a smaller image or raise {LimitSetting.Of(limit).Variable}."),
        ImageException => Rejected(known, exception.Message),
        StorageException { IsPermanent: true } => Rejected(known, exception.Message),
        StorageException => Failed(known, exception.Message),
        OperationCanceledException when time.Token.IsCancellationRequested => Failed(known, OutOfTime(time)),
        _ => Unexpected(known, exception, log),
    };

    private static string OutOfTime(PhotoTime time) => time.IsShare
        ? "The photo took half of the time that the invocation had left, and others waited behind it. Raise the function's memory or timeout if this happens often."
        : "The time of the invocation ran out. Raise the function's timeout if this happens often.";

    /// <summary>A bug of this program must not keep the other records from being processed.</summary>
    private static RecordResult Unexpected(RecordResult known, Exception exception, InvocationLog log)
    {
        log.Error(exception, "unexpected exception");
        return Failed(known, $"Unexpected {exception.GetType().Name}: {exception.Message}");
    }

    private static RecordResult Rejected(RecordResult known, string reason) => known with { Status = RecordStatus.Rejected, Reason = reason };

    private static RecordResult Failed(RecordResult known, string reason) => known with { Status = RecordStatus.Failed, Reason = reason };
}
