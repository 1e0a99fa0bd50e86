using System.Net;
using Amazon.S3;
using ResizeImage.Imaging;

namespace ResizeImage.Local.Web;

/// <summary>
/// Small versions of photos for the page's cards: a dozen photos of phones would be some 40 MB. The page's server makes them
/// with the function's engine, one at a time, and keeps the last ones.
/// </summary>
internal sealed class Previews(PhotoStorage storage) : IDisposable
{
    /// <summary>Photos of at most so many bytes are shown themselves.</summary>
    public const long SmallPhotoBytes = 60_000;

    // A card's box is 187 CSS pixels wide, and screens have up to two pixels for each.
    private const int Side = 400;
    private const long MaxKeptBytes = 32 << 20;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private static readonly ThumbnailOptions Options = new()
    {
        Width = Side,
        Height = Side,
        Fit = ThumbnailFit.Inside,
        Quality = 75,

        // Less than the function takes: this process has no limit of memory of its own.
        Limits = new ImageLimits { MaxPixels = 120_000_000, MaxFileBytes = 64 << 20, MaxDecodedBytes = 192 << 20, MaxWork = 600_000_000 },
    };

    private readonly SemaphoreSlim _making = new(1, 1);
    private readonly Dictionary<string, Preview> _kept = new(StringComparer.Ordinal);
    private readonly Queue<string> _order = new();
    private readonly Thumbnailer _engine = new() { DecodesHevc = !bool.TryParse(Environment.GetEnvironmentVariable(Thumbnailer.HevcVariable), out bool decodes) || decodes };
    private long _keptBytes;

    public void Dispose() => _making.Dispose();

    /// <summary>The preview of a photo.</summary>
    /// <param name="etag">Of the version that is meant, without quotes.</param>
    /// <returns>Null if there is no such version of it, or the engine does not read it.</returns>
    public async Task<Preview?> GetAsync(string key, string etag, CancellationToken cancellationToken)
    {
        await _making.WaitAsync(cancellationToken);
        try
        {
            string version = $"{etag} {key}";
            if (!_kept.TryGetValue(version, out Preview? preview) && await MakeAsync(key, etag, cancellationToken) is { } made)
            {
                preview = made;
                Keep(version, made);
            }

            return preview;
        }
        finally
        {
            _making.Release();
        }
    }

    private async Task<Preview?> MakeAsync(string key, string etag, CancellationToken cancellationToken)
    {
        using CancellationTokenSource patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        try
        {
            byte[] file = await storage.ReadAsync(key, etag, Options.Limits.MaxFileBytes, patience.Token);
            Thumbnail made = await Task.Run(() => _engine.Make(file, Options, patience.Token), patience.Token);
            return new Preview(made.Data, made.ContentType);
        }
        catch (AmazonS3Exception e) when (e.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.PreconditionFailed)
        {
            return null;
        }
        catch (ImageException)
        {
            return null;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return null;
        }
    }

    private void Keep(string version, Preview preview)
    {
        _kept[version] = preview;
        _order.Enqueue(version);
        _keptBytes += preview.Data.Length;
        while (_keptBytes > MaxKeptBytes)
        {
            _kept.Remove(_order.Dequeue(), out Preview? oldest);
            _keptBytes -= oldest!.Data.Length;
        }
    }
}

internal sealed record Preview(byte[] Data, string ContentType);
