using System.Net;
using System.Xml;
using System.Xml.Linq;

namespace ResizeImage.Local.Commands;

/// <summary>Puts photos into the local S3, fetches thumbnails from it, and deletes both.</summary>
internal sealed class PhotoClient(Uri s3) : IDisposable
{
    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = s3, Timeout = Timeout.InfiniteTimeSpan };

    public void Dispose() => _http.Dispose();

    /// <returns>Null if it is stored, or why it is not: the file cannot be read, or S3 refuses it.</returns>
    /// <exception cref="LocalCloudException">The temporary folder cannot hold it.</exception>
    public async Task<string?> PutAsync(string bucket, string key, string file, CancellationToken cancellationToken)
    {
        try
        {
            using StreamContent content = new(File.OpenRead(file));
            using HttpResponseMessage response = await _http.PutAsync(PathOf(bucket, key), content, cancellationToken);
            if (response.StatusCode == HttpStatusCode.OK)
            {
                return null;
            }

            string message = await MessageAsync(response, cancellationToken);
            return response.StatusCode == HttpStatusCode.InternalServerError
                ? throw new LocalCloudException($"The temporary folder {Path.GetTempPath()} cannot hold {file}: {message}. Choose another folder: TMPDIR=DIR.")
                : $"S3 does not take it: {message}.";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or HttpRequestException)
        {
            return $"The file cannot be read: {FileErrors.Reason(e)}.";
        }
    }

    /// <summary>Gets an object; dispose the answer.</summary>
    /// <exception cref="LocalCloudException">It is not there.</exception>
    public async Task<HttpResponseMessage> GetAsync(string bucket, string key, CancellationToken cancellationToken)
    {
        HttpResponseMessage response = await _http.GetAsync(PathOf(bucket, key), HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        if (response.StatusCode == HttpStatusCode.OK)
        {
            return response;
        }

        using (response)
        {
            throw new LocalCloudException(
                $"The function reports the thumbnail s3://{bucket}/{key}, but S3 does not have it: {await MessageAsync(response, cancellationToken)}.");
        }
    }

    public async Task DeleteAsync(string bucket, string key, CancellationToken cancellationToken)
    {
        using HttpResponseMessage response = await _http.DeleteAsync(PathOf(bucket, key), cancellationToken);
    }

    /// <summary>The message of an answer of S3, without its full stop.</summary>
    private static async Task<string> MessageAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        string text = await response.Content.ReadAsStringAsync(cancellationToken);
        try
        {
            return XElement.Parse(text).Element("Message")?.Value.TrimEnd('.') ?? text;
        }
        catch (XmlException)
        {
            return text.Length == 0 ? $"status {(int)response.StatusCode}" : text;
        }
    }

    private static string PathOf(string bucket, string key) => $"/{bucket}/{Uri.EscapeDataString(key).Replace("%2F", "/", StringComparison.Ordinal)}";
}
