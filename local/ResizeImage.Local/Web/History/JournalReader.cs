namespace ResizeImage.Local.Web.History;

/// <summary>
/// Somebody who follows the journal. What changes is marked, not queued: a slow reader skips what was in between, and holds
/// no more than one mark for each photo and invocation.
/// </summary>
internal sealed class JournalReader(Journal journal) : IDisposable
{
    private readonly SemaphoreSlim _news = new(1, 1);

    /// <summary>Keys of photos that changed. Used under the journal's lock.</summary>
    public HashSet<string> Photos { get; } = new(StringComparer.Ordinal);

    /// <summary>Ids of invocations that changed. Used under the journal's lock.</summary>
    public HashSet<string> Invocations { get; } = new(StringComparer.Ordinal);

    /// <summary>Whether the configuration changed. Used under the journal's lock.</summary>
    public bool Configuration { get; set; }

    /// <summary>Whether anything was taken.</summary>
    public bool HasRead { get; private set; }

    /// <summary>Waits for changes and returns them; the first time, everything.</summary>
    /// <param name="patience">Null comes back if nothing is new for so long.</param>
    public async Task<JournalChange?> NextAsync(TimeSpan patience, CancellationToken cancellationToken) =>
        await _news.WaitAsync(patience, cancellationToken) ? journal.Take(this) : null;

    public void Dispose()
    {
        journal.End(this);
        _news.Dispose();
    }

    internal void Clear()
    {
        Photos.Clear();
        Invocations.Clear();
        Configuration = false;
        HasRead = true;
    }

    internal void Wake()
    {
        if (_news.CurrentCount == 0)
        {
            _news.Release();
        }
    }
}
