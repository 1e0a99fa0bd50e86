namespace ResizeImage.Storage;

/// <summary>Calls S3 so that every failure of S3 or of the network becomes a <see cref="StorageException"/>.</summary>
internal static class S3Calls
{
    /// <summary>Runs a call. Cancellation by the caller passes through.</summary>
    /// <exception cref="StorageException">S3 refused, or the connection broke.</exception>
    public static async Task<T> RunAsync<T>(Func<Task<T>> call, Func<Exception, StorageException> explain)
    {
        try
        {
            return await call();
        }
        catch (Exception exception) when (StorageException.IsStorageFailure(exception))
        {
            throw explain(exception);
        }
    }
}
