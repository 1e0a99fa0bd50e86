using ResizeImage.Imaging;

namespace ResizeImage.Tests.Http;

/// <summary>The function with a bucket that has one photo.</summary>
internal static class HttpWorld
{
    public const string Photo = "input/a.jpg";

    public static Task<FunctionRun> StartAsync(S3Endpoint endpoint, string photo = Photo, params string[] environment) =>
        StartAsync(endpoint, new Thumbnailer(), photo, environment);

    public static async Task<FunctionRun> StartAsync(S3Endpoint endpoint, IThumbnailer thumbnailer, string photo = Photo, params string[] environment)
    {
        FunctionRun run = new(endpoint.Url, thumbnailer, ["INPUT_BUCKET=" + PhotoBucket.Name, .. environment]);
        await run.S3.PutBucketAsync(PhotoBucket.Name);
        await PhotoBucket.PutAsync(run.S3, photo, Pictures.Jpeg48x32);
        return run;
    }
}
