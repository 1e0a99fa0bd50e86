using System.Buffers.Binary;
using ResizeImage.Imaging.Formats.Hevc.Headers;

namespace ResizeImage.Imaging.Formats.Hevc;

/// <summary>HEVCDecoderConfigurationRecord, the property "hvcC" (ISO/IEC 14496-15 8.3.3): the parameter sets of pictures.</summary>
internal sealed class HevcConfiguration : PictureConfiguration
{
    private const int HeaderBytes = 23;

    private readonly SequenceParameters _sequence;

    private HevcConfiguration(int lengthSize, ParameterSets sets)
    {
        LengthSize = lengthSize;
        Sets = sets;
        _sequence = sets.Sequence ?? throw HevcErrors.Corrupt("its configuration (hvcC) has no sequence parameter set");
        Header = new(_sequence.Width, _sequence.Height, _sequence.Chroma, _sequence.LumaBits, _sequence.ChromaBits, _sequence.Signal);
    }

    public override PictureHeader Header { get; }

    /// <summary>Bytes of the length before a NAL unit.</summary>
    public int LengthSize { get; }

    /// <summary>The parameter sets of the record.</summary>
    public ParameterSets Sets { get; }

    /// <summary>Pictures may have tiles, which take memory.</summary>
    private bool HasTiles => Sets.Pictures.Any(picture => picture.HasTiles);

    /// <summary>Reads a record.</summary>
    /// <param name="record">The property's data.</param>
    /// <param name="work">Counts the parameter sets.</param>
    /// <exception cref="InvalidImageException">The record is corrupt, or has no sequence parameter set.</exception>
    /// <exception cref="UnsupportedImageException">A parameter set turns on a tool that is not implemented.</exception>
    public static HevcConfiguration Parse(ReadOnlyMemory<byte> record, WorkMeter work)
    {
        ReadOnlySpan<byte> rest = record.Span;
        if (rest.Length < HeaderBytes)
        {
            throw HevcErrors.Corrupt("its configuration (hvcC) is too short");
        }

        int lengthSize = (rest[21] & 3) + 1;
        int arrays = rest[22];
        rest = rest[HeaderBytes..];
        ParameterSets sets = new();
        for (int i = 0; i < arrays && rest.Length >= 3; i++)
        {
            work.Check();
            int units = BinaryPrimitives.ReadUInt16BigEndian(rest[1..]);
            rest = rest[3..];
            for (int j = 0; j < units && rest.Length >= sizeof(ushort); j++)
            {
                int length = Math.Min(BinaryPrimitives.ReadUInt16BigEndian(rest), rest.Length - sizeof(ushort));
                sets.Add(rest.Slice(sizeof(ushort), length));
                rest = rest[(sizeof(ushort) + length)..];
            }
        }

        return new(lengthSize, sets);
    }

    /// <inheritdoc/>
    public override long EstimateMemory(bool isExact)
    {
        const long Fixed = 1 << 16;
        const int PerCodingTreeBlock = 48;
        long samples = (long)_sequence.CodedWidth * _sequence.CodedHeight;
        long planes = _sequence.Chroma switch
        {
            ChromaFormat.Monochrome => 2,
            ChromaFormat.Yuv420 => 3,
            ChromaFormat.Yuv422 => 4,
            _ => 6,
        };

        // Two bytes a sample, of a row of coding tree blocks or of the picture; for filters, a copy of luma and a byte for 16 samples.
        long held = isExact || HasTiles ? samples : (long)_sequence.CodedWidth << _sequence.Log2Ctb;
        long filters = isExact ? (2 * samples) + (samples / 16) : 0;
        return (planes * held) + filters + (samples / 64) + (PerCodingTreeBlock * (long)_sequence.CtbColumns * _sequence.CtbRows) + Fixed;
    }

    /// <inheritdoc/>
    public override long EstimateWork() => 5L * _sequence.CodedWidth * _sequence.CodedHeight;

    /// <inheritdoc/>
    public override PictureDecoder CreateDecoder(WorkMeter work) => new HevcPictureDecoder(this, work);

    /// <summary>Checks the parameter sets of a picture against those by which memory was estimated and the container chose its geometry.</summary>
    /// <exception cref="InvalidImageException">They differ in what matters.</exception>
    public void Check(PictureParameters picture)
    {
        SequenceParameters other = picture.Sequence;
        bool isSame = (other.CodedWidth, other.CodedHeight, other.Width, other.Height, other.Left, other.Top)
            == (_sequence.CodedWidth, _sequence.CodedHeight, _sequence.Width, _sequence.Height, _sequence.Left, _sequence.Top)
            && (other.Chroma, other.LumaBits, other.ChromaBits) == (_sequence.Chroma, _sequence.LumaBits, _sequence.ChromaBits)
            && (HasTiles || !picture.HasTiles);
        if (!isSame)
        {
            throw HevcErrors.Corrupt(
                $"its size is {other.Width} × {other.Height}, but its configuration (hvcC) says {_sequence.Width} × {_sequence.Height}, or its samples or tiles differ");
        }
    }
}
