using ResizeImage.Local.S3.Operations;

namespace ResizeImage.Local.S3.Signing;

/// <summary>
/// Verifies that the local user signed a form's policy, by signature version 4 or 2: "Authenticating requests: browser-based
/// uploads using POST" in the Amazon S3 API Reference.
/// </summary>
internal static class PostSignature
{
    /// <exception cref="S3Exception">InvalidAccessKeyId, SignatureDoesNotMatch, AccessDenied: it is not signed.</exception>
    public static void Verify(PostForm form)
    {
        string policy = form["policy"];
        string signature = form["x-amz-signature"];
        bool isSigned = signature.Length > 0 || form["signature"].Length > 0;
        if (policy.Length == 0 && !isSigned)
        {
            throw S3Error.AccessDenied("Access Denied: a form needs the fields policy and x-amz-signature");
        }

        if (policy.Length == 0 || !isSigned)
        {
            string missing = isSigned ? "policy" : "signature";
            throw S3Error.Argument($"Bucket POST must contain a field named '{missing}'.  If it is specified, please check the order of the fields.", missing, null);
        }

        if (signature.Length > 0)
        {
            CredentialScope scope = CredentialScope.TryParse(form["x-amz-credential"])
                ?? throw S3Error.InvalidArgument("x-amz-credential", form["x-amz-credential"], "ACCESS-KEY-ID/YYYYMMDD/REGION/s3/aws4_request");
            if (form["x-amz-algorithm"] != SignatureV4.Algorithm)
            {
                throw S3Error.InvalidArgument("x-amz-algorithm", form["x-amz-algorithm"], SignatureV4.Algorithm);
            }

            Check(scope.AccessKeyId, signature, SignatureV4.Sign(scope, policy), policy);
        }
        else
        {
            Check(form["AWSAccessKeyId"], form["signature"], PresignedUrlV2.Sign(policy), policy);
        }
    }

    private static void Check(string accessKeyId, string signature, string expected, string policy)
    {
        LocalCredentials.CheckAccessKeyId(accessKeyId);
        if (!LocalCredentials.AreEqual(signature, expected))
        {
            throw S3Error.SignatureDoesNotMatch(signature, policy);
        }
    }
}
