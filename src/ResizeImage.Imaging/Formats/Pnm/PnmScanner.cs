namespace ResizeImage.Imaging.Formats.Pnm;

/// <summary>
/// Reads the text of a header or of a plain raster (pbm(5), pgm(5), ppm(5)). A comment extends from <c>#</c> to the end of its line, which
/// counts as one white-space character.
/// </summary>
/// <param name="file">The whole file.</param>
/// <param name="offset">Offset of the first character.</param>
internal sealed class PnmScanner(ByteSource file, int offset)
{
    /// <summary>Bytes between two waits and checks of the work.</summary>
    private const int Piece = 4096;

    private const int End = -1;

    private readonly byte[] _piece = new byte[Piece];
    private int _start = offset;
    private int _length;
    private int _next;

    /// <summary>Offset of the next character.</summary>
    public int Offset => _start + _next;

    /// <summary>True at the end of the file.</summary>
    public bool IsAtEnd => Offset >= file.Length;

    public static bool IsSpace(int character) => character is ' ' or (>= '\t' and <= '\r');

    /// <summary>Reads a number after white space, and the one character that follows it.</summary>
    /// <param name="most">The largest value.</param>
    /// <returns>Null if there is no number, or a larger one.</returns>
    public int? ReadNumber(int most)
    {
        int character = SkipSpace();
        if (!char.IsAsciiDigit((char)Math.Max(character, 0)))
        {
            return null;
        }

        long value = 0;
        for (; character is >= '0' and <= '9'; character = Next())
        {
            value = (value * 10) + (character - '0');
            if (value > most)
            {
                return null;
            }
        }

        return IsSpace(character) || character == End ? (int)value : null;
    }

    /// <summary>Reads a digit after white space. No white space need follow it, as in a plain PBM.</summary>
    /// <returns>Null if the next character is not 0 or 1.</returns>
    public int? ReadBit() => SkipSpace() is int character and ('0' or '1') ? character - '0' : null;

    /// <summary>Reads a line of at most some characters, without its end.</summary>
    /// <returns>Null if the line is longer, or the file ends within it.</returns>
    public string? ReadLine(int most)
    {
        Span<char> line = stackalloc char[most];
        for (int i = 0; i <= most; i++)
        {
            int character = NextByte();
            if (character == '\n')
            {
                return new string(line[..i]);
            }

            if (character == End || i == most)
            {
                return null;
            }

            line[i] = (char)character;
        }

        return null;
    }

    /// <summary>Skips a line of any length.</summary>
    public void SkipLine()
    {
        while (NextByte() is not ('\n' or End))
        {
        }
    }

    /// <summary>The next byte without moving on; -1 at the end of the file.</summary>
    public int Peek() => _next < _length || Fill() ? _piece[_next] : End;

    private int SkipSpace()
    {
        int character = Next();
        while (IsSpace(character))
        {
            character = Next();
        }

        return character;
    }

    /// <summary>The next character outside comments.</summary>
    private int Next()
    {
        int character = NextByte();
        if (character != '#')
        {
            return character;
        }

        do
        {
            character = NextByte();
        }
        while (character is not ('\n' or '\r' or End));
        return character;
    }

    private int NextByte() => _next < _length || Fill() ? _piece[_next++] : End;

    private bool Fill()
    {
        file.Work.Check();
        (_start, _next) = (Offset, 0);
        _length = Math.Min(Piece, file.Length - _start);
        file.Read(_start, _length).Span.CopyTo(_piece);
        return _length > 0;
    }
}
