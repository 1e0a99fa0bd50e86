using System.Net;
using Amazon.S3;

namespace ResizeImage.Storage;

/// <summary>A request that S3 refused with 403: the message of S3, and advice for its cause.</summary>
internal static class AccessRefusal
{
    /// <summary>The message of S3 if it names no cause.</summary>
    private const string Unexplained = "Access Denied";

    /// <summary>Whether S3 refused access without a cause.</summary>
    public static bool IsUnexplained(AmazonS3Exception exception) =>
        exception is { StatusCode: HttpStatusCode.Forbidden, ErrorCode: "AccessDenied" } && exception.Message == Unexplained;

    /// <summary>Whether S3 refused because the bucket is Requester Pays.</summary>
    public static bool IsRequesterPays(AmazonS3Exception exception) =>
        exception.StatusCode == HttpStatusCode.Forbidden
        && (exception.Message.Contains("requester pays", StringComparison.OrdinalIgnoreCase)
            || exception.Message.Contains("request-payer", StringComparison.OrdinalIgnoreCase));

    /// <summary>The message of S3, and what to do.</summary>
    /// <param name="denied">The refusal.</param>
    /// <param name="needed">The permission that the request needs, for refusals that name none: "s3:GetObject on the object".</param>
    /// <param name="owner">The account that the bucket must belong to by the settings; null if none is set.</param>
    public static string Explain(AmazonS3Exception denied, string needed, string? owner)
    {
        string said = StorageException.Said(denied);
        return said + denied.ErrorCode switch
        {
            "RequestTimeTooSkewed" or "RequestExpired" or "RequestInTheFuture" =>
                " The clock of the machine is wrong; no permission is missing. Correct the clock.",
            "SignatureDoesNotMatch" =>
                " No permission is missing. Check AWS_SECRET_ACCESS_KEY, and that no proxy changes the request.",
            "InvalidAccessKeyId" or "InvalidToken" or "ExpiredToken" or "TokenRefreshRequired" or "InvalidSecurity" or "UnrecognizedClientException" =>
                " S3 does not accept the function's credentials; no permission is missing. Check AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_SESSION_TOKEN.",
            "AllAccessDisabled" or "AccountProblem" or "NotSignedUp" =>
                " AWS has blocked the bucket or its account; no permission is missing. Ask AWS Support.",
            _ => Permission(denied.Message, needed, owner),
        };
    }

    /// <summary>"User: ARN is not authorized to perform: kms:Decrypt on resource: ARN because no identity-based policy allows the kms:Decrypt action"</summary>
    private static string Permission(string message, string needed, string? owner)
    {
        if (Between(message, "not authorized to perform: ", " ") is not { } action)
        {
            string otherOwner = owner is null ? string.Empty : $" Or the bucket does not belong to the account {owner}, the expected bucket owner of the settings.";
            return $" The function's role needs {needed}, and for a KMS key kms:Decrypt and kms:GenerateDataKey; the policies of the bucket and of a VPC endpoint must not forbid it.{otherOwner}";
        }

        if (message.Contains("explicit deny", StringComparison.OrdinalIgnoreCase))
        {
            return $" A policy denies {action}, and no permission of the role outweighs that: change the policy that S3 names.";
        }

        string where = action.StartsWith("kms:", StringComparison.Ordinal) ? "the KMS key, in the key's policy and in that of the function's role" : "this resource";
        return Between(message, "because no ", " allow") is { } policy and not "identity-based policy"
            ? $" The {policy} must allow {action} on {where}."
            : $" The function's role needs {action} on {where}.";
    }

    private static string? Between(string text, string before, string after)
    {
        int start = text.IndexOf(before, StringComparison.OrdinalIgnoreCase) + before.Length;
        int end = start < before.Length ? -1 : text.IndexOf(after, start, StringComparison.OrdinalIgnoreCase);
        return end > start ? text[start..end] : null;
    }
}
