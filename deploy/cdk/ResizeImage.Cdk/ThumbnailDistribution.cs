using Amazon.CDK;
using Amazon.CDK.AWS.CloudFront;
using Amazon.CDK.AWS.IAM;
using Amazon.CDK.AWS.S3;

namespace ResizeImage.Cdk;

/// <summary>The distribution of template.yaml: stored thumbnails from S3, others from the function's URL.</summary>
internal static class ThumbnailDistribution
{
    private const string Stored = "stored";
    private const string Made = "function";
    private const string Either = "stored-or-made";

    /// <summary>Adds the distribution, the function's URL, and the permissions of both.</summary>
    /// <returns>The distribution.</returns>
    public static CfnDistribution Add(Thumbnails thumbnails, ThumbnailsProps props)
    {
        string bucket = props.Bucket.BucketName;
        CfnDistribution.DistributionConfigProperty config = new()
        {
            Comment = $"Thumbnails of {bucket}",
            Enabled = true,
            HttpVersion = "http2and3",
            Ipv6Enabled = true,
            Origins = new[]
            {
                new CfnDistribution.OriginProperty
                {
                    Id = Stored,
                    DomainName = $"{bucket}.s3.{Aws.REGION}.{Aws.URL_SUFFIX}",
                    OriginPath = "/output",
                    OriginAccessControlId = NewAccess(thumbnails, "ThumbnailAccess", "s3", Stored).Ref,
                    S3OriginConfig = new CfnDistribution.S3OriginConfigProperty { OriginAccessIdentity = string.Empty },
                },
                new CfnDistribution.OriginProperty
                {
                    Id = Made,
                    DomainName = Fn.Select(2, Fn.Split("/", ThumbnailUrl.AddSigned(thumbnails).AttrFunctionUrl)),
                    OriginAccessControlId = NewAccess(thumbnails, "UrlAccess", "lambda", Made).Ref,
                    CustomOriginConfig = new CfnDistribution.CustomOriginConfigProperty { OriginProtocolPolicy = "https-only", OriginSslProtocols = ["TLSv1.2"], OriginReadTimeout = 60 },
                },
            },
            OriginGroups = new CfnDistribution.OriginGroupsProperty
            {
                Quantity = 1,
                Items = new[]
                {
                    new CfnDistribution.OriginGroupProperty
                    {
                        Id = Either,

                        // S3 answers 403 for an object that is not there to those who may not list the bucket.
                        FailoverCriteria = new CfnDistribution.OriginGroupFailoverCriteriaProperty
                        {
                            StatusCodes = new CfnDistribution.StatusCodesProperty { Quantity = 2, Items = new double[] { 403, 404 } },
                        },
                        Members = new CfnDistribution.OriginGroupMembersProperty
                        {
                            Quantity = 2,
                            Items = new[] { new CfnDistribution.OriginGroupMemberProperty { OriginId = Stored }, new CfnDistribution.OriginGroupMemberProperty { OriginId = Made } },
                        },
                    },
                },
            },
            DefaultCacheBehavior = new CfnDistribution.DefaultCacheBehaviorProperty
            {
                TargetOriginId = Either,
                ViewerProtocolPolicy = "redirect-to-https",
                AllowedMethods = ["GET", "HEAD"],
                CachePolicyId = NewCachePolicy(thumbnails).Ref,
                ResponseHeadersPolicyId = NewResponseHeaders(thumbnails, props.CorsOrigin).Ref,
                FunctionAssociations = new[]
                {
                    new CfnDistribution.FunctionAssociationProperty { EventType = "viewer-request", FunctionArn = NewWebpByAccept(thumbnails, props.ThumbnailSize).AttrFunctionArn },
                },
            },

            // How long CloudFront remembers an error; a photo may arrive, and a busy function recovers.
            CustomErrorResponses = new[] { Remembered(403, 10), Remembered(404, 10), Remembered(503, 0) },
        };
        CfnDistribution distribution = new(thumbnails, "Distribution", new CfnDistributionProps { DistributionConfig = config });
        string arn = $"arn:{Aws.PARTITION}:cloudfront::{Aws.ACCOUNT_ID}:distribution/{distribution.Ref}";
        ThumbnailUrl.AllowCloudFront(thumbnails, arn);
        LetRead(thumbnails, props.Bucket, arn);
        return distribution;
    }

    private static void LetRead(Thumbnails thumbnails, IBucket bucket, string distributionArn)
    {
        IAddToResourcePolicyResult result = bucket.AddToResourcePolicy(new PolicyStatement(new PolicyStatementProps
        {
            Sid = "CloudFrontReadsThumbnails",
            Principals = [new ServicePrincipal("cloudfront.amazonaws.com")],
            Actions = ["s3:GetObject"],
            Resources = [bucket.ArnForObjects("output/*")],
            Conditions = new Dictionary<string, object> { ["StringEquals"] = new Dictionary<string, string> { ["aws:SourceArn"] = distributionArn } },
        }));
        bucket.AddToResourcePolicy(new PolicyStatement(new PolicyStatementProps
        {
            Sid = "CloudFrontReadsNoState", // Of reconciliations: it names photos.
            Effect = Effect.DENY,
            Principals = [new ServicePrincipal("cloudfront.amazonaws.com")],
            Actions = ["s3:GetObject"],
            Resources = [bucket.ArnForObjects("output/.reconciliation/*")],
        }));
        if (!result.StatementAdded)
        {
            Annotations.Of(thumbnails).AddWarning(
                "The bucket is not of this app, so CDK leaves its policy as it is. Add the statements CloudFrontReadsThumbnails and CloudFrontReadsNoState of template.yaml to it.");
        }
    }

    private static CfnOriginAccessControl NewAccess(Thumbnails thumbnails, string id, string type, string origin) => new(thumbnails, id, new CfnOriginAccessControlProps
    {
        OriginAccessControlConfig = new CfnOriginAccessControl.OriginAccessControlConfigProperty
        {
            Name = $"{Aws.STACK_NAME}-{origin}",
            OriginAccessControlOriginType = type,
            SigningBehavior = "always",
            SigningProtocol = "sigv4",
        },
    });

    /// <summary>By the URL alone, for as long as Cache-Control says.</summary>
    private static CfnCachePolicy NewCachePolicy(Thumbnails thumbnails) => new(thumbnails, "CachePolicy", new CfnCachePolicyProps
    {
        CachePolicyConfig = new CfnCachePolicy.CachePolicyConfigProperty
        {
            Name = $"{Aws.STACK_NAME}-by-url",
            MinTtl = 0,
            DefaultTtl = 14400,
            MaxTtl = 31536000,
            ParametersInCacheKeyAndForwardedToOrigin = new CfnCachePolicy.ParametersInCacheKeyAndForwardedToOriginProperty
            {
                CookiesConfig = new CfnCachePolicy.CookiesConfigProperty { CookieBehavior = "none" },
                HeadersConfig = new CfnCachePolicy.HeadersConfigProperty { HeaderBehavior = "none" },
                QueryStringsConfig = new CfnCachePolicy.QueryStringsConfigProperty { QueryStringBehavior = "none" },
                EnableAcceptEncodingGzip = false, // Images do not become smaller.
            },
        },
    });

    private static CfnResponseHeadersPolicy NewResponseHeaders(Thumbnails thumbnails, string? corsOrigin) => new(thumbnails, "ResponseHeaders", new CfnResponseHeadersPolicyProps
    {
        ResponseHeadersPolicyConfig = new CfnResponseHeadersPolicy.ResponseHeadersPolicyConfigProperty
        {
            Name = Aws.STACK_NAME,
            CorsConfig = corsOrigin is null ? null : new CfnResponseHeadersPolicy.CorsConfigProperty
            {
                AccessControlAllowCredentials = false,
                AccessControlAllowHeaders = new CfnResponseHeadersPolicy.AccessControlAllowHeadersProperty { Items = ["*"] },
                AccessControlAllowMethods = new CfnResponseHeadersPolicy.AccessControlAllowMethodsProperty { Items = ["GET", "HEAD"] },
                AccessControlAllowOrigins = new CfnResponseHeadersPolicy.AccessControlAllowOriginsProperty { Items = [corsOrigin] },
                AccessControlMaxAgeSec = 86400,
                OriginOverride = true,
            },
            SecurityHeadersConfig = new CfnResponseHeadersPolicy.SecurityHeadersConfigProperty
            {
                ContentTypeOptions = new CfnResponseHeadersPolicy.ContentTypeOptionsProperty { Override = true },
            },

            // The function lets Accept choose the format. Caches between CloudFront and the browser must know.
            CustomHeadersConfig = new CfnResponseHeadersPolicy.CustomHeadersConfigProperty
            {
                Items = new[] { new CfnResponseHeadersPolicy.CustomHeaderProperty { Header = "Vary", Value = "Accept", Override = true } },
            },
        },
    });

    private static CfnFunction NewWebpByAccept(Thumbnails thumbnails, string sizes) => new(thumbnails, "WebpByAccept", new Amazon.CDK.AWS.CloudFront.CfnFunctionProps
    {
        Name = $"{Aws.STACK_NAME}-webp-by-accept",
        AutoPublish = true,
        FunctionConfig = new CfnFunction.FunctionConfigProperty
        {
            Comment = "/800x/a.jpg becomes /800x.webp/a.jpg where ThumbnailSize has both and the browser accepts WebP.",
            Runtime = "cloudfront-js-2.0",
        },
        FunctionCode = $$"""
            const folders = '{{sizes}}'.split(',').map((size) => encodeURIComponent(size.trim().replace(/\?$/, '').split('=')[0]));
            function handler(event) {
              const request = event.request;
              const parts = request.uri.split('/');
              const accept = request.headers.accept ? request.headers.accept.value : '';
              if (accept.includes('image/webp') && folders.includes(parts[1] + '.webp')) {
                parts[1] += '.webp';
                request.uri = parts.join('/');
              }
              return request;
            }

            """,
    });

    private static CfnDistribution.CustomErrorResponseProperty Remembered(double status, double seconds) => new() { ErrorCode = status, ErrorCachingMinTtl = seconds };
}
