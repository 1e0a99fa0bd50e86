using Amazon.S3;
using Amazon.S3.Model;
using ResizeImage.Configuration;
using ResizeImage.Imaging;

namespace ResizeImage.Tests.Histories;

/// <summary>
/// A random history, the same for the same seed: a photo is put, replaced, broken and deleted; each change is told by one event or
/// two, in any order and at any time; invocations of the function run at the same time, their requests interleaved one by one; some
/// requests fail, some invocations die, and what failed comes again, as Lambda and SQS have it.
/// </summary>
internal sealed class History
{
    private const int Contents = 4;

    /// <summary>How much more often a fast invocation gets on than a slow one, which writes when others have done everything.</summary>
    private const int Fast = 10;

    private readonly Random _random;
    private readonly IAmazonS3 _s3;
    private readonly Settings _settings;
    private readonly Func<Notice, Task<bool>> _invoke;
    private readonly string _name;
    private readonly List<Notice> _underway = [];
    private readonly List<(Invocation Invocation, int Pace)> _running = [];
    private int _changes;
    private int _faults;

    /// <summary>Prepares a history.</summary>
    /// <param name="seed">Decides everything.</param>
    /// <param name="s3">From <see cref="InterleavedS3"/>.</param>
    /// <param name="settings">Of the function.</param>
    /// <param name="invoke">Invokes it; false where something is to be done again.</param>
    public History(int seed, IAmazonS3 s3, Settings settings, Func<Notice, Task<bool>> invoke)
    {
        _random = new Random(seed);
        _s3 = s3;
        _settings = settings;
        _invoke = invoke;
        _name = $"{seed}";
        _changes = _random.Next(2, 9);
        _faults = _random.Next(0, 5);
    }

    /// <summary>How many requests to S3 the invocations made.</summary>
    public int Requests { get; private set; }

    /// <summary>Lets it happen, to the end.</summary>
    public async Task RunAsync()
    {
        while (_changes > 0 || _underway.Count > 0 || _running.Count > 0)
        {
            await NextAsync();
            await Task.WhenAll(_running.Select(running => running.Invocation.Stopped));
            _underway.AddRange(_running
                .Where(running => running.Invocation.Succeeded == false)
                .Select(running => running.Invocation.Notice with { Delivery = running.Invocation.Notice.Delivery + 1 }));
            _running.RemoveAll(running => running.Invocation.Succeeded is not null);
        }
    }

    /// <summary>The errors at the end; empty if there are none.</summary>
    public async Task<IReadOnlyList<string>> FindViolationsAsync()
    {
        List<string> violations = [];
        byte[]? photo = await ReadAsync(_settings.InputPrefix + _name);
        (byte[] Data, OutputFormat Format)? thumbnail = photo is null ? null : TracingThumbnailer.Of(photo);
        foreach ((ThumbnailOutput output, OutputFormat format) in _settings.Outputs.SelectMany(output => OutputFormat.All.Select(format => (output, format))))
        {
            bool namedByFormat = _settings.OutputKey.PossibleKeys(_name, output).Length > 1;
            Thumbnail named = new([], format, output.Options.Width, output.Options.Height, new TracingThumbnailer().Identify(default), 1, null);
            byte[]? found = await ReadAsync(_settings.OutputPrefix + _settings.OutputKey.Expand(_name, output, named));
            bool expected = thumbnail is not null && (thumbnail.Value.Format == format || !namedByFormat);
            string? violation = (expected, found) switch
            {
                (true, null) => "has no thumbnail",
                (true, not null) when !found.AsSpan().SequenceEqual(TracingThumbnailer.DataOf(thumbnail!.Value.Data, output.Options)) => "has the thumbnail of another photo",
                (false, not null) => photo is null ? "is gone and has a thumbnail" : "has a thumbnail that it should not have",
                _ => null,
            };
            if (violation is not null)
            {
                violations.Add($"{_name} {violation}");
            }
        }

        return violations;
    }

    private Task NextAsync()
    {
        List<Func<Task>> possible = [];
        if (_changes > 0)
        {
            possible.AddRange(Enumerable.Repeat<Func<Task>>(ChangeAsync, Fast / 2));
        }

        if (_underway.Count > 0)
        {
            possible.AddRange(Enumerable.Repeat<Func<Task>>(Deliver, Fast / 2));
        }

        possible.AddRange(_running.SelectMany(running => Enumerable.Repeat<Func<Task>>(() => GoOn(running.Invocation), running.Pace)));
        return possible[_random.Next(possible.Count)]();
    }

    private async Task ChangeAsync()
    {
        _changes--;
        string key = _settings.InputPrefix + _name;
        bool remove = _random.Next(3) == 0;
        if (remove)
        {
            await _s3.DeleteObjectAsync(PhotoBucket.Name, key);
        }
        else
        {
            // Few contents, so that a photo gets an earlier content again.
            await PhotoBucket.PutAsync(_s3, key, [(byte)_random.Next(Contents), 1, 2, 3]);
        }

        Notice notice = new(key, remove ? "ObjectRemoved:Delete" : "ObjectCreated:Put", ThroughSqs: _random.Next(2) == 0);
        _underway.AddRange(Enumerable.Repeat(notice, _random.Next(4) == 0 ? 2 : 1));
    }

    private Task Deliver()
    {
        int index = _random.Next(_underway.Count);
        _running.Add((Invocation.Start(_underway[index], _invoke), _random.Next(3) == 0 ? 1 : Fast));
        _underway.RemoveAt(index);
        return Task.CompletedTask;
    }

    private Task GoOn(Invocation invocation)
    {
        Requests++;
        Fate fate = _faults > 0 && _random.Next(5) == 0 ? (Fate)_random.Next(1, 7) : Fate.Done;
        _faults -= fate == Fate.Done ? 0 : 1;
        invocation.GoOn(fate);
        return Task.CompletedTask;
    }

    private async Task<byte[]?> ReadAsync(string key)
    {
        try
        {
            using GetObjectResponse response = await _s3.GetObjectAsync(PhotoBucket.Name, key);
            using MemoryStream body = new();
            await response.ResponseStream.CopyToAsync(body);
            return body.ToArray();
        }
        catch (AmazonS3Exception exception) when (exception.ErrorCode == "NoSuchKey")
        {
            return null;
        }
    }
}
