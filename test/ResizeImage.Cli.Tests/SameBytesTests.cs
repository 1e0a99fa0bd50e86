using ResizeImage.Imaging.Tests.Support;

namespace ResizeImage.Cli.Tests;

/// <summary>The same photo and settings give the same bytes on every vector width, just-in-time compiled or native.</summary>
public sealed class SameBytesTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("thumbnail-tests-");

    public void Dispose() => _folder.Delete(recursive: true);

    [CorpusFact]
    public void Vector_width_does_not_matter()
    {
        foreach ((string photo, string[] options) in Jobs())
        {
            byte[] expected = Make(Cli.Managed, photo, options);
            Assert.Equal(expected, Make(Cli.Managed, photo, options, ("DOTNET_EnableAVX512F", "0"), ("DOTNET_EnableAVX512", "0")));
            Assert.Equal(expected, Make(Cli.Managed, photo, options, ("DOTNET_EnableAVX2", "0")));
            Assert.Equal(expected, Make(Cli.Managed, photo, options, ("DOTNET_EnableHWIntrinsic", "0")));
            Assert.Equal(expected, Make(Cli.Managed, photo, options, ("DOTNET_TieredCompilation", "0")));
        }
    }

    [NativeFact]
    public void Native_code_gives_what_the_runtime_gives()
    {
        foreach ((string photo, string[] options) in Jobs())
        {
            Assert.Equal(Make(Cli.Managed, photo, options), Make(Cli.Native, photo, options));
        }
    }

    private static IEnumerable<(string Photo, string[] Options)> Jobs()
    {
        string photo = Corpus.Files("photos", "htc-one-m8-4mp.jpg")[0];
        yield return (photo, []);
        yield return (photo, ["--format", "png", "--size", "90x60", "--fit", "contain", "--background", "transparent"]);
        yield return (Corpus.Files("photos", "nikon-d40-6mp.jpg")[0], ["--size", "50x50"]); // upright, at 1/8
        yield return (Corpus.Files("conformance/wuffs", "peacock.progressive.jpeg")[0], ["--size", "301x77", "--fit", "fill"]);
        yield return (Corpus.Files("conformance/wuffs", "bricks-gray.jpeg")[0], ["--quality", "50"]);
        yield return (Corpus.Files("conformance/pngsuite", "basn6a16.png")[0], []); // with a gamma of 1
        yield return (Corpus.Files("conformance/image-rs/jpg", "portrait_2.jpg")[0], []); // with a profile by curves and matrix
        yield return (Corpus.Files("conformance/pngsuite", "basi3p04.png")[0], ["--format", "png"]);
        yield return (Corpus.Files("conformance/wuffs", "harvesters.lossy.webp")[0], []);
    }

    private byte[] Make(string program, string photo, string[] options, params (string Name, string Value)[] environment)
    {
        string output = Path.Combine(_folder.FullName, "out");
        var run = Cli.Run(program, ["make", photo, output, .. options], environment);
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        return File.ReadAllBytes(output);
    }

    /// <summary>Needs the corpus and the native executable.</summary>
    private sealed class NativeFactAttribute : RequirementFactAttribute
    {
        public NativeFactAttribute()
        {
            Require(
                File.Exists(Cli.Native),
                "needs artifacts/cli/thumbnail: dotnet publish src/ResizeImage.Cli -c Release -r linux-x64 -p:PublishAot=true -o artifacts/cli");
            RequireCorpus();
        }
    }
}
