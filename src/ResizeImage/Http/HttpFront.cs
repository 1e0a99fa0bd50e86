namespace ResizeImage.Http;

/// <summary>A service that invokes the function with HTTP requests.</summary>
/// <param name="MaxBodyBytes">The largest image whose base64 text fits into an answer.</param>
internal sealed record HttpFront(int MaxBodyBytes)
{
    /// <summary>Answers of Lambda are limited to 6 MB of JSON: "Lambda quotas" in the Lambda Developer Guide. Headers take the rest.</summary>
    private const int LambdaBytes = 4_500_000;

    /// <summary>1 MB of JSON: "Use Lambda functions as targets" in the User Guide for Application Load Balancers.</summary>
    private const int LoadBalancerBytes = 750_000;

    /// <summary>A Lambda function URL.</summary>
    public static readonly HttpFront FunctionUrl = new(LambdaBytes) { KeepsContentLength = true };

    /// <summary>An HTTP API of API Gateway, with the payload format 1.0 or 2.0.</summary>
    public static readonly HttpFront HttpApi = new(LambdaBytes) { KeepsContentLength = true };

    /// <summary>A REST API of API Gateway. It renames Content-Length to x-amzn-Remapped-Content-Length.</summary>
    public static readonly HttpFront RestApi = new(LambdaBytes);

    /// <summary>An Application Load Balancer.</summary>
    public static readonly HttpFront LoadBalancer = new(LoadBalancerBytes) { KeepsContentLength = true, HasStatusDescription = true };

    /// <summary>Whether answers to HEAD may have a Content-Length.</summary>
    public bool KeepsContentLength { get; private init; }

    /// <summary>Whether answers have a statusDescription.</summary>
    public bool HasStatusDescription { get; private init; }
}
