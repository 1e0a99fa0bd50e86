using System.Buffers.Binary;
using System.Text;

namespace ResizeImage.Imaging.Tests.Formats.Heif;

/// <summary>HEIF files made by the tests: items with properties and references, written in every version of the boxes.</summary>
internal sealed class HeifFile
{
    private readonly List<(uint Id, string Type, byte[] Data, (byte[] Box, bool IsEssential)[] Properties)> _items = [];
    private readonly List<(string Type, uint From, uint[] To)> _references = [];

    public uint Primary { get; set; } = 1;

    public string[] Brands { get; set; } = ["heic", "mif1"];

    /// <summary>Version 3 of infe, 1 of pitm, iref and ipma, 2 of iloc: ids of 32 bits.</summary>
    public bool LongIds { get; set; }

    public int IlocVersion { get; set; }

    /// <summary>Bytes of offsets and lengths: 0 of the base means none.</summary>
    public (int Offset, int Length, int Base) Sizes { get; set; } = (4, 4, 0);

    /// <summary>Types of items whose data is in "idat".</summary>
    public string[] InIdat { get; set; } = [];

    /// <summary>The parts into which the data of each item is cut, with a byte between them.</summary>
    public int Extents { get; set; } = 1;

    /// <summary>Property indexes of 15 bits.</summary>
    public bool LongIndexes { get; set; }

    /// <summary>Each item has index 0 first.</summary>
    public bool IndexZero { get; set; }

    public bool DataFirst { get; set; }

    /// <summary>Boxes before the others and at the end.</summary>
    public (byte[] Before, byte[] After) Others { get; set; } = ([], []);

    /// <summary>How the size of "mdat" is written: 0 for to the end, 1 for 64 bits, else 32 bits.</summary>
    public int MdatSize { get; set; } = 2;

    public HeifFile Item(uint id, string type, byte[] data, params byte[][] properties)
    {
        _items.Add((id, type, data, [.. properties.Select(box => (box, IsEssential: false))]));
        return this;
    }

    /// <summary>The same, with essential properties.</summary>
    public HeifFile Item(uint id, string type, byte[] data, (byte[] Box, bool IsEssential)[] properties)
    {
        _items.Add((id, type, data, properties));
        return this;
    }

    public HeifFile Reference(string type, uint from, params uint[] to)
    {
        _references.Add((type, from, to));
        return this;
    }

    public static byte[] Box(string type, params byte[][] content)
    {
        byte[] payload = [.. content.SelectMany(part => part)];
        return [.. U32(8 + payload.Length), .. Encoding.Latin1.GetBytes(type), .. payload];
    }

    public static byte[] U16(int value) => [(byte)(value >> 8), (byte)value];

    public static byte[] U32(long value)
    {
        byte[] bytes = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, (uint)value);
        return bytes;
    }

    public static byte[] Sized(long value, int bytes) => bytes switch { 0 => [], 4 => U32(value), _ => [.. U32(value >> 32), .. U32(value)] };

    public static byte[] Ispe(long width, long height) => Box("ispe", U32(0), U32(width), U32(height));

    public static byte[] Irot(int quarters) => Box("irot", [(byte)quarters]);

    public static byte[] Imir(int axis) => Box("imir", [(byte)axis]);

    public static byte[] Clap(params long[] numbers) => Box("clap", [.. numbers.Select(U32)]);

    public static byte[] Nclx(int primaries, int transfer, int matrix, bool isFull) =>
        Box("colr", "nclx"u8.ToArray(), U16(primaries), U16(transfer), U16(matrix), [isFull ? (byte)128 : (byte)0]);

    public static byte[] Icc(byte[] profile) => Box("colr", "prof"u8.ToArray(), profile);

    public static byte[] AuxC(string name) => Box("auxC", U32(0), Encoding.ASCII.GetBytes(name), [0]);

    /// <summary>The data of a grid.</summary>
    public static byte[] Grid(int rows, int columns, long width, long height, bool isLong = false) =>
        [0, isLong ? (byte)1 : (byte)0, (byte)(rows - 1), (byte)(columns - 1), .. isLong ? U32(width) : U16((int)width), .. isLong ? U32(height) : U16((int)height)];

    /// <summary>The data of an overlay.</summary>
    public static byte[] Overlay(int[] fill, int width, int height, bool isLong, params (int X, int Y)[] offsets) =>
    [
        0, isLong ? (byte)1 : (byte)0, .. fill.SelectMany(U16), .. isLong ? U32(width) : U16(width), .. isLong ? U32(height) : U16(height),
        .. offsets.SelectMany(offset => (byte[])[.. isLong ? U32(offset.X) : U16(offset.X), .. isLong ? U32(offset.Y) : U16(offset.Y)]),
    ];

    public byte[] ToArray()
    {
        byte[] ftyp = [.. Box("ftyp", Encoding.Latin1.GetBytes(Brands[0]), U32(0), Encoding.Latin1.GetBytes(string.Concat(Brands))), .. Others.Before];
        List<byte> data = [];
        List<byte> idat = [];
        List<(uint Id, int Method, (long Offset, long Length)[] Extents)> places = [];
        foreach ((uint id, string type, byte[] content, _) in _items)
        {
            bool inIdat = InIdat.Contains(type);
            places.Add((id, inIdat ? 1 : 0, Place(content, inIdat ? idat : data)));
        }

        byte[] mdat = MdatSize switch
        {
            0 => [.. U32(0), .. "mdat"u8, .. data],
            1 => [.. U32(1), .. "mdat"u8, .. Sized(16 + data.Count, 8), .. data],
            _ => Box("mdat", [.. data]),
        };
        int header = mdat.Length - data.Count;
        long start = DataFirst ? ftyp.Length + header : ftyp.Length + Meta(places, idat, 0).Length + header;
        byte[] meta = Meta(places, idat, start);
        return DataFirst ? [.. ftyp, .. mdat, .. meta, .. Others.After] : [.. ftyp, .. meta, .. mdat, .. Others.After];
    }

    private (long Offset, long Length)[] Place(byte[] content, List<byte> into)
    {
        int parts = content.Length == 0 ? 1 : Math.Min(Extents, content.Length);
        List<(long Offset, long Length)> extents = [];
        for (int i = 0; i < parts; i++)
        {
            (int from, int to) = (content.Length * i / parts, content.Length * (i + 1) / parts);
            extents.Add((into.Count, to - from));
            into.AddRange(content[from..to]);
            if (parts > 1)
            {
                into.Add(0xEE);
            }
        }

        return [.. extents];
    }

    private byte[] Meta(List<(uint Id, int Method, (long Offset, long Length)[] Extents)> places, List<byte> idat, long start)
    {
        byte[] Id(uint id) => LongIds ? U32(id) : U16((int)id);
        byte[] infes = [.. _items.SelectMany(item => Box("infe", [LongIds ? (byte)3 : (byte)2, 0, 0, 0], Id(item.Id), U16(0), Encoding.Latin1.GetBytes(item.Type), [0]))];
        byte[] iinf = Box("iinf", U32(0), U16(_items.Count), infes);
        byte[] references = [.. _references.SelectMany(reference => Box(reference.Type, Id(reference.From), U16(reference.To.Length), [.. reference.To.SelectMany(Id)]))];
        byte[] iref = Box("iref", [LongIds ? (byte)1 : (byte)0, 0, 0, 0], references);
        return Box(
            "meta",
            U32(0),
            Box("hdlr", U32(0), U32(0), "pict"u8.ToArray(), new byte[13]),
            Box("pitm", [LongIds ? (byte)1 : (byte)0, 0, 0, 0], Id(Primary)),
            Iloc(places, start),
            iinf,
            references.Length == 0 ? [] : iref,
            Properties(),
            idat.Count == 0 ? [] : Box("idat", [.. idat]));
    }

    private byte[] Iloc(List<(uint Id, int Method, (long Offset, long Length)[] Extents)> places, long start)
    {
        int version = LongIds ? 2 : IlocVersion;
        List<byte> box = [(byte)version, 0, 0, 0, (byte)((Sizes.Offset << 4) | Sizes.Length), (byte)(Sizes.Base << 4)];
        box.AddRange(LongIds ? U32(places.Count) : U16(places.Count));
        foreach ((uint id, int method, (long Offset, long Length)[] extents) in places)
        {
            box.AddRange(LongIds ? U32(id) : U16((int)id));
            if (version > 0)
            {
                box.AddRange(U16(method));
            }

            box.AddRange(U16(0));
            long first = method == 1 ? 0 : start;
            if (Sizes.Base > 0)
            {
                // All of the offset, or what the extents do not say.
                first += Sizes.Offset == 0 ? extents[0].Offset : 0;
                box.AddRange(Sized(first, Sizes.Base));
                first = 0;
            }

            box.AddRange(U16(extents.Length));
            foreach ((long offset, long length) in extents)
            {
                box.AddRange(Sized(first + offset, Sizes.Offset));
                box.AddRange(Sized(length, Sizes.Length));
            }
        }

        return Box("iloc", [.. box]);
    }

    private byte[] Properties()
    {
        List<byte[]> boxes = [];
        List<byte> associations = [];
        int count = 0;
        foreach ((uint id, _, _, (byte[] Box, bool IsEssential)[] properties) in _items)
        {
            List<int> indexes = IndexZero ? [0] : [];
            foreach ((byte[] box, bool isEssential) in properties)
            {
                int index = boxes.FindIndex(known => known.AsSpan().SequenceEqual(box));
                if (index < 0)
                {
                    index = boxes.Count;
                    boxes.Add(box);
                }

                indexes.Add((index + 1) | (isEssential ? LongIndexes ? 0x8000 : 0x80 : 0));
            }

            associations.AddRange(LongIds ? U32(id) : U16((int)id));
            associations.Add((byte)indexes.Count);
            associations.AddRange(indexes.SelectMany(index => LongIndexes ? U16(index) : [(byte)index]));
            count++;
        }

        byte[] ipma = Box("ipma", [LongIds ? (byte)1 : (byte)0, 0, 0, LongIndexes ? (byte)1 : (byte)0], U32(count), [.. associations]);
        return Box("iprp", Box("ipco", [.. boxes.SelectMany(box => box)]), ipma);
    }
}
