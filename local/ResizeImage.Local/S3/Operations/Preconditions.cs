using System.Globalization;
using ResizeImage.Local.S3.Storage;

namespace ResizeImage.Local.S3.Operations;

/// <summary>"Conditional requests" in the Amazon S3 User Guide; RFC 9110 section 13.</summary>
internal static class Preconditions
{
    /// <summary>Objects here have one version, null.</summary>
    /// <exception cref="S3Exception">NoSuchVersion.</exception>
    public static void CheckVersion(S3Call call)
    {
        string version = call.Query("versionId");
        if (version is not ("" or "null"))
        {
            throw S3Error.NoSuchVersion(call.Key, version);
        }
    }

    /// <summary>Whether an object may be read.</summary>
    /// <param name="prefix">Before the names of the headers: empty, or x-amz-copy-source- for the source of a copy.</param>
    /// <returns>False if the client's copy is current (304).</returns>
    /// <exception cref="S3Exception">PreconditionFailed.</exception>
    public static bool CheckRead(S3Call call, StoredObject stored, string prefix = "")
    {
        string? ifMatch = call.Header(prefix + "If-Match");
        if (ifMatch is not null && !Matches(ifMatch, stored.ETag))
        {
            throw S3Error.PreconditionFailed("If-Match");
        }

        // A condition on the ETag that holds overrides one on the date.
        if (ifMatch is null && Date(call, prefix + "If-Unmodified-Since") is { } unmodified && stored.LastModified > unmodified)
        {
            throw S3Error.PreconditionFailed("If-Unmodified-Since");
        }

        string? ifNoneMatch = call.Header(prefix + "If-None-Match");
        return ifNoneMatch is not null
            ? !Matches(ifNoneMatch, stored.ETag)
            : !(Date(call, prefix + "If-Modified-Since") is { } modified && stored.LastModified <= modified);
    }

    /// <summary>Whether an object may be replaced, or made where <paramref name="existing"/> is null.</summary>
    /// <exception cref="S3Exception">PreconditionFailed, NoSuchKey, NotImplemented.</exception>
    public static void CheckWrite(S3Call call, string key, StoredObject? existing)
    {
        string? ifNoneMatch = call.Header("If-None-Match");
        if (ifNoneMatch is not (null or "*"))
        {
            // "Conditional writes": S3 has this header for * only.
            throw S3Error.HeaderNotImplemented($"If-None-Match: {ifNoneMatch}");
        }

        if (call.Header("If-Match") is { } ifMatch && !Matches(ifMatch, (existing ?? throw S3Error.NoSuchKey(key)).ETag))
        {
            throw S3Error.PreconditionFailed("If-Match");
        }

        if (ifNoneMatch is not null && existing is not null)
        {
            throw S3Error.PreconditionFailed("If-None-Match");
        }
    }

    private static bool Matches(string condition, string etag) =>
        condition.Split(',', StringSplitOptions.TrimEntries).Any(one => one == "*" || one.Trim('"') == etag);

    private static DateTime? Date(S3Call call, string header) =>
        DateTime.TryParse(call.Header(header), CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal | DateTimeStyles.AssumeUniversal, out DateTime date)
            ? date
            : null;
}
