using System.Globalization;
using System.Text.RegularExpressions;
using ResizeImage.Tests.Support;

namespace ResizeImage.Local.Tests.Web;

/// <summary>The page's estimates rest on the figures of the documentation.</summary>
public partial class LambdaFiguresTests
{
    private static readonly string Script = File.ReadAllText(Repository.Path("local", "ResizeImage.Local", "Web", "Page", "lambda.js"));

    [Fact]
    public void The_durations_of_a_warm_invocation_are_those_of_the_table_in_the_operations_document()
    {
        string document = File.ReadAllText(Repository.Path("docs", "operations.md"));
        Dictionary<int, int> documented = DocumentedDuration().Matches(document).ToDictionary(row => Number(row.Groups[1]), row => Number(row.Groups[2]));
        Assert.NotEmpty(documented);
        Assert.Equal(documented, Rows().ToDictionary(row => row.Memory, row => row.Warm));
    }

    [Fact]
    public void A_cold_start_takes_what_the_documentation_says()
    {
        string document = File.ReadAllText(Repository.Path("docs", "performance.md"));
        Dictionary<int, int> documented = DocumentedColdStart().Matches(document).ToDictionary(row => Number(row.Groups[1]), row => Number(row.Groups[2]));
        Assert.NotEmpty(documented);
        Assert.Equal(documented, Rows().ToDictionary(row => row.Memory, row => row.Warm + row.Cold));
    }

    [Fact]
    public void The_prices_and_the_cost_of_a_million_photos_are_those_of_the_operations_document()
    {
        string document = File.ReadAllText(Repository.Path("docs", "operations.md"));
        string gigabyteSecond = Price().Match(document).Groups[1].Value;
        Assert.Contains($"const pricePerGbSecond = {gigabyteSecond};", Script, StringComparison.Ordinal);
        Assert.Contains("| Lambda, million requests | $0.20 | |", document, StringComparison.Ordinal);
        Assert.Contains("const pricePerRequest = 0.2e-6;", Script, StringComparison.Ordinal);
        Assert.Contains("3.2 MB, with TLS", document, StringComparison.Ordinal);
        Assert.Contains("const benchBytes = 3.2e6;", Script, StringComparison.Ordinal);
        Assert.Contains("PUT 30 ms, HEAD 12 ms", document, StringComparison.Ordinal);
        Assert.Contains("GET 20 ms and", document, StringComparison.Ordinal);
        Assert.Contains("const requestMilliseconds = 62;", Script, StringComparison.Ordinal);
    }

    private static IEnumerable<(int Memory, int Warm, int Cold)> Rows() =>
        Row().Matches(Script).Select(row => (Number(row.Groups[1]), Number(row.Groups[2]), Number(row.Groups[3])));

    private static int Number(Group group) => int.Parse(group.Value, NumberStyles.AllowThousands, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"\{ memory: (\d+), warm: (\d+), cold: (\d+) \}")]
    private static partial Regex Row();

    // | **512 MB** | 0.29 | 147 ms | …
    [GeneratedRegex(@"^\| \*{0,2}([\d,]+) MB\*{0,2} \| [\d.]+ \| (\d+) ms \|", RegexOptions.Multiline)]
    private static partial Regex DocumentedDuration();

    // | 512 MB | warm: 147 | 239 | 0.62 | cold: 287 | …
    [GeneratedRegex(@"^\| ([\d,]+) MB \| \d+ \|[^|]*\|[^|]*\| (\d+) \|", RegexOptions.Multiline)]
    private static partial Regex DocumentedColdStart();

    [GeneratedRegex(@"\| Lambda, GB-second \| \$(0\.\d+) x86_64")]
    private static partial Regex Price();
}
