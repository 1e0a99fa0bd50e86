using System.Reflection;

namespace ResizeImage.Local.Web;

/// <summary>The page's files, which are in the assembly: /gallery.js is Web/Page/gallery.js.</summary>
internal static class PageFiles
{
    private const string Start = "page/";

    private static readonly Dictionary<string, byte[]> Files = Load();

    /// <summary>Answers with the file that the path names.</summary>
    /// <returns>False if there is none.</returns>
    public static async Task<bool> TryWriteAsync(HttpContext http)
    {
        string path = http.Request.Path.Value is null or "" or "/" ? "/index.html" : http.Request.Path.Value;
        if (!Files.TryGetValue(path[1..], out byte[]? file))
        {
            return false;
        }

        http.Response.ContentType = Path.GetExtension(path) switch
        {
            ".html" => "text/html; charset=utf-8",
            ".css" => "text/css; charset=utf-8",
            ".js" => "text/javascript; charset=utf-8",
            ".svg" => "image/svg+xml",
            ".heic" => "image/heic",
            var other => throw new InvalidOperationException($"{path} has no content type: {other} is none of .html, .css, .js, .svg, .heic."),
        };
        http.Response.ContentLength = file.Length;

        // Another version of the program may serve the next request.
        http.Response.Headers.CacheControl = "no-cache";
        if (!HttpMethods.IsHead(http.Request.Method))
        {
            await http.Response.Body.WriteAsync(file, http.RequestAborted);
        }

        return true;
    }

    private static Dictionary<string, byte[]> Load()
    {
        Assembly assembly = Assembly.GetExecutingAssembly();
        return assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(Start, StringComparison.Ordinal))
            .ToDictionary(name => name[Start.Length..].Replace('\\', '/'), name =>
            {
                using Stream resource = assembly.GetManifestResourceStream(name)!;
                byte[] bytes = new byte[resource.Length];
                resource.ReadExactly(bytes);
                return bytes;
            });
    }
}
