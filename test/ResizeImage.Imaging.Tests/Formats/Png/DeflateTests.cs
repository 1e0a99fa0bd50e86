using System.IO.Compression;
using ResizeImage.Imaging.Formats.Deflate;
using ResizeImage.Imaging.Tests.Support;

namespace ResizeImage.Imaging.Tests.Formats.Png;

/// <summary>The compressor, compared with two zlibs: .NET's and Python's.</summary>
public class DeflateTests
{
    private const string PythonDecompress = """
        import sys, zlib
        decompressor = zlib.decompressobj()
        data = decompressor.decompress(sys.stdin.buffer.read())
        assert decompressor.eof and not decompressor.unused_data
        sys.stdout.buffer.write(data)
        """;

    [Fact]
    public void NET_restores_the_data()
    {
        foreach ((string name, byte[] data) in Samples())
        {
            for (int minLength = 3; minLength <= 8; minLength++)
            {
                using ZLibStream zlib = new(new MemoryStream(ZlibCompressor.Compress(data, minLength)), CompressionMode.Decompress);
                using MemoryStream restored = new();
                zlib.CopyTo(restored);
                Assert.True(data.AsSpan().SequenceEqual(restored.ToArray()), $"{name}, repetitions from {minLength} bytes on");
            }
        }
    }

    [PythonFact("zlib")]
    public void Python_restores_the_data()
    {
        string python = ExternalProgram.Python("zlib")!;
        foreach ((string name, byte[] data) in Samples())
        {
            byte[] restored = ExternalProgram.Run(python, ["-c", PythonDecompress], ZlibCompressor.Compress(data, 3));
            Assert.True(data.AsSpan().SequenceEqual(restored), name);
        }
    }

    [PythonFact("zlib")]
    public void Sizes_are_near_those_of_zlib_at_level_9()
    {
        string python = ExternalProgram.Python("zlib")!;
        foreach ((string name, byte[] data) in Samples())
        {
            byte[] theirs = ExternalProgram.Run(python, ["-c", "import sys, zlib; sys.stdout.buffer.write(zlib.compress(sys.stdin.buffer.read(), 9))"], data);
            int ours = ZlibCompressor.Compress(data, 3).Length;
            Assert.True(ours <= (theirs.Length * 1.05) + 8, $"{name}: {ours} bytes against {theirs.Length}");
        }
    }

    [Fact]
    public void Noise_grows_by_little()
    {
        byte[] noise = new byte[1_000_000];
        new Random(3).NextBytes(noise);
        Assert.InRange(ZlibCompressor.Compress(noise, 3).Length, noise.Length, noise.Length + (noise.Length / 1000) + 16);
    }

    private static IEnumerable<(string Name, byte[] Data)> Samples()
    {
        Random random = new(6);
        byte[] noise = new byte[200_000];
        random.NextBytes(noise);
        yield return ("nothing", []);
        for (int n = 1; n < 20; n++)
        {
            yield return ($"{n} bytes", noise[..n]);
            yield return ($"{n} equal bytes", new byte[n]);
        }

        yield return ("noise", noise);
        yield return ("zeros", new byte[1_000_000]);
        yield return ("repeated at the window's size", [.. noise[..32768], .. noise[..32768]]);
        yield return ("repeated just beyond it", [.. noise[..32769], .. noise[..32769]]);
        yield return ("few values", [.. noise.Select(b => (byte)(b % 3))]);
        yield return ("noise, then zeros, then noise", [.. noise[..70_000], .. new byte[70_000], .. noise[70_000..]]);
        yield return ("words", [.. Enumerable.Range(0, 20_000).SelectMany(_ => noise.Skip(random.Next(50) * 7).Take(random.Next(2, 12)))]);

        // Frequencies that grow like Fibonacci numbers make the longest codes; 15 bits must do.
        List<byte> fibonacci = [];
        for ((int symbol, int count, int next) = (0, 1, 1); symbol < 22; (symbol, count, next) = (symbol + 1, next, count + next))
        {
            fibonacci.AddRange(Enumerable.Repeat((byte)(symbol * 11), count));
        }

        byte[] shuffled = [.. fibonacci];
        random.Shuffle(shuffled);
        yield return ("Fibonacci", shuffled);
    }
}
