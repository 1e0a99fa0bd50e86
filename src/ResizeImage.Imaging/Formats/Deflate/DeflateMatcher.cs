using System.Buffers.Binary;

namespace ResizeImage.Imaging.Formats.Deflate;

/// <summary>A match: the next bytes repeat earlier ones.</summary>
/// <param name="Length">3 to 258 bytes, or 0 for none.</param>
/// <param name="Distance">1 to 32768 bytes back.</param>
internal readonly record struct DeflateMatch(int Length, int Distance);

/// <summary>Finds matches with hash chains (RFC 1951, 4): positions whose next bytes have the same hash are linked.</summary>
internal ref struct DeflateMatcher
{
    private const int HashBits = 15;
    private const int WindowMask = DeflateAlphabet.MaxDistance - 1;
    private const int None = -1;

    // Candidates for all positions together before chains are shortened: photos and drawings need up to 30 a byte, noise of few values 500.
    private const long FreeCandidates = 64 << 20;
    private const long CandidatesOfByte = 32;
    private const int FewCandidates = 8;

    // With a match of this length, the search for a longer one is shortened.
    private const int GoodLength = 32;

    // Hashing reads this many bytes, however few it uses. No match starts in the last few bytes of the data.
    private const int HashedBytes = sizeof(ulong);

    private readonly ReadOnlySpan<byte> _data;
    private readonly int _minLength;
    private readonly int _maxChain;

    // The newest position of each hash; and for each position in the window, the one before it with the same hash.
    private readonly int[] _newest;
    private readonly int[] _older;
    private long _candidatesLeft;

    /// <param name="data">The data to search.</param>
    /// <param name="minLength">The shortest match wanted, 3 to 8.</param>
    /// <param name="maxChain">Candidates to try at a position.</param>
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

    /// <summary>Finds the longest match at a position, then inserts the position. All positions before it must have been inserted.</summary>
    /// <param name="position">May be the end of the data, where there is no match.</param>
    /// <param name="length">Only longer matches are wanted.</param>
    public DeflateMatch FindAndInsert(int position, int length)
    {
        DeflateMatch match = position <= _data.Length - HashedBytes ? Find(position, length) : default;
        Insert(position, 1);
        return match;
    }

    /// <summary>Inserts positions, in ascending order.</summary>
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

    /// <summary>The hash of the next bytes, as many as the shortest match has.</summary>
    private int Hash(int position)
    {
        ulong bytes = BinaryPrimitives.ReadUInt64LittleEndian(_data[position..]) << (64 - (8 * _minLength));
        return (int)((bytes * 0x9E3779B97F4A7C15) >> (64 - HashBits));
    }
}
