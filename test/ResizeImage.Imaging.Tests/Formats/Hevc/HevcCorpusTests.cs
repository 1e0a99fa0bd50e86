using System.Security.Cryptography;
using ResizeImage.Imaging.Formats;
using ResizeImage.Imaging.Formats.Heif;
using ResizeImage.Imaging.Tests.Support;
using Xunit.Abstractions;

namespace ResizeImage.Imaging.Tests.Formats.Hevc;

/// <summary>Files of phones and cameras, and hostile ones.</summary>
public class HevcCorpusTests(ITestOutputHelper output)
{
    /// <summary>oracle.tsv has the MD5 of the planes of all tiles as ffmpeg decodes them.</summary>
    [CorpusFact]
    public void Planes_are_those_of_ffmpeg()
    {
        Dictionary<string, string> oracle = File.ReadLines(Corpus.Files("heif", "oracle.tsv")[0]).Skip(1).Select(line => line.Split('\t')).ToDictionary(row => row[0], row => row[5]);
        string[] different = [.. Corpus.Files("heif/heic", "*").AsParallel().Where(path => Digest(File.ReadAllBytes(path)) != oracle[Path.GetFileName(path)])];
        Assert.Empty(different);
    }

    [CorpusFact]
    public void Hostile_files_give_an_image_error_or_a_thumbnail()
    {
        TameRun run = new(file => new Thumbnailer().Make(file, new ThumbnailOptions { Width = 32, Height = 32 }), 200 << 20);
        IEnumerable<(string Name, byte[] File)> files = Corpus.Files("heif/hostile", "*").Concat(Corpus.Files("heif/heic", "x265-*")).Select(path => (path, File.ReadAllBytes(path)));
        run.Run(files.Append(("a stream of huge coefficients", Wrapped(Corpus.Files("heif/hostile", "fuzz_dequant_qp_overflow.h265")[0]))));
        run.AssertTame();
    }

    [CorpusFact]
    public void Truncated_files_give_an_image_error_or_a_thumbnail()
    {
        // With FUZZ set, at a thousand places.
        const int Most = 3_000_000;
        double[] parts = Environment.GetEnvironmentVariable("FUZZ") is null ? [0.001, 0.01, 0.1, 0.5, 0.99] : [.. Enumerable.Range(0, 1000).Select(i => i / 1000.0)];
        TameRun run = new(file => new Thumbnailer().Make(file, new ThumbnailOptions { Width = 16, Height = 16 }), 300 << 20);
        foreach (byte[] file in Corpus.Files("heif/heic", "*").Select(File.ReadAllBytes).Where(file => file.Length < Most))
        {
            run.Run(parts.Select(part => ($"{file.Length} bytes cut at {part:P}", file[..(int)(file.Length * part)])));
        }

        output.WriteLine(run.ToString());
        run.AssertTame();
    }

    private static byte[] Wrapped(string path)
    {
        HevcStream stream = HevcStream.FromAnnexB(File.ReadAllBytes(path));
        return new Heif.HeifFile().Item(1, "hvc1", stream.Data, Heif.HeifFile.Box("hvcC", stream.Configuration)).ToArray();
    }

    private static string Digest(byte[] file)
    {
        HeifContents contents = HeifContents.Parse(new ByteSource(file, new WorkMeter()), PictureCodec.All);
        using IncrementalHash digest = IncrementalHash.CreateHash(HashAlgorithmName.MD5);
        Append(digest, contents, HeifPicture.Resolve(contents, contents.Primary.Id));
        return Convert.ToHexString(digest.GetHashAndReset()).ToLowerInvariant();
    }

    private static void Append(IncrementalHash digest, HeifContents contents, HeifPicture picture)
    {
        foreach (HeifPicture layer in picture.Overlay?.Layers.Select(layer => layer.Picture) ?? [])
        {
            Append(digest, contents, layer);
        }

        foreach (HeifTile tile in picture.Tiles?.Tiles ?? [])
        {
            PictureConfiguration configuration = tile.Configuration!;
            using PictureDecoder decoder = configuration.CreateDecoder(contents.Work);
            digest.AppendData(DecodedPlanes.Of(decoder, configuration.Header, contents.ReadData(tile.Item)));
        }
    }
}
