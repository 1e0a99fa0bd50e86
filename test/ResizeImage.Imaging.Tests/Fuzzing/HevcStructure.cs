using System.Buffers.Binary;
using ResizeImage.Imaging.Formats;
using ResizeImage.Imaging.Formats.Heif;
using ResizeImage.Imaging.Tests.Formats.Heif;
using ResizeImage.Imaging.Tests.Formats.Hevc;

namespace ResizeImage.Imaging.Tests.Fuzzing;

/// <summary>The NAL units of a HEIF file's first coded picture: parameter sets and slices, in a file around it alone.</summary>
internal sealed class HevcStructure : FileStructure
{
    private const int FirstParameterSet = 32;

    public override List<byte[]> Split(byte[] file)
    {
        HeifContents contents = HeifContents.Parse(new ByteSource(file, new WorkMeter()), PictureCodec.All);
        HeifTile tile = HeifPicture.Resolve(contents, contents.Primary.Id).Tiles!.Tiles[0];
        ReadOnlySpan<byte> record = contents.PropertiesOf(tile.Item).Find(property => property.Type == BoxType.Of("hvcC")).Payload.Span;
        List<byte[]> units = [];
        int arrays = record[22];
        record = record[23..];
        for (int i = 0; i < arrays; i++)
        {
            // The samples have one unit in each array.
            record = record[3..];
            units.Add(Take(ref record, BinaryPrimitives.ReadUInt16BigEndian(record), sizeof(ushort)));
        }

        for (ReadOnlySpan<byte> data = contents.ReadData(tile.Item).Span; data.Length > 4;)
        {
            units.Add(Take(ref data, BinaryPrimitives.ReadInt32BigEndian(data), sizeof(int)));
        }

        return units;
    }

    public override byte[] Join(IReadOnlyList<byte[]> parts)
    {
        // Units without a type are slices.
        byte[][] sets = [.. parts.Where(unit => unit.Length > 0 && ((unit[0] >> 1) & 63) >= FirstParameterSet).Take(byte.MaxValue)];
        byte[] data = [.. parts.Except(sets).SelectMany(unit => (byte[])[.. HeifFile.U32(unit.Length), .. unit])];
        return new HeifFile().Item(1, "hvc1", data, HeifFile.Box("hvcC", HevcStream.Record(sets))).ToArray();
    }

    private static byte[] Take(ref ReadOnlySpan<byte> data, int length, int sizeOfLength)
    {
        byte[] unit = data.Slice(sizeOfLength, length).ToArray();
        data = data[(sizeOfLength + length)..];
        return unit;
    }
}
