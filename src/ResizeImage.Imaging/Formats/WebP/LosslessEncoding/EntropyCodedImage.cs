using ResizeImage.Imaging.Formats.Deflate;

namespace ResizeImage.Imaging.Formats.WebP;

/// <summary>Writes an entropy-coded image with one group of prefix codes and without color cache (RFC 9649, 3.6 and 3.7).</summary>
internal sealed class EntropyCodedImage
{
    private const int Passes = 2;
    private const int DistanceSymbols = 40;

    // Before anything was counted: bits of a pixel, and of a copy besides its extra bits.
    private const float FirstPixelBits = 6;
    private const float FirstCopyBits = 9;

    private readonly List<LosslessToken> _tokens;
    private readonly LosslessPrefixCode[] _codes;

    /// <param name="pixels">Alpha, red, green, blue from the highest byte down, in reading order.</param>
    /// <param name="width">Pixels of a row.</param>
    /// <param name="work">Checked for each row.</param>
    public EntropyCodedImage(uint[] pixels, int width, WorkMeter? work)
    {
        BackwardReferences references = new(pixels, width);
        _tokens = references.Find(_ => FirstPixelBits, (length, code) => FirstCopyBits + ExtraBits(length, code), work);
        _codes = CodesOf(_tokens);
        for (int pass = 1; pass < Passes; pass++)
        {
            LosslessPrefixCode[] codes = _codes;
            _tokens = references.Find(pixel => BitsOf(codes, pixel), (length, code) => BitsOf(codes, length, code), work);
            _codes = CodesOf(_tokens);
        }
    }

    /// <summary>Writes the image.</summary>
    /// <param name="output">Receives the bits.</param>
    /// <param name="isMain">Whether it is the image itself, whose blocks might have different codes.</param>
    public void Write(DeflateBitWriter output, bool isMain)
    {
        // No color cache; one group of codes.
        output.Write(0, isMain ? 2 : 1);
        foreach (LosslessPrefixCode code in _codes)
        {
            code.WriteTable(output);
        }

        foreach (LosslessToken token in _tokens)
        {
            if (token.Length == 0)
            {
                WritePixel(output, token.Value);
            }
            else
            {
                WriteNumber(output, _codes[0], PrefixCodeGroup.Literals, token.Length);
                WriteNumber(output, _codes[4], 0, (int)token.Value);
            }
        }
    }

    /// <summary>The order of the file: green, red, blue, alpha.</summary>
    private void WritePixel(DeflateBitWriter output, uint pixel)
    {
        _codes[0].Write(output, (byte)(pixel >> 8));
        _codes[1].Write(output, (byte)(pixel >> 16));
        _codes[2].Write(output, (byte)pixel);
        _codes[3].Write(output, (byte)(pixel >> 24));
    }

    private static void WriteNumber(DeflateBitWriter output, LosslessPrefixCode code, int firstSymbol, int number)
    {
        (int symbol, int extraBits, uint extra) = LosslessToken.Prefix(number);
        code.Write(output, firstSymbol + symbol);
        output.Write(extra, extraBits);
    }

    private static float BitsOf(LosslessPrefixCode[] codes, uint pixel) =>
        codes[0].Bits((byte)(pixel >> 8)) + codes[1].Bits((byte)(pixel >> 16)) + codes[2].Bits((byte)pixel) + codes[3].Bits((byte)(pixel >> 24));

    private static float BitsOf(LosslessPrefixCode[] codes, int length, int distanceCode) =>
        codes[0].Bits(PrefixCodeGroup.Literals + LosslessToken.Prefix(length).Symbol)
        + codes[4].Bits(LosslessToken.Prefix(distanceCode).Symbol)
        + ExtraBits(length, distanceCode);

    private static int ExtraBits(int length, int distanceCode) =>
        LosslessToken.Prefix(length).ExtraBits + LosslessToken.Prefix(distanceCode).ExtraBits;

    private static LosslessPrefixCode[] CodesOf(List<LosslessToken> tokens)
    {
        int[][] frequencies =
        [
            new int[PrefixCodeGroup.Literals + PrefixCodeGroup.Lengths], new int[256], new int[256], new int[256], new int[DistanceSymbols],
        ];
        foreach (LosslessToken token in tokens)
        {
            if (token.Length == 0)
            {
                frequencies[0][(byte)(token.Value >> 8)]++;
                frequencies[1][(byte)(token.Value >> 16)]++;
                frequencies[2][(byte)token.Value]++;
                frequencies[3][(byte)(token.Value >> 24)]++;
            }
            else
            {
                frequencies[0][PrefixCodeGroup.Literals + LosslessToken.Prefix(token.Length).Symbol]++;
                frequencies[4][LosslessToken.Prefix((int)token.Value).Symbol]++;
            }
        }

        return Array.ConvertAll(frequencies, counts => new LosslessPrefixCode(counts));
    }
}
