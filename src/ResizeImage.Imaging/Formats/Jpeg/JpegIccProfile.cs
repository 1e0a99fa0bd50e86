using ResizeImage.Imaging.Color;

namespace ResizeImage.Imaging.Formats.Jpeg;

/// <summary>
/// An ICC profile split over APP2 segments, which may come in any order (ICC.1:2022 annex B). A segment after its length field:
/// <code>
/// 0                          12       13       14
/// | "ICC_PROFILE" and a zero | number | number | bytes of the profile
/// |                          | from 1 | of all |
/// </code>
/// </summary>
internal sealed class JpegIccProfile
{
    private const int HeaderBytes = 14;

    private readonly ReadOnlyMemory<byte>?[] _pieces = new ReadOnlyMemory<byte>?[byte.MaxValue];
    private int _count;
    private int _found;
    private bool _contradictory;

    /// <summary>Adds the piece of an APP2 segment; ignores APP2 segments that are not part of a profile.</summary>
    public void Add(ReadOnlyMemory<byte> segment)
    {
        if (!segment.Span.StartsWith("ICC_PROFILE\0"u8) || segment.Length < HeaderBytes)
        {
            return;
        }

        int number = segment.Span[12];
        int count = segment.Span[13];
        if (number == 0 || number > count || (_found > 0 && count != _count) || _pieces[number - 1] is not null)
        {
            _contradictory = true;
            return;
        }

        _pieces[number - 1] = segment[HeaderBytes..];
        _count = count;
        _found++;
    }

    /// <summary>Joins the pieces.</summary>
    /// <returns>Null if there are no pieces.</returns>
    public ColorEncoding? ToEncoding()
    {
        if (_contradictory || _found < _count)
        {
            return ColorEncoding.Ignored(
                _contradictory
                    ? "The image's ICC profile was ignored: its pieces contradict each other. Its colors may be off."
                    : $"The image's ICC profile was ignored: only {_found} of its {_count} pieces are there. Its colors may be off.");
        }

        return _count switch
        {
            0 => null,
            1 => ColorEncoding.OfIccProfile(_pieces[0]!.Value),
            _ => ColorEncoding.OfIccProfile(Whole()),
        };
    }

    private byte[] Whole()
    {
        List<byte> profile = [];
        for (int i = 0; i < _count; i++)
        {
            profile.AddRange(_pieces[i]!.Value.Span);
        }

        return [.. profile];
    }
}
