using System.Buffers.Binary;

namespace ResizeImage.Imaging.Formats.Png;

/// <summary>A repetition: so many bytes are the same as those so far back.</summary>
/// <param name="Length">3 to 258, or 0 for none.</param>
/// <param name="Distance">1 to 32768.</param>
internal readonly record struct DeflateMatch(int Length, int Distance);

/// <summary>Finds repetitions with chains of positions whose next bytes have the same hash (RFC 1951, 4).</summary>
internal ref struct DeflateMatcher
{
    private const int HashBits = 15;
    private const int WindowMask = DeflateAlphabet.MaxDistance - 1;
    private const int None = -1;

    // Candidates looked at in all before few must do: photos and drawings take up to 30 a byte, and noise of few values 500.
    private const long FreeCandidates = 64 << 20;
    private const long CandidatesOfByte = 32;
    private const int FewCandidates = 8;

    // With such a match in hand, the search for a longer one is shortened.
    private const int GoodLength = 32;

    // Hashing reads so many bytes, whatever it uses of them; in the last few no match starts.
    private const int HashedBytes = sizeof(ulong);

    private readonly ReadOnlySpan<byte> _data;
    private readonly int _minLength;
    private readonly int _maxChain;

    // The newest position of each hash, and for each position in the window the one before it with the same hash.
    private readonly int[] _newest;
    private readonly int[] _older;
    private long _candidatesLeft;

    /// <param name="data">What is searched.</param>
    /// <param name="minLength">The shortest match wanted, 3 to 8.</param>
    /// <param name="maxChain">Candidates tried at a position before the best so far is taken.</param>
    public DeflateMatcher(ReadOnlySpan<byte> data, int minLength, int maxChain)
    {
        _data = data;
        _minLength = minLength;
        _maxChain = maxChain;
        _candidatesLeft = FreeCandidates + (CandidatesOfByte * data.Length);
        _newest = new int[1 << HashBits];
        _older = new int[DeflateAlphabet.MaxDistance];
        Array.Fill(_newest, None);
    }

    /// <summary>The longest match at a position among those before it, which must all be known; then makes the position known.</summary>
    /// <param name="position">May be the end of the data, where there is no match.</param>
    /// <param name="length">Only longer matches are wanted.</param>
    public DeflateMatch FindAndInsert(int position, int length)
    {
        DeflateMatch match = position <= _data.Length - HashedBytes ? Find(position, length) : default;
        Insert(position, 1);
        return match;
    }

    /// <summary>Makes positions known, in ascending order.</summary>
    public void Insert(int position, int count)
    {
        int end = Math.Min(position + count, _data.Length - HashedBytes + 1);
        for (; position < end; position++)
        {
            ref int newest = ref _newest[Hash(position)];
            _older[position & WindowMask] = newest;
            newest = position;
        }
    }

    private DeflateMatch Find(int position, int length)
    {
        ReadOnlySpan<byte> here = _data[position..];
        here = here[..Math.Min(here.Length, DeflateAlphabet.MaxLength)];
        DeflateMatch best = default;
        int longest = Math.Max(length, _minLength - 1);
        int oldest = Math.Max(0, position - DeflateAlphabet.MaxDistance);
        int candidate = _newest[Hash(position)];
        int most = _candidatesLeft > 0 ? _maxChain : Math.Min(_maxChain, FewCandidates);
        int chain = length < GoodLength ? most : most / 4;
        _candidatesLeft -= chain;
        for (; chain > 0 && candidate >= oldest && longest < here.Length; chain--)
        {
            ReadOnlySpan<byte> there = _data[candidate..];
            if (there[longest] == here[longest])
            {
                int common = here.CommonPrefixLength(there);
                if (common > longest)
                {
                    best = new(common, position - candidate);
                    longest = common;
                }
            }

            candidate = _older[candidate & WindowMask];
        }

        _candidatesLeft += chain;
        return best;
    }

    /// <summary>Of the next bytes, as many as the shortest match has.</summary>
    private int Hash(int position)
    {
        ulong bytes = BinaryPrimitives.ReadUInt64LittleEndian(_data[position..]) << (64 - (8 * _minLength));
        return (int)((bytes * 0x9E3779B97F4A7C15) >> (64 - HashBits));
    }
}
