using System.Globalization;
using ResizeImage.Imaging.Tests.Support;
using Xunit.Abstractions;

namespace ResizeImage.Imaging.Tests.Fuzzing;

/// <summary>
/// Relatives of valid files by structure-aware mutation, the same ones in every run. For a longer run, which prints its figures, the slowest
/// file among them:
/// <code>FUZZ=5000000 dotnet test test/ResizeImage.Imaging.Tests -c Release --filter "Fuzz&amp;DisplayName~png" --logger "console;verbosity=detailed"</code>
/// </summary>
public class FuzzTests(ITestOutputHelper output)
{
    private const long Few = 20_000;

    public static TheoryData<string> Targets => new(FuzzTarget.Names);

    [SamplesTheory]
    [MemberData(nameof(Targets))]
    public void Decoders_throw_only_the_three_image_errors(string name)
    {
        long count = Environment.GetEnvironmentVariable("FUZZ") is { } wanted ? long.Parse(wanted, CultureInfo.InvariantCulture) : Few;
        FuzzTarget target = FuzzTarget.Named(name);
        TameRun run = new(target.Run, FuzzTarget.MaxAllocated);
        run.Run(target.Relatives(count));
        output.WriteLine($"{name}: {run}");
        run.AssertTame();
    }
}
