namespace ResizeImage.Deadlines;

/// <summary>The time that one photo may take: to be read, to be made into a thumbnail, and for the thumbnail to be written.</summary>
internal sealed class PhotoTime : IDisposable
{
    /// <summary>A photo that took this part of an invocation's whole time would not fit into an invocation of its own either.</summary>
    private const double NearlyAll = 0.75;

    private readonly CancellationTokenSource _end;
    private readonly TimeSpan? _whole;

    /// <summary>Takes over <paramref name="end"/>. Use <see cref="InvocationTime.ForPhoto"/>.</summary>
    public PhotoTime(CancellationTokenSource end, TimeSpan? whole, bool isShare, TimeProvider clock, CancellationToken afterwards)
    {
        _end = end;
        _whole = whole;
        Clock = clock;
        Afterwards = afterwards;
        IsShare = isShare;
    }

    /// <summary>Canceled when the work on the photo must end.</summary>
    public CancellationToken Token => _end.Token;

    /// <summary>For deleting an old thumbnail and writing a report after the photo's time: canceled when only the answer may follow.</summary>
    public CancellationToken Afterwards { get; }

    /// <summary>Whether other photos wait, so that this one has a share of the time only.</summary>
    public bool IsShare { get; }

    /// <summary>Measures the work on the photo.</summary>
    public TimeProvider Clock { get; }

    /// <summary>For a photo without an invocation: no end.</summary>
    public static PhotoTime Endless() => new(new CancellationTokenSource(), null, isShare: false, TimeProvider.System, CancellationToken.None);

    /// <summary>Whether that is nearly all the time that an invocation has.</summary>
    public bool IsNearlyAll(TimeSpan time) => _whole is { } whole && time >= whole * NearlyAll;

    public void Dispose() => _end.Dispose();
}
