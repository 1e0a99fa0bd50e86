using System.Buffers.Binary;
using ResizeImage.Imaging.Formats;
using ResizeImage.Imaging.Formats.Heif;

namespace ResizeImage.Imaging.Tests.Formats.Heif;

/// <summary>
/// A codec for tests of containers: its data says how to paint a picture. It keeps to the letter of <see cref="PictureDecoder"/>: rows that have
/// not just become final are gone.
/// </summary>
internal static class PaintCodec
{
    /// <summary>The codec as "hvc1", and as "bad1" for one whose configuration is always refused.</summary>
    public static readonly PictureCodec[] Codecs =
    [
        new(BoxType.Of("hvc1"), BoxType.Of("hvcC"), (data, _) => Configuration.Parse(data.Span)),
        new(BoxType.Of("bad1"), BoxType.Of("hvcC"), (_, _) => throw new UnsupportedImageException("The codec is not read. Convert it to JPEG or PNG first.")),
    ];

    /// <summary>The configuration property.</summary>
    public static byte[] HvcC(PictureHeader header, int step = 7)
    {
        VideoSignal signal = header.Signal ?? default;
        return HeifFile.Box(
            "hvcC",
            HeifFile.U16(header.Width),
            HeifFile.U16(header.Height),
            [(byte)header.Chroma, (byte)header.LumaBits, (byte)header.ChromaBits, header.Signal is null ? (byte)0 : (byte)1],
            [(byte)signal.Primaries, (byte)signal.Transfer, (byte)signal.Matrix, signal.IsFullRange ? (byte)1 : (byte)0, (byte)step]);
    }

    /// <summary>The data of a picture of one color.</summary>
    public static byte[] Flat(int y, int cb, int cr) => [(byte)'F', .. HeifFile.U16(y), .. HeifFile.U16(cb), .. HeifFile.U16(cr)];

    /// <summary>The data of a picture that differs everywhere.</summary>
    public static byte[] Pattern(int seed) => [(byte)'P', (byte)seed];

    /// <summary>The data of a picture that ends after some rows.</summary>
    public static byte[] Cut(int rows) => [(byte)'C', .. HeifFile.U16(rows)];

    /// <summary>A sample of <see cref="Pattern"/>.</summary>
    public static int Sample(int seed, int plane, int x, int y, int bits) =>
        (int)((uint)((((x + 1) * 2654435761) + ((y + 3) * 40503L) + ((plane + 7) * 97L) + (seed * 7919L)) * 2246822519L >> 9) & ((1u << bits) - 1));

    private sealed class Configuration(PictureHeader header, int step) : PictureConfiguration
    {
        public override PictureHeader Header => header;

        public static Configuration Parse(ReadOnlySpan<byte> data)
        {
            if (data.Length < 13)
            {
                throw new InvalidImageException("The configuration is corrupt: it is too short. Upload an undamaged copy.");
            }

            (int width, int height) = (BinaryPrimitives.ReadUInt16BigEndian(data), BinaryPrimitives.ReadUInt16BigEndian(data[2..]));
            if (width == 0 || height == 0 || data[4] > 3 || data[5] is < 8 or > 16 || data[6] is < 8 or > 16)
            {
                throw new InvalidImageException("The configuration is corrupt: it makes no sense. Upload an undamaged copy.");
            }

            VideoSignal? signal = data[7] == 0 ? null : new(data[8], data[9], data[10], data[11] != 0);
            return new(new(width, height, (ChromaFormat)data[4], data[5], data[6], signal), Math.Max(1, (int)data[12]));
        }

        public override long EstimateMemory(bool isExact) => 12L * header.Width;

        public override long EstimateWork() => 10L * header.Width * header.Height;

        public override PictureDecoder CreateDecoder(WorkMeter work) => new Decoder(header, step, work);
    }

    private sealed class Decoder(PictureHeader header, int step, WorkMeter work) : PictureDecoder
    {
        private readonly ushort[][] _rows = [.. Enumerable.Range(0, 6).Select(_ => new ushort[header.Width])];
        private ReadOnlyMemory<byte> _data;
        private int _previous;
        private int _final;

        public override int ReadableRows => Math.Min(_final, _data.Span[0] == 'C' ? BinaryPrimitives.ReadUInt16BigEndian(_data.Span[1..]) : _final);

        public override void Start(ReadOnlyMemory<byte> data, bool isExact)
        {
            _data = data;
            (_previous, _final) = (0, 0);
            if (data.Span[0] == 'U')
            {
                throw new UnsupportedImageException("The picture is coded in another way, which is not read. Convert it to JPEG or PNG first.");
            }

            bool isValid = data.Span[0] switch { (byte)'F' => data.Length >= 7, (byte)'P' => data.Length >= 2, (byte)'C' => data.Length >= 3, _ => false };
            if (!isValid)
            {
                throw new InvalidImageException("The picture is corrupt: it cannot be painted. Upload an undamaged copy.");
            }
        }

        public override int DecodeRows()
        {
            work.Check();
            _previous = _final;
            _final = Math.Min(_final + step, header.Height);
            return _final;
        }

        public override ReadOnlySpan<ushort> Row(int plane, int y)
        {
            bool half = plane > 0 && header.Chroma is ChromaFormat.Yuv420 or ChromaFormat.Yuv422 && plane > 0;
            int last = plane > 0 && header.Chroma == ChromaFormat.Yuv420 ? Math.Min((2 * y) + 1, header.Height - 1) : y;
            Assert.InRange(last, _previous, _final - 1);
            Assert.True(plane == 0 || header.Chroma != ChromaFormat.Monochrome);
            int width = half ? (header.Width + 1) / 2 : header.Width;
            int bits = plane == 0 ? header.LumaBits : header.ChromaBits;
            ushort[] row = _rows[(2 * plane) + (y & 1)];
            for (int x = 0; x < width; x++)
            {
                int sample = _data.Span[0] switch
                {
                    (byte)'F' => BinaryPrimitives.ReadUInt16BigEndian(_data.Span[(1 + (2 * plane))..]) & ((1 << bits) - 1),
                    (byte)'P' => Sample(_data.Span[1], plane, x, y, bits),
                    _ => (1 << bits) - 1,
                };
                row[x] = (ushort)sample;
            }

            return row.AsSpan(0, width);
        }
    }
}
