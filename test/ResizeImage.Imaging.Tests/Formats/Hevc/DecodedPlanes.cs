using System.Runtime.InteropServices;
using ResizeImage.Imaging.Formats;
using ResizeImage.Imaging.Formats.Hevc;

namespace ResizeImage.Imaging.Tests.Formats.Hevc;

/// <summary>Decodes pictures to planes as ffmpeg writes them: all of Y, then Cb, then Cr; a byte for each sample of 8 bits, else two, the lower one first.</summary>
internal static class DecodedPlanes
{
    /// <summary>Decodes a stream with all filters.</summary>
    public static byte[] Of(HevcStream stream, bool isExact = true)
    {
        WorkMeter work = new();
        using PictureDecoder decoder = HevcConfiguration.Parse(stream.Configuration, work).CreateDecoder(work);
        return Of(decoder, HevcConfiguration.Parse(stream.Configuration, work).Header, stream.Data, isExact);
    }

    /// <summary>Decodes a picture and asserts that all rows are readable.</summary>
    public static byte[] Of(PictureDecoder decoder, PictureHeader header, ReadOnlyMemory<byte> data, bool isExact = true)
    {
        decoder.Start(data, isExact);
        List<byte>[] planes = [[], [], []];
        int done = 0;
        while (done < header.Height)
        {
            int rows = decoder.DecodeRows();
            Assert.True(rows > done);
            for (int plane = 0; plane < (header.Chroma == ChromaFormat.Monochrome ? 1 : 3); plane++)
            {
                int shift = plane > 0 && header.Chroma == ChromaFormat.Yuv420 ? 1 : 0;
                for (int y = (done + shift) >> shift; y < (rows + shift) >> shift; y++)
                {
                    Append(planes[plane], decoder.Row(plane, y), isWide: Math.Max(header.LumaBits, header.ChromaBits) > 8);
                }
            }

            done = rows;
        }

        Assert.Equal(header.Height, decoder.ReadableRows);
        return [.. planes[0], .. planes[1], .. planes[2]];
    }

    private static void Append(List<byte> plane, ReadOnlySpan<ushort> row, bool isWide)
    {
        if (isWide)
        {
            plane.AddRange(MemoryMarshal.AsBytes(row));
            return;
        }

        foreach (ushort sample in row)
        {
            plane.Add((byte)sample);
        }
    }
}
