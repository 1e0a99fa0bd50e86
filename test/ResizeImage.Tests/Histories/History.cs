using Amazon.S3;
using Amazon.S3.Model;
using ResizeImage.Configuration;
using ResizeImage.Imaging;

namespace ResizeImage.Tests.Histories;

/// <summary>
/// A random history, the same for the same seed: a photo is put, replaced, broken and deleted; each change is told by one event or
/// two, in any order and at any time; thumbnails are asked for over HTTP; the list of sizes changes; invocations of the function run at the same
/// time, their requests interleaved one by one; some requests fail, some invocations die, and what failed comes again, as Lambda, SQS and
/// whoever loads a page have it.
/// </summary>
internal sealed class History
{
    private const int Contents = 4;

    /// <summary>How much more often a fast invocation gets on than a slow one, which writes when others have done everything.</summary>
    private const int Fast = 10;

    private readonly Random _random;
    private readonly IAmazonS3 _s3;
    private readonly Settings[] _eras;
    private readonly Func<Notice, Task<bool>> _invoke;

    /// <summary>What the photo was, one after the other; null for none.</summary>
    private readonly List<byte[]?> _contents = [null];

    private readonly string _name;
    private readonly List<Notice> _underway = [];
    private readonly List<string> _violations = [];
    private readonly List<(Invocation Invocation, int Pace)> _running = [];
    private readonly int _changeWeight = Fast / 2;
    private int _changes;
    private int _requests;
    private int _faults;

    /// <summary>Prepares a history.</summary>
    /// <param name="seed">Decides everything.</param>
    /// <param name="s3">From <see cref="InterleavedS3"/>.</param>
    /// <param name="eras">The settings of the function, one after the other; they differ in the list of sizes.</param>
    /// <param name="invoke">Invokes it; false where something is to be done again.</param>
    public History(int seed, IAmazonS3 s3, Settings[] eras, Func<Notice, Task<bool>> invoke)
    {
        _random = new Random(seed);
        _s3 = s3;
        _eras = eras;
        _invoke = invoke;
        _name = $"{seed}";
        _changes = _random.Next(2, 9);
        _faults = _random.Next(0, 5);
        if (eras.Any(settings => settings.OnRequestOutputs.Any()))
        {
            // Thumbnails are asked for between changes: these are rarer, so that what is under way gets on before the next one.
            _requests = _random.Next(2, 12);
            _changeWeight = _random.Next(1, 4);
            _changes = _random.Next(2, 5);
        }
    }

    /// <summary>Which of the settings the function has now.</summary>
    public int Era { get; private set; }

    /// <summary>How many requests to S3 the invocations made.</summary>
    public int Requests { get; private set; }

    /// <summary>Lets it happen, to the end.</summary>
    public async Task RunAsync()
    {
        while (_changes > 0 || _requests > 0 || _underway.Count > 0 || _running.Count > 0)
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
        byte[]? photo = await ReadAsync(_eras[0].InputPrefix + _name);
        (byte[] Data, OutputFormat Format)? thumbnail = photo is null ? null : TracingThumbnailer.Of(photo);
        foreach ((ThumbnailOutput output, OutputFormat format) in _eras.SelectMany(settings => settings.Outputs).SelectMany(output => OutputFormat.All.Select(format => (output, format))))
        {
            bool namedByFormat = _eras[0].OutputKey.PossibleKeys(_name, output).Length > 1;
            byte[]? found = await ReadAsync(KeyOf(output, format));
            bool allowed = thumbnail is not null && (thumbnail.Value.Format == format || !namedByFormat);

            // Without a reconciliation, no event makes what the list got later.
            bool expected = allowed && _eras.All(settings => settings.UploadOutputs.Contains(output));
            string? violation = (allowed, found) switch
            {
                (_, null) => expected ? "has no thumbnail" : null,
                (true, not null) when !OptionsOf(output.Name).Any(options => found.AsSpan().SequenceEqual(TracingThumbnailer.DataOf(thumbnail!.Value.Data, options))) => "has the thumbnail of another photo",
                (false, not null) => photo is null ? "is gone and has a thumbnail" : "has a thumbnail that it should not have",
                _ => null,
            };
            if (violation is not null)
            {
                _violations.Add($"{_name} {violation}: {output.Name}");
            }
        }

        return _violations;
    }

    /// <summary>Judges an answer: it must suit the photo at some time between the request and the answer.</summary>
    /// <returns>False where the client asks again.</returns>
    public bool Accept(Notice request, HttpResult answer)
    {
        IEnumerable<byte[]?> contents = _contents.Skip(request.Since);
        bool isRight = answer.Status switch
        {
            200 => contents.Any(photo => photo is not null && TracingThumbnailer.Of(photo) is { } thumbnail
                && OptionsOf(request.Output!).Any(options => answer.Body.AsSpan().SequenceEqual(TracingThumbnailer.DataOf(thumbnail.Data, options)))),
            404 => contents.Any(photo => photo is null || (_eras[0].OutputKey.PossibleKeys(_name, _eras[0].Outputs[0]).Length > 1 && TracingThumbnailer.Of(photo) is not null)),
            415 => contents.Any(photo => photo is not null && TracingThumbnailer.Of(photo) is null),
            _ => answer.Status == 503,
        };
        if (!isRight)
        {
            _violations.Add($"{_name} was answered with {answer.Status}: {request.Key}");
        }

        return answer.Status != 503;
    }

    private IEnumerable<ThumbnailOptions> OptionsOf(string name) =>
        _eras.SelectMany(settings => settings.Outputs).Where(output => output.Name == name).Select(output => output.Options);

    private string KeyOf(ThumbnailOutput output, OutputFormat format)
    {
        Thumbnail named = new([], format, output.Options.Width, output.Options.Height, new TracingThumbnailer().Identify(default), 1, null);
        return _eras[0].OutputPrefix + _eras[0].OutputKey.Expand(_name, output, named);
    }

    private Task NextAsync()
    {
        List<Func<Task>> possible = [];
        if (_changes > 0)
        {
            possible.AddRange(Enumerable.Repeat<Func<Task>>(ChangeAsync, _changeWeight));
        }

        if (_requests > 0)
        {
            possible.AddRange(Enumerable.Repeat<Func<Task>>(Ask, Fast / 3));
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
        string key = _eras[0].InputPrefix + _name;
        bool remove = _random.Next(3) == 0;
        if (remove)
        {
            await _s3.DeleteObjectAsync(PhotoBucket.Name, key);
            _contents.Add(null);
        }
        else
        {
            // Few contents, so that a photo gets an earlier content again.
            byte[] content = [(byte)_random.Next(Contents), 1, 2, 3];
            await PhotoBucket.PutAsync(_s3, key, content);
            _contents.Add(content);
        }

        Era = _eras.Length > 1 && Era == 0 && _random.Next(3) == 0 ? 1 : Era;

        Notice notice = new(key, remove ? "ObjectRemoved:Delete" : "ObjectCreated:Put", ThroughSqs: _random.Next(2) == 0);
        _underway.AddRange(Enumerable.Repeat(notice, _random.Next(4) == 0 ? 2 : 1));
    }

    /// <summary>A request for a thumbnail, by any of its names.</summary>
    private Task Ask()
    {
        _requests--;
        ThumbnailOutput[] outputs = [.. _random.Next(4) == 0 ? _eras[Era].Outputs : _eras[Era].OnRequestOutputs];
        ThumbnailOutput output = outputs[_random.Next(outputs.Length)];
        string[] keys = _eras[Era].OutputKey.PossibleKeys(_name, output);
        _underway.Add(new Notice(keys[_random.Next(keys.Length)], "GET", ThroughSqs: false) { Output = output.Name });
        return Task.CompletedTask;
    }

    private Task Deliver()
    {
        int index = _random.Next(_underway.Count);
        _running.Add((Invocation.Start(_underway[index] with { Since = _contents.Count - 1 }, _invoke), _random.Next(3) == 0 ? 1 : Fast));
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
