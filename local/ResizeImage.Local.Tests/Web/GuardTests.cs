using System.Net;
using System.Text.RegularExpressions;
using ResizeImage.Imaging.Tests.Support;
using ResizeImage.Local.Tests.Support;

namespace ResizeImage.Local.Tests.Web;

/// <summary>Which clients may use the page, and which resources the page may load.</summary>
public sealed partial class GuardTests : PageFixture
{
    [PythonTheory]
    [InlineData("GET /", "Host: attacker.example")]
    [InlineData("GET /api/changes", "Host: attacker.example")]
    [InlineData("GET /", "Host: 127.0.0.1")]
    [InlineData("GET /api/changes", "Origin: http://attacker.example")]
    [InlineData("GET /api/changes", "Origin: null")]
    [InlineData("GET /api/event?key=input/a.jpg", "Sec-Fetch-Site: cross-site")]
    [InlineData("GET /api/event?key=input/a.jpg", "Sec-Fetch-Site: same-site")]
    [InlineData("POST /api/invocations", "Origin: http://127.0.0.1:1|Content-Type: application/json")]
    [InlineData("POST /api/invocations", "Sec-Fetch-Site: cross-site|Content-Type: application/json")]
    [InlineData("POST /api/invocations", "Content-Type: text/plain")]
    [InlineData("POST /api/invocations", "Content-Type: application/x-www-form-urlencoded")]
    [InlineData("POST /api/invocations", "X-Nothing: no content type")]
    [InlineData("DELETE /api/photo?key=input/a.jpg", "X-Nothing: no content type")]
    public async Task Other_sites_are_kept_out(string request, string headers)
    {
        RawResponse response = await RequestAsync(request, headers.Split('|'));
        Assert.Contains(response.Status, (IEnumerable<int>)[403, 421]);
        Assert.DoesNotContain("Access-Control-Allow-Origin", response.Headers.Keys);
    }

    [PythonTheory]
    [InlineData("GET /", "Sec-Fetch-Site: cross-site", 200)]
    [InlineData("GET /", "Sec-Fetch-Site: none", 200)]
    [InlineData("GET /app.js", "Sec-Fetch-Site: same-origin", 200)]
    [InlineData("POST /api/invocations", "Origin: OWN|Sec-Fetch-Site: same-origin|Content-Type: application/json", 202)]
    [InlineData("POST /api/invocations", "Content-Type: application/json; charset=utf-8", 202)]
    [InlineData("POST /", "Content-Type: application/json", 404)]
    [InlineData("GET /../Program.cs", "X-Nothing:", 404)]
    [InlineData("GET /nothing.js", "X-Nothing:", 404)]
    public async Task The_page_itself_is_let_in(string request, string headers, int status) =>
        Assert.Equal(status, (await RequestAsync(request, headers.Split('|'))).Status);

    [PythonFact]
    public async Task The_page_may_load_nothing_but_its_own_and_S3()
    {
        using HttpResponseMessage response = await Http.GetAsync(new Uri("/", UriKind.Relative));
        string policy = Assert.Single(response.Headers.GetValues("Content-Security-Policy"));
        string s3 = S3.GetLeftPart(UriPartial.Authority);
        Assert.Equal(
            $"default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: {s3}; connect-src 'self' {s3}; "
            + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'", policy);
        Assert.Equal("nosniff", Assert.Single(response.Headers.GetValues("X-Content-Type-Options")));
    }

    [PythonFact]
    public async Task All_references_of_the_page_exist()
    {
        Queue<Uri> wanted = new([new Uri(Url, "/index.html")]);
        Dictionary<string, string> seen = new();
        while (wanted.TryDequeue(out Uri? url))
        {
            if (seen.ContainsKey(url.AbsolutePath))
            {
                continue;
            }

            using HttpResponseMessage response = await Http.GetAsync(url);
            Assert.True(response.StatusCode == HttpStatusCode.OK, url.AbsolutePath);
            seen[url.AbsolutePath] = response.Content.Headers.ContentType!.MediaType!;
            foreach (Match reference in Reference().Matches(await response.Content.ReadAsStringAsync()))
            {
                wanted.Enqueue(new Uri(url, reference.Groups[1].Value));
            }
        }

        Assert.Equal("text/html", seen["/index.html"]);
        Assert.Equal("text/css", seen["/styles/base.css"]);
        Assert.Equal("text/javascript", seen["/views/photos.js"]);
        Assert.Equal("image/svg+xml", seen["/icon.svg"]);
    }

    private Task<RawResponse> RequestAsync(string request, string[] headers) => RawHttp.SendAsync(
        Url, request, request.StartsWith("GET ", StringComparison.Ordinal) ? null : "{}"u8.ToArray(),
        [.. headers.Select(header => header.Replace("OWN", Url.GetLeftPart(UriPartial.Authority), StringComparison.Ordinal))]);

    // href="x.css", src="x.js", import './x.js', from '../x.js'; not the addresses of views.
    [GeneratedRegex("""(?:href="|src="|import '|from ')([^"'#]+)["']""")]
    private static partial Regex Reference();
}
