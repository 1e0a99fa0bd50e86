using System.Buffers.Binary;
using ResizeImage.Imaging.Formats;
using ResizeImage.Imaging.Formats.Hevc;
using ResizeImage.Imaging.Tests.Support;

namespace ResizeImage.Imaging.Tests.Formats.Hevc;

/// <summary>Conformance windows and damage at the borders of rows and slices.</summary>
public class HevcDamageTests
{
    [ToolTheory(X265.Program, FfmpegJudge.Program)]
    [InlineData(1)]
    [InlineData(8)]
    [InlineData(40)]
    [InlineData(75)]
    public void A_conformance_window_may_begin_anywhere(int top)
    {
        byte[] stream = HevcHeaders.WithTop(X265.Encode(64, 160, "i420", 8, "--qp 30 --ctu 16 --no-deblock --no-sao"), top);
        byte[] expected = X265.Decode(stream);
        Assert.Equal(expected, DecodedPlanes.Of(HevcStream.FromAnnexB(stream), isExact: true));
        Assert.Equal(expected, DecodedPlanes.Of(HevcStream.FromAnnexB(stream), isExact: false));
    }

    [ToolFact(X265.Program)]
    public void A_corrupt_header_of_a_slice_costs_no_row_before_it()
    {
        HevcStream stream = HevcStream.FromAnnexB(X265.Encode(64, 128, "i420", 8, "--qp 30 --ctu 16 --slices 4 --no-deblock --no-sao"));
        int third = 0;
        for (int i = 0; i < 2; i++)
        {
            third += sizeof(int) + BinaryPrimitives.ReadInt32BigEndian(stream.Data.AsSpan(third));
        }

        byte[] damaged = [.. stream.Data];
        damaged.AsSpan(third + sizeof(int) + 2, 3).Clear(); // slice_pic_parameter_set_id is then larger than 63
        foreach (bool isExact in (bool[])[true, false])
        {
            (byte[] luma, int readable) = Decode(stream.Configuration, damaged, isExact);
            Assert.Equal(64, readable);
            Assert.Equal(Decode(stream.Configuration, stream.Data, isExact).Luma[..(64 * 64)], luma[..(64 * 64)]);
        }
    }

    private static (byte[] Luma, int ReadableRows) Decode(byte[] record, byte[] data, bool isExact)
    {
        WorkMeter work = new();
        var configuration = HevcConfiguration.Parse(record, work);
        using PictureDecoder decoder = configuration.CreateDecoder(work);
        decoder.Start(data, isExact);
        List<byte> luma = [];
        for (int done = 0; done < configuration.Header.Height;)
        {
            int rows = decoder.DecodeRows();
            for (; done < rows; done++)
            {
                luma.AddRange(decoder.Row(0, done).ToArray().Select(sample => (byte)sample));
            }
        }

        return ([.. luma], decoder.ReadableRows);
    }
}
