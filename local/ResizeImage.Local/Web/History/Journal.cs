using ResizeImage.Local.Events;
using ResizeImage.Local.Lambda;

namespace ResizeImage.Local.Web.History;

/// <summary>
/// The data of the page: the photos and the last invocations. A reader first gets everything,
/// then changes.
/// </summary>
/// <param name="possiblePlaces">Where the thumbnails of a photo can be; see <see cref="PhotoTable"/>.</param>
internal sealed class Journal(string bucket, string inputPrefix, Func<string, IReadOnlyList<ThumbnailPlace>> possiblePlaces)
{
    private readonly object _lock = new();
    private readonly PhotoTable _photos = new(bucket, inputPrefix, possiblePlaces);
    private readonly InvocationTable _invocations = new();
    private readonly List<JournalReader> _readers = [];

    /// <summary>Something happened in S3.</summary>
    public void Note(ObjectEvent happened)
    {
        lock (_lock)
        {
            if (_photos.Apply(happened) is { } key)
            {
                // The invocation may arrive before this event.
                if (_invocations.LatestOf(key) is { } invocation)
                {
                    _photos.Apply(invocation);
                }

                Tell(reader => reader.Photos.Add(key));
            }
        }
    }

    /// <summary>An object from before the start.</summary>
    /// <param name="found">The object, as the event of its creation.</param>
    public void NoteFound(ObjectEvent found)
    {
        lock (_lock)
        {
            if (_photos.Find(found.Key) is null)
            {
                Note(found);
            }
        }
    }

    /// <summary>An invocation was queued, began, or ended.</summary>
    public void Note(Invocation invocation)
    {
        lock (_lock)
        {
            InvocationRecord record = _invocations.Apply(invocation);
            _photos.Apply(record);
            Tell(reader =>
            {
                reader.Invocations.Add(record.Id);
                reader.Photos.UnionWith(record.Keys);
            });
        }
    }

    /// <summary>The function wrote a line.</summary>
    public void NoteLog(string line)
    {
        lock (_lock)
        {
            _invocations.AddLog(line);
        }
    }

    /// <summary>The function's configuration changed.</summary>
    public void NoteConfiguration()
    {
        lock (_lock)
        {
            _invocations.EndProcess();
            Tell(reader => reader.Configuration = true);
        }
    }

    /// <summary>The invocation of that request id; null if it is unknown, or too long ago.</summary>
    public InvocationDetails? FindInvocation(string id)
    {
        lock (_lock)
        {
            return _invocations.Find(id)?.Details;
        }
    }

    /// <summary>The photo of that key; null if there is none.</summary>
    public Photo? FindPhoto(string key)
    {
        lock (_lock)
        {
            return _photos.Find(key);
        }
    }

    /// <summary>A new reader; dispose it to end the reading.</summary>
    public JournalReader Read()
    {
        lock (_lock)
        {
            JournalReader reader = new(this);
            _readers.Add(reader);
            return reader;
        }
    }

    internal void End(JournalReader reader)
    {
        lock (_lock)
        {
            _readers.Remove(reader);
        }
    }

    /// <summary>Everything for a new reader, then what it has not seen.</summary>
    internal JournalChange Take(JournalReader reader)
    {
        lock (_lock)
        {
            JournalChange change = reader.HasRead
                ? new JournalChange(
                    [.. reader.Photos.Select(_photos.Find).OfType<Photo>()],
                    [.. reader.Photos.Where(key => _photos.Find(key) is null)],
                    [.. reader.Invocations.Select(_invocations.Find).OfType<InvocationRecord>().Select(record => record.Summary)],
                    reader.Configuration)
                : new JournalChange([.. _photos.All], [], [.. _invocations.All.Select(record => record.Summary)], Configuration: true);
            reader.Clear();
            return change;
        }
    }

    private void Tell(Action<JournalReader> mark)
    {
        foreach (JournalReader reader in _readers)
        {
            mark(reader);
            reader.Wake();
        }
    }
}

/// <summary>A part of the journal.</summary>
/// <param name="Configuration">Whether the function's configuration is new to the reader.</param>
internal sealed record JournalChange(
    IReadOnlyList<Photo> Photos, IReadOnlyList<string> Removed, IReadOnlyList<InvocationSummary> Invocations, bool Configuration);
