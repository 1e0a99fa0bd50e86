using System.IO.Compression;
using ResizeImage.Imaging.Formats.Deflate;

namespace ResizeImage.Imaging.Tests.Formats.Png;

/// <summary>Inflating, with zlib (by .NET) as judge.</summary>
public class InflaterTests
{
    private const int Most = 5000;

    [Theory]
    [InlineData(CompressionLevel.NoCompression)]
    [InlineData(CompressionLevel.Fastest)]
    [InlineData(CompressionLevel.Optimal)]
    [InlineData(CompressionLevel.SmallestSize)]
    public void Output_of_zlib_inflates_in_pieces_of_any_size(CompressionLevel level)
    {
        foreach (byte[] data in Samples())
        {
            byte[] zlib = Compress(data, level);
            foreach (int part in (int[])[1, 7, 1000, Most])
            {
                Assert.Equal(data, Inflate(zlib, part, data.Length));
            }
        }
    }

    [Fact]
    public void Output_of_our_compressor_inflates()
    {
        foreach (byte[] data in Samples())
        {
            Assert.Equal(data, Inflate(ZlibCompressor.Compress(data, 3), Most, data.Length));
        }
    }

    [Fact]
    public void A_truncated_stream_gives_the_bytes_that_zlib_gives_or_a_few_less()
    {
        foreach (byte[] data in Samples())
        {
            byte[] zlib = Compress(data, CompressionLevel.Optimal);
            for (int length = 0; length < zlib.Length; length += 1 + (zlib.Length / 50))
            {
                byte[] theirs = ByZlib(zlib[..length], data.Length)!;
                byte[] ours = Inflate(zlib[..length], 100, data.Length)!;
                Assert.InRange(ours.Length, theirs.Length - 260, theirs.Length);
                Assert.Equal(theirs[..ours.Length], ours);
            }
        }
    }

    /// <summary>It ends within a block's header that has said more symbols than there are.</summary>
    [Fact]
    public void A_stream_that_ends_after_impossible_counts_is_truncated() => Assert.Equal([], Inflate([0x78, 0x9C, 0xFD, 0x1F], 100, 100)!);

    /// <summary>RFC 1951, 3.2.7 has room for 32 distance codes and never uses the last two; zlib refuses to read their lengths.</summary>
    [Theory]
    [InlineData(30)]
    [InlineData(31)]
    [InlineData(32)]
    public void More_codes_of_distances_than_there_are_distances_are_refused_as_zlib_does(int distances)
    {
        DeflateBitWriter bits = new();
        bits.Write([0x78, 0x9C]);
        bits.Write(0b101, 3); // the last block, with codes of its own
        bits.Write(0, 5);
        bits.Write((uint)(distances - 1), 5);
        bits.Write(18 - 4, 4);
        for (int i = 0; i < 18; i++)
        {
            bits.Write(DeflateCodeLengths.Order[i] is 1 or 18 ? 1u : 0, 3);
        }

        // Lengths: 65 zeros, 1 for 'A', 190 zeros, 1 for the end of the block, zeros for all distances. Of both codes, 0 is the first.
        foreach (int zeros in (int[])[65, -1, 138, 52, -1, distances])
        {
            bits.Write(zeros < 0 ? 0u : 1, 1);
            bits.Write(zeros < 0 ? 0u : (uint)(zeros - 11), zeros < 0 ? 0 : 7);
        }

        bits.Write(0b10, 2); // 'A', end of the block
        bits.Align();
        byte[] zlib = [.. bits.Written, 0, 66, 0, 66];
        byte[]? expected = ByZlib(zlib, 10);
        Assert.Equal(distances == 30, expected is not null);
        Assert.Equal(expected, Inflate(zlib, 10, 10));
    }

    /// <summary>Whatever bytes come: the same verdict as zlib's, and the same data.</summary>
    [Fact]
    public void Corrupt_streams_are_refused_where_zlib_refuses_them()
    {
        Random random = new(12);
        int refused = 0;
        int accepted = 0;
        byte[][] streams = [.. Samples().Where(data => data.Length is > 0 and < 100_000).Select(data => Compress(data, CompressionLevel.Optimal))];
        for (int round = 0; round < 20_000; round++)
        {
            // What follows lets zlib come to a verdict instead of waiting for more.
            byte[] zlib = [.. streams[random.Next(streams.Length)], .. new byte[5000]];
            for (int changes = random.Next(1, 4); changes > 0; changes--)
            {
                // Mostly where the codes are described.
                int at = random.Next(random.Next(3) == 0 ? zlib.Length - 5000 : Math.Min(100, zlib.Length - 5000));
                zlib[at] ^= (byte)(1 << random.Next(8));
            }

            byte[]? theirs = ByZlib(zlib, 200_000);
            byte[]? ours = Inflate(zlib, Most, 200_000);
            if (theirs is null || ours is null)
            {
                Assert.True(theirs is null && ours is null, $"round {round}: {theirs?.Length} bytes by zlib, {ours?.Length} here");
                refused++;
            }
            else
            {
                Assert.Equal(theirs, ours);
                accepted++;
            }
        }

        Assert.True(refused > 1000 && accepted > 100, $"{refused} refused, {accepted} accepted");
    }

    private static byte[] Compress(byte[] data, CompressionLevel level)
    {
        using MemoryStream stream = new();
        using (ZLibStream zlib = new(stream, level))
        {
            zlib.Write(data);
        }

        return stream.ToArray();
    }

    /// <returns>Null if the stream is damaged.</returns>
    private static byte[]? Inflate(byte[] zlib, int part, int most)
    {
        using Inflater inflater = new(new MemoryStream(zlib), Most, long.MaxValue, new WorkMeter());
        using MemoryStream all = new();

        // One byte more than there should be, so that the checksum is looked at.
        for (int wanted = most + 1; wanted > 0; wanted -= part)
        {
            ReadOnlySpan<byte> taken = inflater.Take(Math.Min(part, wanted));
            all.Write(taken);
            if (taken.Length < part)
            {
                break;
            }
        }

        return inflater.IsCorrupt || inflater.Checksum == InflateChecksum.Wrong ? null : all.ToArray();
    }

    private static byte[]? ByZlib(byte[] stream, int most)
    {
        using ZLibStream zlib = new(new MemoryStream(stream), CompressionMode.Decompress);
        byte[] data = new byte[most + 1];
        try
        {
            return data[..zlib.ReadAtLeast(data, data.Length, throwOnEndOfStream: false)];
        }
        catch (Exception e) when (e is InvalidDataException or IOException)
        {
            return null;
        }
    }

    private static IEnumerable<byte[]> Samples()
    {
        Random random = new(8);
        byte[] noise = new byte[150_000];
        random.NextBytes(noise);
        yield return [];
        yield return [1];
        yield return noise;
        yield return new byte[150_000];
        for (int distance = 1; distance < 20; distance++)
        {
            yield return [.. Enumerable.Range(0, 3000).Select(i => noise[i % distance])];
        }

        yield return [.. noise.Select(b => (byte)Math.Min(b & 15, b >> 4))];
        yield return [.. noise[..32768], .. noise[..40000]];
        yield return [.. Enumerable.Range(0, 5000).SelectMany(_ => noise.Skip(random.Next(300)).Take(random.Next(2, 300)))];
    }
}
