using Amazon.CDK.AWS.Lambda;

namespace ResizeImage.Cdk;

/// <summary>The function's URL, as in template.yaml. Its path is the thumbnail's key below output/.</summary>
internal static class ThumbnailUrl
{
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

        Allow(thumbnails, "Anyone", new CfnPermissionProps { FunctionName = thumbnails.Alias.FunctionArn, Action = string.Empty, Principal = "*", FunctionUrlAuthType = "NONE" });
        return url;
    }

    /// <summary>A URL for a distribution.</summary>
    /// <param name="thumbnails">The function.</param>
    /// <param name="distributionArn">The ARN of the distribution.</param>
    public static CfnUrl AddFor(Thumbnails thumbnails, string distributionArn)
    {
        Allow(thumbnails, "CloudFront", new CfnPermissionProps
        {
            FunctionName = thumbnails.Alias.FunctionArn,
            Action = string.Empty,
            Principal = "cloudfront.amazonaws.com",
            SourceArn = distributionArn,
            FunctionUrlAuthType = "AWS_IAM",
        });
        return Add(thumbnails, "AWS_IAM");
    }

    private static CfnUrl Add(Thumbnails thumbnails, string authType)
    {
        CfnUrl url = new(thumbnails, "Url", new CfnUrlProps { TargetFunctionArn = thumbnails.Function.FunctionName, Qualifier = thumbnails.Alias.AliasName, AuthType = authType });

        // The qualifier is only a name, for which CloudFormation would not wait.
        url.Node.AddDependency(thumbnails.Alias);
        return url;
    }

    /// <summary>A function URL needs two permissions; the second one only holds for requests by the URL.</summary>
    private static void Allow(Thumbnails thumbnails, string who, CfnPermissionProps permission)
    {
        CfnPermission uses = new(thumbnails, $"{who}UsesUrl", permission);
        uses.Action = "lambda:InvokeFunctionUrl";
        CfnPermission invokes = new(thumbnails, $"{who}InvokesByUrl", permission);
        invokes.Action = "lambda:InvokeFunction";
        invokes.FunctionUrlAuthType = null;
        invokes.AddPropertyOverride("InvokedViaFunctionUrl", true); // Older versions of the CDK do not have it.
    }
}
