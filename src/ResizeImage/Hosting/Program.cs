// The same function as an executable: Native AOT, custom runtimes, and a local Runtime API.
using Amazon.Lambda.Core;
using Amazon.Lambda.RuntimeSupport;
using ResizeImage;

Function? function = null;

using LambdaBootstrap bootstrap = LambdaBootstrapBuilder
    .Create((Stream input, ILambdaContext context) => function!.HandleEvent(input, context))
    .UseBootstrapHandler(() =>
    {
        // Here, and not above, so that Lambda receives invalid settings as an initialization error.
        function = new Function();
        return Task.FromResult(true);
    })
    .Build();
await bootstrap.RunAsync();
