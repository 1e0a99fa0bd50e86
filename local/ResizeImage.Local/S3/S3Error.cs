using System.Globalization;
using ResizeImage.Local.S3.Signing;

namespace ResizeImage.Local.S3;

/// <summary>The errors of this server, in S3's words where these help.</summary>
internal static class S3Error
{
    public static S3Exception NoSuchBucket(string bucket) =>
        new(404, "NoSuchBucket", "The specified bucket does not exist", ("BucketName", bucket));

    public static S3Exception NoSuchKey(string key) =>
        new(404, "NoSuchKey", "The specified key does not exist.", ("Key", key));

    public static S3Exception NoSuchUpload(string uploadId) =>
        new(404, "NoSuchUpload", "The specified upload does not exist. The upload ID may be invalid, or the upload may have been aborted or completed.", ("UploadId", uploadId));

    public static S3Exception NoSuchVersion(string key, string version) =>
        new(404, "NoSuchVersion", "The specified version does not exist: buckets here are not versioned, the only version is 'null'.", ("Key", key), ("VersionId", version));

    public static S3Exception BucketNotEmpty(string bucket) =>
        new(409, "BucketNotEmpty", "The bucket you tried to delete is not empty", ("BucketName", bucket));

    public static S3Exception BucketAlreadyOwnedByYou(string bucket) =>
        new(409, "BucketAlreadyOwnedByYou", "Your previous request to create the named bucket succeeded and you already own it.", ("BucketName", bucket));

    public static S3Exception ServiceUnavailable() => new(503, "ServiceUnavailable", "The server is about to stop.");

    public static S3Exception SlowDown() => new(503, "SlowDown", "Please reduce your request rate.");

    public static S3Exception InvalidBucketName(string bucket) =>
        new(400, "InvalidBucketName", "The specified bucket is not valid: 3 to 63 of a-z, 0-9, '-' and '.', starting and ending with a letter or digit, no two dots in a row, not formatted as an IP address, no reserved prefix or suffix such as xn-- or -s3alias.", ("BucketName", bucket));

    public static S3Exception KeyTooLong(int bytes) =>
        new(400, "KeyTooLongError", "Your key is too long", ("Size", Text(bytes)), ("MaxSizeAllowed", Text(S3Limits.MaxKeyBytes)));

    public static S3Exception InvalidUri() => new(400, "InvalidURI", "Couldn't parse the specified URI.");

    /// <summary>InvalidArgument in S3's own words.</summary>
    public static S3Exception Argument(string message, string name, string? value) =>
        new(400, "InvalidArgument", message, ("ArgumentName", name), ("ArgumentValue", value ?? ""));

    public static S3Exception InvalidArgument(string name, string? value, string expected) =>
        new(400, "InvalidArgument", $"The argument is not valid: expected {expected}.", ("ArgumentName", name), ("ArgumentValue", value ?? ""));

    public static S3Exception InvalidRequest(string message) => new(400, "InvalidRequest", message);

    public static S3Exception InvalidRange(string range, long size) =>
        new(416, "InvalidRange", "The requested range is not satisfiable", ("RangeRequested", range), ("ActualObjectSize", Text(size)));

    public static S3Exception InvalidPartNumber(string number, int parts) =>
        new(416, "InvalidPartNumber", "The requested partnumber is not satisfiable", ("PartNumberRequested", number), ("ActualPartCount", Text(parts)));

    public static S3Exception InvalidPart(int number) =>
        new(400, "InvalidPart", "One or more of the specified parts could not be found. The part may not have been uploaded, or the specified entity tag may not match the part's entity tag.", ("PartNumber", Text(number)));

    public static S3Exception InvalidPartOrder() =>
        new(400, "InvalidPartOrder", "The list of parts was not in ascending order. Parts must be ordered by part number.");

    public static S3Exception EntityTooSmall(long size, long min, params (string Name, string Value)[] details) => new(
        400, "EntityTooSmall", "Your proposed upload is smaller than the minimum allowed size", [.. details, ("ProposedSize", Text(size)), ("MinSizeAllowed", Text(min))]);

    public static S3Exception EntityTooLarge(long size, long max) =>
        new(400, "EntityTooLarge", "Your proposed upload exceeds the maximum allowed size", ("ProposedSize", Text(size)), ("MaxSizeAllowed", Text(max)));

    public static S3Exception MetadataTooLarge(int size) =>
        new(400, "MetadataTooLarge", "Your metadata headers exceed the maximum allowed metadata size", ("Size", Text(size)), ("MaxSizeAllowed", Text(S3Limits.MaxMetadataBytes)));

    public static S3Exception InvalidTag(string message, string key) => new(400, "InvalidTag", message, ("TagKey", key));

    public static S3Exception IncompleteBody(long expected, long found) =>
        new(400, "IncompleteBody", $"You did not provide the number of bytes specified: {Text(expected)} were announced, {Text(found)} arrived.");

    public static S3Exception MissingContentLength() =>
        new(411, "MissingContentLength", "You must provide the Content-Length HTTP header.");

    public static S3Exception InvalidDigest(string header, string value) =>
        new(400, "InvalidDigest", $"The value of {header} is not the base64 form of such a digest.", ("ArgumentValue", value));

    public static S3Exception BadDigest(string header, string expected, string found) =>
        new(400, "BadDigest", $"The {header} you specified did not match what we received.", ("ExpectedDigest", expected), ("CalculatedDigest", found));

    public static S3Exception ContentSha256Mismatch(string expected, string found) =>
        new(400, "XAmzContentSHA256Mismatch", "The provided 'x-amz-content-sha256' header does not match what was computed.", ("ClientComputedContentSHA256", expected), ("S3ComputedContentSHA256", found));

    public static S3Exception MalformedXml(string what) =>
        new(400, "MalformedXML", $"The XML you provided was not well-formed or did not validate against our published schema: {what}.");

    public static S3Exception PreconditionFailed(string condition) =>
        new(412, "PreconditionFailed", "At least one of the pre-conditions you specified did not hold", ("Condition", condition));

    public static S3Exception HeaderNotImplemented(string header) =>
        new(501, "NotImplemented", $"A header you provided implies functionality that is not implemented: {header}.", ("Header", header));

    public static S3Exception OperationNotImplemented(string operation) =>
        new(501, "NotImplemented", $"This local S3 does not implement {operation}.");

    public static S3Exception MethodNotAllowed(string method) =>
        new(405, "MethodNotAllowed", "The specified method is not allowed against this resource.", ("Method", method));

    public static S3Exception AccessDenied(string message, params (string Name, string Value)[] details) => new(403, "AccessDenied", message, details);

    public static S3Exception Expired(DateTime end, DateTime now) =>
        AccessDenied("Request has expired", ("Expires", Text(end)), ("ServerTime", Text(now)));

    public static S3Exception InvalidAccessKeyId(string id) =>
        new(403, "InvalidAccessKeyId", $"The AWS Access Key Id you provided does not exist in our records. Presigned URLs and forms for this local S3 are signed with the access key '{LocalCredentials.AccessKeyId}' and the secret '{LocalCredentials.SecretAccessKey}'.", ("AWSAccessKeyId", id));

    public static S3Exception SignatureDoesNotMatch(string signature, string stringToSign, params (string Name, string Value)[] details) => new(
        403, "SignatureDoesNotMatch", "The request signature we calculated does not match the signature you provided. Check your key and signing method.",
        [("AWSAccessKeyId", LocalCredentials.AccessKeyId), ("StringToSign", stringToSign), ("SignatureProvided", signature), .. details]);

    public static S3Exception MalformedPostRequest() =>
        new(400, "MalformedPOSTRequest", "The body of your POST request is not well-formed multipart/form-data.");

    public static S3Exception InvalidPolicyDocument(string what) => new(400, "InvalidPolicyDocument", $"Invalid Policy: {what}.");

    public static S3Exception AgainstPolicy(string what) => AccessDenied($"Invalid according to Policy: {what}");

    public static S3Exception AuthorizationQueryParameters(string message) => new(400, "AuthorizationQueryParametersError", message);

    private static string Text(DateTime utc) => utc.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
