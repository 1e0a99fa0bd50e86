using System.Text;
using ResizeImage.Local.Lambda;

namespace ResizeImage.Local.Tests.Lambda;

/// <summary>The pause in which a function's process is replaced.</summary>
public sealed class InvocationQueueTests : IDisposable
{
    private readonly InvocationQueue _queue = new(new RuntimeApiOptions());

    public void Dispose() => _queue.Dispose();

    [Fact]
    public async Task A_pause_begins_when_the_current_invocation_is_answered()
    {
        Invocation invocation = _queue.Send(Payload("1"), InvocationType.Event);
        Assert.Same(invocation, await _queue.NextAsync(CancellationToken.None));
        Task paused = _queue.PauseAsync();
        Assert.False(paused.IsCompleted);
        Assert.True(_queue.TryComplete(invocation.RequestId, Payload("done")));
        await paused;
    }

    [Fact]
    public async Task A_pause_delivers_no_invocation_and_loses_none()
    {
        // One process waits already, and is replaced by another.
        Task<Invocation> waiting = _queue.NextAsync(CancellationToken.None);
        await _queue.PauseAsync();
        Invocation first = _queue.Send(Payload("1"), InvocationType.Event);
        Invocation second = _queue.Send(Payload("2"), InvocationType.Event);
        Task<Invocation> replacement = _queue.NextAsync(CancellationToken.None);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        Assert.Equal([InvocationState.Queued, InvocationState.Queued], [first.State, second.State]);
        Assert.False(replacement.IsCompleted);

        _queue.Resume();
        List<Invocation> got = new() { await replacement };
        Assert.True(_queue.TryComplete(got[0].RequestId, Payload("done")));
        got.Add(await _queue.NextAsync(CancellationToken.None));
        Assert.Equal(new[] { first.RequestId, second.RequestId }.Order(), got.Select(invocation => invocation.RequestId).Order());
        Assert.Equal([1, 1], got.Select(invocation => invocation.Attempts));
    }

    private static byte[] Payload(string text) => Encoding.UTF8.GetBytes($"\"{text}\"");
}
