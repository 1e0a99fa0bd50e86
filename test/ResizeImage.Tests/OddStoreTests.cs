using System.Text;
using ResizeImage.Reports;

namespace ResizeImage.Tests;

/// <summary>S3-compatible stores whose answers differ from those of S3.</summary>
public class OddStoreTests
{
    private static readonly byte[] Photo = Pictures.Jpeg48x32;

    [Theory]
    [InlineData("\"0x8DC5C2F1A8B0E00\"", "0x8DC5C2F1A8B0E00")] // Azure
    [InlineData("\"CKCO7f/Ul4MDEAE=\"", "CKCO7f/Ul4MDEAE=")] // Google
    [InlineData("W/\"0123456789abcdef\"", "0123456789abcdef")]
    [InlineData("0123456789abcdef", "0123456789abcdef")]
    [InlineData("null", "null")]
    [InlineData("\"ffffffffffffffffffffffffffffffff\"", "ffffffffffffffffffffffffffffffff")] // like an MD5, of something else
    [InlineData("\"0123456789abcdef0123456789abcdef-3\"", "0123456789abcdef0123456789abcdef-3")]
    [InlineData("\"\"", "")]
    [InlineData(null, "")]
    public async Task An_ETag_may_be_anything(string? etag, string kept)
    {
        string[] headers = etag is null ? [] : [$"ETag: {etag}"];
        await using ScriptedServer server = new(request => ScriptedAnswer.Of(200, request.Method == "GET" ? Photo : [], headers));
        using FunctionRun run = new($"http://{server.Address}");
        RecordResult result = await run.InvokeOneAsync(FunctionRun.Put("photos", "input/a.jpg"));
        Assert.Equal((RecordStatus.Made, null), (result.Status, result.Reason));
        Assert.Equal(kept, server.Requests.Single(request => request.Method == "PUT")["x-amz-meta-source-etag"] ?? string.Empty);
    }

    [Theory]
    [InlineData("W/\"0123\"", "\"0123\"")]
    [InlineData("\"0x8DC5\"", "\"0x8DC5\"")]
    public async Task A_repeat_reads_the_photo_only_if_its_ETag_has_changed(string etag, string asked)
    {
        string kept = etag.Trim('W', '/', '"');
        await using ScriptedServer server = new(request => request switch
        {
            { Method: "PUT" } => ScriptedAnswer.Stored,
            _ when request.Target.StartsWith("/photos/output/", StringComparison.Ordinal) => ScriptedAnswer.Of(200, [], $"x-amz-meta-source-etag: {kept}"),
            _ => ScriptedAnswer.Of(200, request.Method == "GET" ? Photo : [], $"ETag: {etag}"),
        });
        using FunctionRun run = new($"http://{server.Address}", "DELETE_THUMBNAILS=true");
        await run.InvokeOneAsync(FunctionRun.Put("photos", "input/a.jpg", "ObjectRemoved:Delete"));

        // Made with other settings, by its metadata: read in any case.
        Assert.Null(server.Requests.Single(request => request.Method == "GET")["If-None-Match"]);
        string settings = server.Requests.Single(request => request.Method == "PUT")["x-amz-meta-thumbnail-settings"]!;
        string id = server.Requests.Single(request => request.Method == "PUT")["x-amz-meta-source-id"]!;

        await using ScriptedServer second = new(request => request.Target.StartsWith("/photos/output/", StringComparison.Ordinal)
            ? ScriptedAnswer.Of(200, [], $"x-amz-meta-source-etag: {kept}", $"x-amz-meta-thumbnail-settings: {settings}", $"x-amz-meta-source-id: {id}")
            : ScriptedAnswer.Of(304, [], $"ETag: {etag}"));
        using FunctionRun again = new($"http://{second.Address}");
        Assert.Equal(RecordStatus.Skipped, (await again.InvokeOneAsync(FunctionRun.Put("photos", "input/a.jpg", "ObjectRemoved:Delete"))).Status);
        Assert.Equal(asked, second.Requests.Single(request => request.Method == "GET")["If-None-Match"]);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(100)]
    [InlineData(int.MaxValue)]
    public async Task A_body_may_come_in_chunks(int chunk)
    {
        await using ScriptedServer server = new(request => request.Method == "GET" ? Chunked(Photo, chunk, "0\r\n\r\n") : ScriptedAnswer.Stored);
        using FunctionRun run = new($"http://{server.Address}");
        RecordResult result = await run.InvokeOneAsync(FunctionRun.Put("photos", "input/a.jpg"));
        Assert.Equal((RecordStatus.Made, Photo.Length), (result.Status, (int)result.BytesIn!));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_truncated_body_in_chunks_is_read_again(bool everyTime)
    {
        int gets = 0;
        await using ScriptedServer server = new(request =>
            request.Method != "GET" ? ScriptedAnswer.Stored
            : gets++ == 0 || everyTime ? Chunked(Photo, 100, string.Empty) with { Then = Afterwards.Reset }
            : Chunked(Photo, 100, "0\r\n\r\n"));
        using FunctionRun run = new($"http://{server.Address}");
        Assert.Equal(everyTime ? RecordStatus.Failed : RecordStatus.Made, (await run.InvokeOneAsync(FunctionRun.Put("photos", "input/a.jpg"))).Status);
        Assert.Equal(everyTime ? 3 : 2, gets);
    }

    [Fact]
    public async Task A_body_in_chunks_is_not_read_beyond_the_limit()
    {
        await using ScriptedServer server = new(request => request.Method == "GET"
            ? Chunked(new byte[3 << 20], 1 << 16, string.Empty) with { Then = Afterwards.Stall }
            : ScriptedAnswer.Stored);
        using FunctionRun run = new($"http://{server.Address}", "MAX_FILE_BYTES=2M");
        RecordResult result = await run.InvokeOneAsync(FunctionRun.Put("photos", "input/a.jpg"));
        Assert.Equal(
            (RecordStatus.Rejected, "The file has more than 2,097,152 bytes; the limit is 2,097,152. Upload a smaller image or raise MAX_FILE_BYTES."),
            (result.Status, result.Reason));
    }

    [Fact]
    public async Task A_body_with_neither_length_nor_chunks_is_not_accepted_as_complete()
    {
        await using ScriptedServer server = new(request => request.Method == "GET"
            ? new ScriptedAnswer([.. "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n"u8, .. Photo], Afterwards.Reset)
            : ScriptedAnswer.Stored);
        using FunctionRun run = new($"http://{server.Address}");
        Assert.Equal(RecordStatus.Failed, (await run.InvokeOneAsync(FunctionRun.Put("photos", "input/a.jpg"))).Status);
    }

    /// <summary>The function passes the ETag around the SDK by metadata, so metadata of the object must not replace it.</summary>
    [Fact]
    public async Task Metadata_of_the_photo_cannot_pretend_to_be_its_ETag()
    {
        await using ScriptedServer server = new(request => request.Method == "GET"
            ? ScriptedAnswer.Of(200, Photo, ScriptedAnswer.ETag, "x-amz-meta-resizeimage-etag: forged", "x-amz-meta-resizeimage-chunked: true")
            : ScriptedAnswer.Stored);
        using FunctionRun run = new($"http://{server.Address}");
        Assert.Equal(RecordStatus.Made, (await run.InvokeOneAsync(FunctionRun.Put("photos", "input/a.jpg"))).Status);
        Assert.Equal(ScriptedAnswer.ETag["ETag: ".Length..].Trim('"'), server.Requests.Single(request => request.Method == "PUT")["x-amz-meta-source-etag"]);
    }

    private static ScriptedAnswer Chunked(byte[] body, int size, string end)
    {
        List<byte> bytes = [.. Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\n{ScriptedAnswer.ETag}\r\nTransfer-Encoding: chunked\r\n\r\n")];
        foreach (byte[] chunk in body.Chunk(size))
        {
            bytes.AddRange([.. Encoding.ASCII.GetBytes($"{chunk.Length:x}\r\n"), .. chunk, .. "\r\n"u8]);
        }

        return new ScriptedAnswer([.. bytes, .. Encoding.ASCII.GetBytes(end)]);
    }
}
