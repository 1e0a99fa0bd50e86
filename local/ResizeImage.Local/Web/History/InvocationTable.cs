using System.Text.RegularExpressions;
using ResizeImage.Local.Lambda;

namespace ResizeImage.Local.Web.History;

/// <summary>The last invocations, and who wrote which line of the log.</summary>
internal sealed partial class InvocationTable
{
    private const int MaxInvocations = 1000;
    private const int MaxInitLines = 100;

    private readonly Dictionary<string, InvocationRecord> _records = new(StringComparer.Ordinal);
    private readonly Queue<string> _order = new();
    private readonly List<string> _initLog = [];
    private InvocationRecord? _current;

    /// <summary>The oldest first.</summary>
    public IEnumerable<InvocationRecord> All => _order.Select(id => _records[id]);

    public InvocationRecord? Find(string id) => _records.GetValueOrDefault(id);

    /// <summary>The last one whose event tells of that key.</summary>
    public InvocationRecord? LatestOf(string key) => All.LastOrDefault(record => record.Keys.Contains(key));

    /// <summary>Takes note of where an invocation is now.</summary>
    public InvocationRecord Apply(Invocation invocation)
    {
        if (!_records.TryGetValue(invocation.RequestId, out InvocationRecord? record))
        {
            record = new InvocationRecord(invocation);
            _records[record.Id] = record;
            _order.Enqueue(record.Id);
            if (_order.Count > MaxInvocations)
            {
                _records.Remove(_order.Dequeue());
            }
        }

        record.Update(invocation);
        if (invocation.State == InvocationState.Running)
        {
            Begin(record);
        }

        return record;
    }

    /// <summary>Gives a line to the invocation whose request id it has, else to the one being worked on.</summary>
    public void AddLog(string line)
    {
        InvocationRecord? named = RequestId().Matches(line).Select(match => Find(match.Value)).FirstOrDefault(record => record is not null);
        if ((named ?? _current) is { } record)
        {
            record.AddLog(line);
        }
        else if (_initLog.Count < MaxInitLines)
        {
            _initLog.Add(line);
        }
    }

    /// <summary>A new process is about to start: what comes now is of its initialization.</summary>
    public void EndProcess() => _current = null;

    private void Begin(InvocationRecord record)
    {
        _current = record;
        _initLog.ForEach(record.AddLog);
        _initLog.Clear();
    }

    [GeneratedRegex("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")]
    private static partial Regex RequestId();
}
