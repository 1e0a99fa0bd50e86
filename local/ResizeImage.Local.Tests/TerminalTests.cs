using System.Net;
using ResizeImage.Imaging.Tests.Support;
using ResizeImage.Local.Tests.Support;

namespace ResizeImage.Local.Tests;

/// <summary>Untrusted text on the terminal.</summary>
public sealed class TerminalTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("input/ü 漢字 🙂 +%.jpg", "input/ü 漢字 🙂 +%.jpg")]
    [InlineData("\u001b]0;TITLE\u0007\u001b[31mred", "\\u001b]0;TITLE\\u0007\\u001b[31mred")]
    [InlineData("a\nfunction | b\r\n", "a\\u000afunction | b\\u000d\\u000a")]
    [InlineData("a\tb\0\u007f", "a\\u0009b\\u0000\\u007f")]
    [InlineData("\u0080\u0085\u009b31m", "\\u0080\\u0085\\u009b31m")]
    [InlineData("a\u2028b\u2029c", "a\\u2028b\\u2029c")]
    [InlineData("\u202agpj\u202e.exe\u202c\u2066\u2067\u2068\u2069\u200e\u200f\u061c", "\\u202agpj\\u202e.exe\\u202c\\u2066\\u2067\\u2068\\u2069\\u200e\\u200f\\u061c")]
    public void Control_and_bidi_characters_are_escaped(string text, string expected) => Assert.Equal(expected, Terminal.Escape(text));

    [Fact]
    public void A_half_of_a_surrogate_pair_is_escaped()
    {
        Assert.Equal("a\\ud800b", Terminal.Escape("a\ud800b"));
        Assert.Equal("\\udc00🙂\\ud83d", Terminal.Escape("\udc00🙂\ud83d"));
    }

    [PythonFact]
    public async Task Keys_and_lines_of_the_function_cannot_forge_output()
    {
        await using LocalProgram program = await LocalProgram.ServeAsync(PythonFunction.Write(_folder), _folder);
        using HttpClient http = new(new SocketsHttpHandler { UseProxy = false });
        using StringContent photo = new("photo");
        using HttpResponseMessage put = await http.PutAsync(new Uri(program.Endpoint, "/photos/input/%1B%5D0%3BPWNED%07a%0Afunction%20%7C%20forged%C2%9B%E2%80%AE.jpg"), photo);
        Assert.Equal(HttpStatusCode.OK, put.StatusCode);
        string line = await program.LineAsync("PWNED", "->");
        Assert.StartsWith(@"s3://photos/input/\u001b]0;PWNED\u0007a\u000afunction | forged\u009b\u202e.jpg  ", line, StringComparison.Ordinal);

        using StringContent say = new("""{"do":"say","text":"column\tcolumn \u001b[31mred\u2028end"}""");
        using HttpResponseMessage said = await http.PostAsync(new Uri(program.LambdaEndpoint, "/2015-03-31/functions/ResizeImage/invocations"), say);
        Assert.Equal("function | column\tcolumn \\u001b[31mred\\u2028end", await program.LineAsync("function | column"));
        await program.EndAsync("INT");
        await program.LineAsync("Stopped.");
        Assert.DoesNotContain(program.Lines, one => one.StartsWith("function | forged", StringComparison.Ordinal));
        Assert.DoesNotContain(string.Concat(program.Lines), c => c != '\t' && (char.IsControl(c) || c is '\u2028' or '\u202e'));
    }
}
