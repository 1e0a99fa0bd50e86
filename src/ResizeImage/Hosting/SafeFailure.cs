using ResizeImage.Observability;

namespace ResizeImage.Hosting;

/// <summary>
/// An exception that leaves the function with text from outside in a message. The runtime writes exceptions to the log as they are, so
/// this one replaces it, in one line.
/// </summary>
internal sealed class SafeFailure : Exception
{
    private SafeFailure(Exception exception)
        : base(LogText.Escape(exception.ToString()))
    {
    }

    /// <summary>The work of a handler, whose exceptions cannot forge lines of the log.</summary>
    public static async Task<T> OfAsync<T>(Func<Task<T>> work)
    {
        try
        {
            return await work();
        }
        catch (Exception exception) when (!LogText.IsPlain(exception))
        {
            throw new SafeFailure(exception);
        }
    }
}
