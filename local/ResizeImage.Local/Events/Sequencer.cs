namespace ResizeImage.Local.Events;

/// <summary>Numbers that increase, across restarts too: the time in units of 100 ns, made unique.</summary>
internal sealed class Sequencer
{
    private long _last;

    /// <summary>18 hexadecimal digits, as S3 has them.</summary>
    public string Next()
    {
        while (true)
        {
            long last = Volatile.Read(ref _last);
            long next = Math.Max(last + 1, DateTime.UtcNow.Ticks);
            if (Interlocked.CompareExchange(ref _last, next, last) == last)
            {
                return next.ToString("X18", null);
            }
        }
    }
}
