using System.IO.Compression;
using ResizeImage.Imaging;
using ResizeImage.Reports;

namespace ResizeImage.Tests;

/// <summary>Objects that were compressed before they were uploaded.</summary>
public class ContentEncodingTests
{
    private static readonly byte[] Photo = Pictures.Jpeg48x32;

    [Theory]
    [InlineData("gzip")]
    [InlineData("x-gzip")]
    [InlineData("GZIP")]
    [InlineData("aws-chunked,gzip")]
    [InlineData("gzip, aws-chunked")]
    [InlineData("br")]
    [InlineData("identity")]
    [InlineData("aws-chunked")]
    [InlineData("")]
    public async Task A_photo_is_decoded_by_its_Content_Encoding(string encoding)
    {
        byte[] stored = encoding.Contains("gzip", StringComparison.OrdinalIgnoreCase) ? GZip(Photo) : encoding == "br" ? Brotli(Photo) : Photo;
        (RecordResult result, byte[]? thumbnail) = await MakeAsync(encoding, stored);
        Assert.Equal((RecordStatus.Made, null, Photo.Length), (result.Status, result.Reason, (int)result.BytesIn!));
        Assert.Equal(new Thumbnailer().Make(Photo, new ThumbnailOptions()).Data, thumbnail);
    }

    [CorpusFact]
    public async Task A_photo_that_another_program_compressed_is_read()
    {
        byte[] stored = await File.ReadAllBytesAsync(Corpus.Files("field", "B11-gzip-content-encoding.jpg").Single());
        (RecordResult result, _) = await MakeAsync("gzip", stored);
        Assert.Equal((RecordStatus.Made, 640, 480), (result.Status, result.SourceWidth, result.SourceHeight));
    }

    [Fact]
    public async Task A_photo_of_several_gzip_members_is_read()
    {
        (RecordResult result, _) = await MakeAsync("gzip", [.. GZip(Photo[..100]), .. GZip(Photo[100..])]);
        Assert.Equal((RecordStatus.Made, Photo.Length), (result.Status, (int)result.BytesIn!));
    }

    [Theory]
    [InlineData("gzip", 1)]
    [InlineData("gzip", 8)]
    [InlineData("gzip", 9)]
    [InlineData("gzip", 200)]
    [InlineData("br", 1)]
    [InlineData("br", 200)]
    public async Task Truncated_compressed_data_are_refused(string encoding, int missing)
    {
        byte[] stored = encoding == "br" ? Brotli(Photo) : GZip(Photo);
        (RecordResult result, _) = await MakeAsync(encoding, stored[..^missing]);
        Assert.Equal(
            (RecordStatus.Rejected, $"The object is stored with Content-Encoding {encoding}, and its data end too early. Upload the complete file."), (result.Status, result.Reason));
    }

    [Theory]
    [InlineData(-6, "CRC-32")]
    [InlineData(-1, "length")]
    [InlineData(0, "signature")]
    [InlineData(2, "method")]
    [InlineData(20, "data")]
    public async Task Corrupt_compressed_data_are_refused(int position, string what)
    {
        byte[] stored = GZip(Photo);
        stored[position < 0 ? stored.Length + position : position] ^= 0xFF;
        (RecordResult result, _) = await MakeAsync("gzip", stored);
        Assert.True(result.Status == RecordStatus.Rejected, what);
        Assert.Equal("The object is stored with Content-Encoding gzip, and its data are corrupt. Upload an undamaged copy.", result.Reason);
    }

    [Theory]
    [InlineData("gzip", 21_000)]
    [InlineData("br", 100)]
    public async Task A_decompression_bomb_is_not_unpacked_beyond_the_limit(string encoding, int largest)
    {
        byte[] zeros = new byte[20 << 20];
        byte[] stored = encoding == "br" ? Brotli(zeros) : GZip(zeros);
        Assert.InRange(stored.Length, 1, largest);
        long before = GC.GetTotalAllocatedBytes();
        (RecordResult result, _) = await MakeAsync(encoding, stored, "MAX_FILE_BYTES=4M");
        Assert.Equal(
            (RecordStatus.Rejected, "The file has more than 4,194,304 bytes; the limit is 4,194,304. Upload a smaller image or raise MAX_FILE_BYTES."),
            (result.Status, result.Reason));
        Assert.InRange(GC.GetTotalAllocatedBytes() - before, 0, 100 << 20); // with what other tests allocate meanwhile
    }

    [Fact]
    public async Task A_photo_of_exactly_the_limit_is_read()
    {
        byte[] photo = [.. Photo, .. new byte[(2 << 20) - Photo.Length]];
        Assert.Equal(RecordStatus.Made, (await MakeAsync("gzip", GZip(photo), "MAX_FILE_BYTES=2M")).Result.Status);
        Assert.Equal(RecordStatus.Rejected, (await MakeAsync("gzip", GZip([.. photo, 0]), "MAX_FILE_BYTES=2M")).Result.Status);
    }

    [Theory]
    [InlineData("deflate")]
    [InlineData("zstd")]
    [InlineData("gzip, gzip")]
    [InlineData("gzip,br")]
    public async Task Other_codings_are_refused_by_name(string encoding)
    {
        (RecordResult result, _) = await MakeAsync(encoding, Photo);
        Assert.Equal(
            (RecordStatus.Rejected, $"The object is stored with Content-Encoding \"{encoding}\"; the function supports gzip and br. Upload it without Content-Encoding."),
            (result.Status, result.Reason));
    }

    [Fact]
    public async Task A_truncated_response_is_not_reported_as_a_corrupt_photo()
    {
        byte[] stored = GZip(Photo);
        int gets = 0;
        await using ScriptedServer server = new(request => request.Method != "GET" ? ScriptedAnswer.Stored
            : gets++ == 0 ? ScriptedAnswer.Partial(200, stored[..200], stored.Length, Afterwards.Reset, "Content-Encoding: gzip", ScriptedAnswer.ETag)
            : ScriptedAnswer.Of(200, stored, "Content-Encoding: gzip", ScriptedAnswer.ETag));
        using FunctionRun run = new($"http://{server.Address}");
        Assert.Equal(RecordStatus.Made, (await run.InvokeOneAsync(FunctionRun.Put("photos", "input/a.jpg"))).Status);
    }

    /// <summary>.NET's decompression is another one in each version and under Native AOT.</summary>
    [Fact]
    public async Task The_executable_reads_and_refuses_the_same()
    {
        (string Encoding, byte[] Stored)[] objects = [("gzip", GZip(Photo)), ("br", Brotli(Photo)), ("gzip", GZip(Photo)[..^8]), ("br", Brotli(Photo)[..^9])];
        int gets = 0;
        await using ScriptedServer s3 = new(request => request.Method == "GET"
            ? ScriptedAnswer.Of(200, objects[gets].Stored, $"Content-Encoding: {objects[gets++].Encoding}", ScriptedAnswer.ETag)
            : ScriptedAnswer.Stored);
        RuntimeScript script = new([.. objects.Select((_, i) => RuntimeScript.Event("put.json", $"id-{i}"))]);
        await using ScriptedServer api = new(script.Answer);
        using FunctionExecutable function = new(api.Address, $"http://{s3.Address}");
        await script.WaitForIdleAsync(function);
        string[] lines = [.. function.Output.Split('\n').Where(line => line.Contains("\tmade s3:", StringComparison.Ordinal) || line.Contains("\trejected s3:", StringComparison.Ordinal))];
        Assert.Equal(4, lines.Length);
        Assert.All(lines[..2], line => Assert.Contains("\tmade s3:", line, StringComparison.Ordinal));
        Assert.All(lines[2..], line => Assert.Contains("data end too early. Upload the complete file.", line, StringComparison.Ordinal));
    }

    private static async Task<(RecordResult Result, byte[]? Thumbnail)> MakeAsync(string encoding, byte[] stored, params string[] environment)
    {
        await using ScriptedServer server = new(request =>
            request.Method == "GET" ? ScriptedAnswer.Of(200, stored, $"Content-Encoding: {encoding}", ScriptedAnswer.ETag) : ScriptedAnswer.Stored);
        using FunctionRun run = new($"http://{server.Address}", environment);
        RecordResult result = await run.InvokeOneAsync(FunctionRun.Put("photos", "input/a.jpg"));
        Assert.DoesNotContain("nexpected exception", run.Log, StringComparison.Ordinal);
        return (result, server.Requests.FirstOrDefault(request => request.Method == "PUT")?.Body);
    }

    private static byte[] GZip(byte[] content) => Compress(content, stream => new GZipStream(stream, CompressionLevel.SmallestSize));

    private static byte[] Brotli(byte[] content) => Compress(content, stream => new BrotliStream(stream, CompressionLevel.SmallestSize));

    private static byte[] Compress(byte[] content, Func<Stream, Stream> compress)
    {
        MemoryStream compressed = new();
        using (Stream stream = compress(compressed))
        {
            stream.Write(content);
        }

        return compressed.ToArray();
    }
}
