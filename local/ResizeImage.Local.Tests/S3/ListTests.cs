using Amazon.S3.Model;
using ResizeImage.Local.S3.Storage;
using ResizeImage.Local.Tests.Support;

namespace ResizeImage.Local.Tests.S3;

/// <summary>Lists of keys, page by page, against a slow and obvious reference.</summary>
public sealed class ListTests : S3Fixture
{
    private static readonly string[] Keys =
    [
        "a.jpg", "a/1.jpg", "a/2.jpg", "a/b/1.jpg", "a/b/2.jpg", "a/c/d/1.jpg", "a//x", "a-b", "b/", "b/x", "input/été.jpg", "z z", "z+z", "~", "\uFF5E", "\U0001F600",
    ];

    [Theory]
    [InlineData("", "")]
    [InlineData("", "/")]
    [InlineData("a", "/")]
    [InlineData("a/", "/")]
    [InlineData("a/b", "")]
    [InlineData("b/", "/")]
    [InlineData("", "b")]
    [InlineData("none", "/")]
    [InlineData("a/", "b/")]
    public async Task Pages_of_any_size_have_every_key_once(string prefix, string delimiter)
    {
        foreach (string key in Keys)
        {
            await S3.PutObjectAsync(new PutObjectRequest { BucketName = Bucket, Key = key, ContentBody = key });
        }

        string[] expected = [.. Reference(prefix, delimiter)];
        for (int maxKeys = 1; maxKeys <= Keys.Length + 1; maxKeys++)
        {
            Assert.Equal(expected, await ListV2Async(prefix, delimiter, maxKeys));
            Assert.Equal(expected, await ListV1Async(prefix, delimiter, maxKeys));
        }
    }

    [Fact]
    public async Task Start_after_begins_after_a_key()
    {
        foreach (string key in Keys)
        {
            await S3.PutObjectAsync(new PutObjectRequest { BucketName = Bucket, Key = key, ContentBody = key });
        }

        ListObjectsV2Response page = await S3.ListObjectsV2Async(new ListObjectsV2Request { BucketName = Bucket, StartAfter = "a/b/1.jpg", MaxKeys = 2 });
        Assert.Equal(["a/b/2.jpg", "a/c/d/1.jpg"], page.S3Objects.Select(o => o.Key));
        Assert.True(page.IsTruncated);
        Assert.Equal(2, page.KeyCount);
    }

    [Fact]
    public void The_order_is_that_of_the_UTF_8_bytes()
    {
        string[] texts = ["", "a", "aa", "\u00e9", "\ud7ff", "\ue000", "\uffee", "\U00010000", "\U0010FFFF", "a\uffee", "a\U00010000"];
        foreach (string x in texts)
        {
            foreach (string y in texts)
            {
                int expected = System.Text.Encoding.UTF8.GetBytes(x).AsSpan().SequenceCompareTo(System.Text.Encoding.UTF8.GetBytes(y));
                Assert.Equal(Math.Sign(expected), Math.Sign(Utf8Order.Instance.Compare(x, y)));
            }
        }
    }

    private static IEnumerable<string> Reference(string prefix, string delimiter) => Keys
        .Where(key => key.StartsWith(prefix, StringComparison.Ordinal))
        .Select(key =>
        {
            int at = delimiter.Length == 0 ? -1 : key.IndexOf(delimiter, prefix.Length, StringComparison.Ordinal);
            return at < 0 ? key : "prefix " + key[..(at + delimiter.Length)];
        })
        .Distinct()
        .Order(StringComparer.Ordinal);

    private async Task<string[]> ListV2Async(string prefix, string delimiter, int maxKeys)
    {
        List<string> items = new();
        ListObjectsV2Request request = new() { BucketName = Bucket, Prefix = prefix, Delimiter = delimiter, MaxKeys = maxKeys };
        ListObjectsV2Response page;
        do
        {
            page = await S3.ListObjectsV2Async(request);
            Add(items, page.S3Objects, page.CommonPrefixes, maxKeys);
            request.ContinuationToken = page.NextContinuationToken;
        }
        while (page.IsTruncated == true);
        return [.. items.Order(StringComparer.Ordinal)];
    }

    private async Task<string[]> ListV1Async(string prefix, string delimiter, int maxKeys)
    {
        List<string> items = new();
        ListObjectsRequest request = new() { BucketName = Bucket, Prefix = prefix, Delimiter = delimiter, MaxKeys = maxKeys };
        ListObjectsResponse page;
        do
        {
            page = await S3.ListObjectsAsync(request);
            Add(items, page.S3Objects, page.CommonPrefixes, maxKeys);
            request.Marker = page.NextMarker ?? page.S3Objects?[^1].Key;
        }
        while (page.IsTruncated == true);
        return [.. items.Order(StringComparer.Ordinal)];
    }

    private static void Add(List<string> items, List<S3Object>? objects, List<string>? prefixes, int maxKeys)
    {
        string[] page = [.. (objects ?? []).Select(o => o.Key), .. (prefixes ?? []).Select(prefix => "prefix " + prefix)];
        Assert.True(page.Length <= maxKeys);
        items.AddRange(page);
    }
}
