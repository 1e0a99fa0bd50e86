using ResizeImage.Imaging;

namespace ResizeImage.Tests.Support;

/// <summary>Takes as long for a photo as its content says, by a clock that it moves itself; ends as the engine does when it is canceled.</summary>
/// <param name="clock">Moved.</param>
internal sealed class SlowThumbnailer(TestClock clock) : IThumbnailer
{
    private const byte SecondsFollow = 0x5A;

    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(50);

    /// <summary>Takes longer than any invocation.</summary>
    public static byte[] Poison { get; } = Photo(255);

    /// <summary>Runs once, during the next slow photo.</summary>
    public Action? Meanwhile { get; set; }

    /// <summary>A photo whose thumbnail takes that many seconds.</summary>
    public static byte[] Photo(byte seconds) => [.. Pictures.Jpeg48x32, SecondsFollow, seconds];

    public Thumbnail[] Make(ReadOnlyMemory<byte> file, IReadOnlyList<ThumbnailOptions> outputs, CancellationToken cancellationToken)
    {
        if (file.Span[^2] == SecondsFollow)
        {
            Meanwhile?.Invoke();
            Meanwhile = null;
            for (TimeSpan worked = TimeSpan.Zero; worked < TimeSpan.FromSeconds(file.Span[^1]); worked += Step)
            {
                cancellationToken.ThrowIfCancellationRequested();
                clock.Advance(Step);
            }
        }

        return new Thumbnailer().Make(file, outputs, cancellationToken);
    }

    public ImageInfo Identify(ReadOnlyMemory<byte> file) => new Thumbnailer().Identify(file);
}
