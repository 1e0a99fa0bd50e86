using Amazon.CDK.AWS.Lambda;

namespace ResizeImage.Cdk;

/// <summary>The function's URL, as in template.yaml. Its path is the thumbnail's key below output/.</summary>
internal static class ThumbnailUrl
{
    private const string SignedRequests = "AWS_IAM";

    /// <summary>A URL for everyone.</summary>
    /// <param name="thumbnails">The function.</param>
    /// <param name="corsOrigin">The site whose scripts may read thumbnails; null for none.</param>
    public static CfnUrl AddPublic(Thumbnails thumbnails, string? corsOrigin)
    {
        CfnUrl url = Add(thumbnails, "NONE");
        if (corsOrigin is not null)
        {
            url.Cors = new CfnUrl.CorsProperty { AllowOrigins = [corsOrigin], AllowMethods = ["GET", "HEAD"], ExposeHeaders = ["etag", "server-timing"], MaxAge = 86400 };
        }

        Allow(thumbnails, "Anyone", "*", null, "NONE");
        return url;
    }

    /// <summary>A URL for signed requests alone, such as those of CloudFront.</summary>
    public static CfnUrl AddSigned(Thumbnails thumbnails) => Add(thumbnails, SignedRequests);

    /// <summary>Lets a distribution use the URL.</summary>
    /// <param name="thumbnails">The function.</param>
    /// <param name="distributionArn">The ARN of the distribution.</param>
    public static void AllowCloudFront(Thumbnails thumbnails, string distributionArn) =>
        Allow(thumbnails, "CloudFront", "cloudfront.amazonaws.com", distributionArn, SignedRequests);

    private static CfnUrl Add(Thumbnails thumbnails, string authType)
    {
        CfnUrl url = new(thumbnails, "Url", new CfnUrlProps { TargetFunctionArn = thumbnails.Function.FunctionName, Qualifier = thumbnails.Alias.AliasName, AuthType = authType });

        // The qualifier is only a name, for which CloudFormation would not wait.
        url.Node.AddDependency(thumbnails.Alias);
        return url;
    }

    /// <summary>A function URL needs two permissions; the second one only holds for requests by the URL.</summary>
    private static void Allow(Thumbnails thumbnails, string who, string principal, string? sourceArn, string authType)
    {
        CfnPermission New(string id, string action) =>
            new(thumbnails, id, new CfnPermissionProps { FunctionName = thumbnails.Alias.FunctionArn, Action = action, Principal = principal, SourceArn = sourceArn });

        New($"{who}UsesUrl", "lambda:InvokeFunctionUrl").FunctionUrlAuthType = authType;

        // Older versions of the CDK do not have the property.
        New($"{who}InvokesByUrl", "lambda:InvokeFunction").AddPropertyOverride("InvokedViaFunctionUrl", true);
    }
}
