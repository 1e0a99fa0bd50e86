// The same function as an executable: Native AOT, custom runtimes, and a local Runtime API.
using Amazon.Lambda.Core;
using Amazon.Lambda.RuntimeSupport;
using Amazon.Lambda.S3Events;
using Amazon.Lambda.Serialization.SystemTextJson;
using ResizeImage;

Function? function = null;

using LambdaBootstrap bootstrap = LambdaBootstrapBuilder
    .Create<S3Event, ThumbnailReport>(
        (S3Event s3Event, ILambdaContext context) => function!.FunctionHandler(s3Event, context),
        new SourceGeneratorLambdaJsonSerializer<FunctionJsonContext>())
    .UseBootstrapHandler(() =>
    {
        // Here, and not above, so that what is wrong with the settings is reported to Lambda as an initialization error.
        function = new Function();
        return Task.FromResult(true);
    })
    .Build();
await bootstrap.RunAsync();
