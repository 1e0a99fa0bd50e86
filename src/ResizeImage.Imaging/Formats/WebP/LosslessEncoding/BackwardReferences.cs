namespace ResizeImage.Imaging.Formats.WebP;

/// <summary>Finds copies of earlier pixels: LZ77 with hash chains and lazy matching. What a copy must save depends on what pixels cost.</summary>
internal sealed class BackwardReferences
{
    private const int MaxLength = 4096;
    private const int MaxDistance = (1 << 20) - NearCodes;
    private const int NearCodes = 120;
    private const int MaxChain = 16;
    private const int HashBits = 14;
    private const uint HashMultiplier = 0x9E3779B1;

    private readonly uint[] _pixels;
    private readonly int _width;
    private readonly int[] _previous;
    private readonly int[] _nearCodes;

    /// <param name="pixels">The pixels in reading order.</param>
    /// <param name="width">Pixels of a row.</param>
    public BackwardReferences(uint[] pixels, int width)
    {
        _pixels = pixels;
        _width = width;
        _previous = Chain(pixels);

        // The shortest code of each distance that is near in two dimensions.
        _nearCodes = new int[(8 * width) + 9];
        for (int code = NearCodes; code > 0; code--)
        {
            int distance = PixelDistance.FromCode(code, width);
            _nearCodes[Math.Min(distance, _nearCodes.Length - 1)] = code;
        }
    }

    /// <summary>Divides the image into pixels and copies.</summary>
    /// <param name="costOfPixel">What a pixel costs in bits.</param>
    /// <param name="costOfCopy">What a copy costs, by length and code of the distance.</param>
    /// <param name="work">Checked for each row.</param>
    public List<LosslessToken> Find(Func<uint, float> costOfPixel, Func<int, int, float> costOfCopy, WorkMeter? work)
    {
        float[] sums = new float[_pixels.Length + 1];
        for (int i = 0; i < _pixels.Length; i++)
        {
            sums[i + 1] = sums[i] + costOfPixel(_pixels[i]);
        }

        List<LosslessToken> tokens = [];
        int nextCheck = 0;
        for (int at = 0; at < _pixels.Length;)
        {
            if (at >= nextCheck)
            {
                work?.Check();
                nextCheck = at + _width;
            }

            (int length, int distance, float saved) = Best(at, sums, costOfCopy);
            if (length > 0 && at + 1 < _pixels.Length && Best(at + 1, sums, costOfCopy).Saved > saved)
            {
                length = 0;
            }

            tokens.Add(length > 0 ? new(length, (uint)distance) : new(0, _pixels[at]));
            at += Math.Max(length, 1);
        }

        return tokens;
    }

    /// <summary>The copy at a position that saves most.</summary>
    /// <returns>Length 0 if none saves anything.</returns>
    private (int Length, int Code, float Saved) Best(int at, float[] sums, Func<int, int, float> costOfCopy)
    {
        (int Length, int Code, float Saved) best = (0, 0, 0);
        int longest = 0;
        Try(at - 1);
        Try(at - _width);
        int candidate = _previous[at];
        for (int i = 0; i < MaxChain && candidate >= 0; i++, candidate = _previous[candidate])
        {
            Try(candidate);
        }

        return best;

        void Try(int from)
        {
            if (from < 0 || at - from > MaxDistance || longest >= MaxLength)
            {
                return;
            }

            int most = Math.Min(MaxLength, _pixels.Length - at);
            int length = _pixels.AsSpan(at, most).CommonPrefixLength(_pixels.AsSpan(from, most));
            if (length <= longest)
            {
                return;
            }

            longest = length;
            int code = CodeOf(at - from);
            float saved = sums[at + length] - sums[at] - costOfCopy(length, code);
            if (saved > best.Saved)
            {
                best = (length, code, saved);
            }
        }
    }

    private int CodeOf(int distance) =>
        distance < _nearCodes.Length - 1 && _nearCodes[distance] > 0 ? _nearCodes[distance] : distance + NearCodes;

    /// <summary>For each position, the last one before it where the same two pixels may be; −1 if there is none.</summary>
    private static int[] Chain(uint[] pixels)
    {
        int[] previous = new int[pixels.Length];
        int[] last = new int[1 << HashBits];
        Array.Fill(last, -1);
        Array.Fill(previous, -1);
        for (int i = 0; i + 1 < pixels.Length; i++)
        {
            uint hash = ((pixels[i] * HashMultiplier) ^ (pixels[i + 1] * 0x85EBCA6Bu)) >> (32 - HashBits);
            previous[i] = last[hash];
            last[hash] = i;
        }

        return previous;
    }
}
