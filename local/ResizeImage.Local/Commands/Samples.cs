using System.Net;
using System.Net.Http.Headers;
using System.Reflection;
using ResizeImage.Local.Web;

namespace ResizeImage.Local.Commands;

/// <summary>A sample photo under each key that the sample events name, so that these make thumbnails: test/ResizeImage.Tests/events.</summary>
internal static class Samples
{
    private const string Resource = "sample.jpg";

    /// <summary>Below the input prefix.</summary>
    public static readonly string[] Names =
        ["a 1.jpg", "a+1.jpg", "b.jpg", "c.jpg", "large.jpg", "holiday/a bé.jpg", "holiday/a bé+%41.jpg"];

    /// <summary>Puts the sample photos. Existing photos of these names stay.</summary>
    /// <exception cref="LocalCloudException">S3 does not take it.</exception>
    public static async Task PutAsync(Uri s3, PhotoPlace place)
    {
        byte[] photo = Read();
        using HttpClient http = new(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = s3 };
        foreach (string name in Names)
        {
            string key = place.InputPrefix + name;
            using ByteArrayContent content = new(photo);
            content.Headers.ContentType = new MediaTypeHeaderValue("image/jpeg");
            using HttpRequestMessage put = new(HttpMethod.Put, $"{place.Bucket}/{Uri.EscapeDataString(key)}") { Content = content };
            put.Headers.IfNoneMatch.Add(EntityTagHeaderValue.Any);
            using HttpResponseMessage response = await http.SendAsync(put);
            if (response.StatusCode is not (HttpStatusCode.OK or HttpStatusCode.PreconditionFailed))
            {
                throw new LocalCloudException($"The sample photo cannot be put under {key}: status {(int)response.StatusCode}.");
            }
        }
    }

    private static byte[] Read()
    {
        using Stream resource = Assembly.GetExecutingAssembly().GetManifestResourceStream(Resource)!;
        byte[] bytes = new byte[resource.Length];
        resource.ReadExactly(bytes);
        return bytes;
    }
}
