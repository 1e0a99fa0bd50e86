namespace ResizeImage.Local.Lambda;

/// <summary>Delays invocations while the function is replaced. All but the waiting happens under the lock of the <see cref="InvocationQueue"/>.</summary>
internal sealed class PauseGate
{
    private volatile TaskCompletionSource? _paused;
    private TaskCompletionSource? _idle;

    public bool IsClosed => _paused is not null;

    /// <summary>Ends at once while the gate is open, else when it opens.</summary>
    public Task WhileClosedAsync(CancellationToken cancellationToken) => _paused?.Task.WaitAsync(cancellationToken) ?? Task.CompletedTask;

    /// <param name="isIdle">True while no invocation runs.</param>
    /// <returns>Completes when no invocation runs.</returns>
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

    /// <summary>The last invocation has ended.</summary>
    public void NoteIdle() => _idle?.TrySetResult();
}
