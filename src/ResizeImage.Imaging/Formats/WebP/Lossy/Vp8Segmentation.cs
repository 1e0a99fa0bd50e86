using System.Runtime.CompilerServices;

namespace ResizeImage.Imaging.Formats.WebP;

/// <summary>Up to four segments of macroblocks, which differ in quantizer and filter level (RFC 6386, 9.3).</summary>
internal sealed class Vp8Segmentation
{
    public const int Count = 4;

    private const int QuantizerBits = 7;
    private const int FilterBits = 6;

    private readonly bool _enabled;
    // The default of libwebp, for frames that do not say.
    private readonly bool _absolute = true;
    private readonly int[] _quantizers = new int[Count];
    private readonly int[] _filterLevels = new int[Count];
    private readonly byte[] _probabilities = [255, 255, 255];

    /// <summary>Reads the segments from the frame header.</summary>
    public Vp8Segmentation(ref BoolDecoder header)
    {
        _enabled = header.ReadFlag();
        if (!_enabled)
        {
            return;
        }

        HasMap = header.ReadFlag();
        bool hasValues = header.ReadFlag();
        if (hasValues)
        {
            _absolute = header.ReadFlag();
            ReadValues(ref header, _quantizers, QuantizerBits);
            ReadValues(ref header, _filterLevels, FilterBits);
        }

        for (int i = 0; HasMap && i < _probabilities.Length; i++)
        {
            _probabilities[i] = header.ReadFlag() ? (byte)header.ReadLiteral(8) : (byte)255;
        }
    }

    /// <summary>Each macroblock states its segment; if false, all belong to the first.</summary>
    public bool HasMap { get; }

    /// <summary>The segment of the next macroblock (RFC 6386, 10).</summary>
    /// <param name="modes">Has two bools.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Read(ref BoolWindow modes) => modes.Read(_probabilities[0])
        ? modes.Read(_probabilities[2]) ? 3 : 2
        : modes.Read(_probabilities[1]) ? 1 : 0;

    /// <summary>The quantizer index of a segment, if the frame's is <paramref name="ofFrame"/>; may be out of range.</summary>
    public int Quantizer(int segment, int ofFrame) => Value(_quantizers[segment], ofFrame);

    /// <summary>The filter level of a segment, if the frame's is <paramref name="ofFrame"/>; may be out of range.</summary>
    public int FilterLevel(int segment, int ofFrame) => Value(_filterLevels[segment], ofFrame);

    private int Value(int ofSegment, int ofFrame) => !_enabled ? ofFrame : _absolute ? ofSegment : ofFrame + ofSegment;

    private static void ReadValues(ref BoolDecoder header, int[] values, int bits)
    {
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = header.ReadOptional(bits);
        }
    }
}
