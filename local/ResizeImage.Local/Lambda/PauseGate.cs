namespace ResizeImage.Local.Lambda;

/// <summary>Holds invocations back while the function is replaced. Used under the lock of its <see cref="InvocationQueue"/>, but for waiting.</summary>
internal sealed class PauseGate
{
    private volatile TaskCompletionSource? _paused;
    private TaskCompletionSource? _idle;

    public bool IsClosed => _paused is not null;

    /// <summary>Ends at once while the gate is open, else when it opens.</summary>
    public Task WhileClosedAsync(CancellationToken cancellationToken) => _paused?.Task.WaitAsync(cancellationToken) ?? Task.CompletedTask;

    /// <param name="isIdle">Whether no invocation is being worked on.</param>
    /// <returns>Ends when none is.</returns>
    public Task Close(bool isIdle)
    {
        _paused ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _idle = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        if (isIdle)
        {
            _idle.SetResult();
        }

        return _idle.Task;
    }

    public void Open()
    {
        _paused?.SetResult();
        _paused = null;
    }

    /// <summary>No invocation is being worked on any more.</summary>
    public void NoteIdle() => _idle?.TrySetResult();
}
