using System.Globalization;
using Microsoft.Extensions.Primitives;

namespace ResizeImage.Local.S3.Content;

/// <summary>Receives bodies: decodes aws-chunked, bounds the size, verifies lengths and digests.</summary>
internal static class RequestBody
{
    private const string ChecksumPrefix = "x-amz-checksum-";

    /// <summary>Streams the body to <paramref name="destination"/>.</summary>
    /// <param name="destination">Has the body afterwards; undefined after an exception.</param>
    /// <param name="limit">The most bytes that are accepted.</param>
    /// <param name="alsoDigest">A checksum to compute even if the request has none; or null.</param>
    /// <param name="checksumIsOfBody">False where x-amz-checksum-* is the checksum of something else, as in CompleteMultipartUpload.</param>
    /// <exception cref="S3Exception">The body is not what the headers say, or over the limit.</exception>
    public static async Task<ReceivedBody> ReceiveAsync(
        HttpRequest request, Stream destination, long limit, string? alsoDigest = null, bool checksumIsOfBody = true)
    {
        string payload = request.Headers["x-amz-content-sha256"].ToString();
        AwsChunkedStream? chunked = payload.StartsWith("STREAMING-", StringComparison.Ordinal) ? new AwsChunkedStream(request.BodyReader) : null;
        long announced = AnnouncedLength(request, chunked is not null);
        if (announced > limit)
        {
            throw S3Error.EntityTooLarge(announced, limit);
        }

        string? checksum = checksumIsOfBody ? ChecksumAlgorithm(request) ?? alsoDigest : null;
        bool hashed = payload.Length == 64;
        using Digest md5 = Digest.Create("md5");
        using Digest? sha256 = hashed ? Digest.Create("sha256") : null;
        using Digest? sent = checksum is null ? null : Digest.Create(checksum);
        Digest[] digests = [.. new[] { md5, sha256, sent }.OfType<Digest>()];
        Stream body = (Stream?)chunked ?? request.Body;
        CancellationToken aborted = request.HttpContext.RequestAborted;
        long size = await DigestingCopy.RunAsync(body, destination, digests, announced, aborted);

        // Reading to the end also reads the trailers.
        size += await body.ReadAsync(new byte[1], aborted);
        if (size != announced)
        {
            throw S3Error.IncompleteBody(announced, size);
        }

        byte[] md5Value = md5.Finish();
        if (request.Headers.ContentMD5.Count > 0)
        {
            string expected = request.Headers.ContentMD5.ToString();
            Verify("Content-MD5", expected, md5Value, () => S3Error.InvalidDigest("Content-MD5", expected));
        }

        if (sha256 is not null)
        {
            string found = Convert.ToHexString(sha256.Finish());
            if (!string.Equals(found, payload, StringComparison.OrdinalIgnoreCase))
            {
                throw S3Error.ContentSha256Mismatch(payload, found);
            }
        }

        return new ReceivedBody(size, md5Value, checksum is null ? null : VerifyChecksum(request, chunked, checksum, sent!.Finish()));
    }

    /// <summary>The checksum algorithm that the request names in a header, or null.</summary>
    /// <exception cref="S3Exception">One that S3 does not have.</exception>
    public static string? ChecksumAlgorithm(HttpRequest request)
    {
        string[] sent = [.. Digest.Checksums.Where(known => request.Headers.ContainsKey(ChecksumPrefix + known))];
        if (sent.Length > 0)
        {
            return sent.Length == 1
                ? sent[0]
                : throw S3Error.InvalidRequest("Expecting a single x-amz-checksum- header. Multiple checksum Types are not allowed.");
        }

        string trailer = request.Headers["x-amz-trailer"].ToString().Trim().ToLowerInvariant();
        string named = trailer.StartsWith(ChecksumPrefix, StringComparison.Ordinal)
            ? trailer[ChecksumPrefix.Length..]
            : Named(request).ToLowerInvariant();
        return named.Length == 0 ? null : Digest.Checksums.Contains(named)
            ? named
            : throw S3Error.InvalidRequest($"The checksum algorithm '{named}' is not one of {string.Join(", ", Digest.Checksums)}.");
    }

    private static ReceivedChecksum VerifyChecksum(HttpRequest request, AwsChunkedStream? chunked, string algorithm, byte[] value)
    {
        string header = ChecksumPrefix + algorithm;
        string? expected = request.Headers.TryGetValue(header, out StringValues inHeader) ? inHeader.ToString() : chunked?.Trailers.GetValueOrDefault(header);
        if (expected is null && request.Headers["x-amz-trailer"].ToString().Trim().Equals(header, StringComparison.OrdinalIgnoreCase))
        {
            throw S3Error.InvalidRequest($"The trailer {header}, announced in x-amz-trailer, is missing.");
        }

        if (expected is not null)
        {
            Verify(header, expected, value, () => S3Error.InvalidRequest($"Value for {header} header is invalid."));
        }

        return new ReceivedChecksum(algorithm, value);
    }

    private static string Named(HttpRequest request)
    {
        string bySdk = request.Headers["x-amz-sdk-checksum-algorithm"].ToString();
        return bySdk.Length > 0 ? bySdk : request.Headers["x-amz-checksum-algorithm"].ToString();
    }

    private static long AnnouncedLength(HttpRequest request, bool chunked)
    {
        if (!chunked)
        {
            return request.ContentLength ?? throw S3Error.MissingContentLength();
        }

        string decoded = request.Headers["x-amz-decoded-content-length"].ToString();
        return long.TryParse(decoded, NumberStyles.None, CultureInfo.InvariantCulture, out long length)
            ? length
            : throw S3Error.MissingContentLength();
    }

    private static void Verify(string header, string expected, byte[] found, Func<S3Exception> invalid)
    {
        byte[] value = new byte[found.Length];
        if (!Convert.TryFromBase64String(expected, value, out int length) || length != found.Length)
        {
            throw invalid();
        }

        if (!value.AsSpan().SequenceEqual(found))
        {
            throw S3Error.BadDigest(header, expected, Convert.ToBase64String(found));
        }
    }
}
