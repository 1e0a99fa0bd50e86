using ResizeImage.Local.Events;
using ResizeImage.Local.Lambda;
using ResizeImage.Local.Web.History;

namespace ResizeImage.Local.Web;

/// <summary>Copies the events of a cloud to the journal.</summary>
internal sealed class Recorder : IAsyncDisposable
{
    private readonly LocalCloud _cloud;
    private readonly Journal _journal;
    private readonly ObjectEventSubscription _events;
    private Task _reading = Task.CompletedTask;

    private Recorder(LocalCloud cloud, Journal journal)
    {
        _cloud = cloud;
        _journal = journal;
        _events = cloud.S3.ObjectEvents.Subscribe();
    }

    /// <summary>Records existing objects, then events.</summary>
    public static async Task<Recorder> StartAsync(LocalCloud cloud, PhotoStorage storage, Journal journal)
    {
        Recorder recorder = new(cloud, journal);
        cloud.Lambda.Queue.Changed += recorder.OnInvocation;
        if (cloud.Function is { } function)
        {
            function.Updated += journal.NoteConfiguration;
        }

        await foreach (ObjectEvent found in storage.ListAsync())
        {
            journal.NoteFound(found);
        }

        recorder._reading = recorder.ReadAsync();
        return recorder;
    }

    public async ValueTask DisposeAsync()
    {
        _cloud.Lambda.Queue.Changed -= OnInvocation;
        if (_cloud.Function is { } function)
        {
            function.Updated -= _journal.NoteConfiguration;
        }

        _events.Dispose();
        await _reading;
    }

    private async Task ReadAsync()
    {
        await foreach (ObjectEvent happened in _events)
        {
            _journal.Note(happened);
        }
    }

    private void OnInvocation(Invocation invocation) => _journal.Note(invocation);
}
