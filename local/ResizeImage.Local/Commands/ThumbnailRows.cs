using System.Globalization;
using System.Text;

namespace ResizeImage.Local.Commands;

/// <summary>
/// One row for each thumbnail as it is made and, on a terminal, the number of photos done. Figures have columns of
/// their own; longer text follows on the next lines, indented.
/// </summary>
internal sealed class ThumbnailRows
{
    private const int DefaultWidth = 100;
    private const int Gap = 2;
    private const string Indent = "    ";

    // size, bytes, thumbnail, bytes, ms: wide enough for their largest values.
    private static readonly int[] Widths = [11, 8, 9, 8, 8];

    private readonly int _width;
    private readonly int _nameWidth;
    private readonly int _total;
    private readonly bool _showsProgress = !Console.IsErrorRedirected && Environment.GetEnvironmentVariable("TERM") != "dumb";
    private int _done;
    private bool _hasHeadings;

    public ThumbnailRows(IReadOnlyCollection<string> names)
    {
        _total = names.Count;
        _width = Width();
        int rest = _width - Widths.Sum() - (Widths.Length * Gap);
        _nameWidth = Math.Min(rest, Math.Max("photo".Length, names.Max(name => Terminal.Escape(name).Length)));
        ShowProgress();
    }

    /// <param name="bytes">The size of the photo's file.</param>
    /// <param name="thumbnail">The thumbnail's name if it differs from the photo's.</param>
    public void Add(string name, ThumbnailReportLine line, long? bytes, string? thumbnail)
    {
        HideProgress();
        if (!_hasHeadings)
        {
            _hasHeadings = true;
            WriteRow("photo", "size", "bytes", "thumbnail", "bytes", "ms");
        }

        WriteRow(
            Terminal.Escape(name), Figures.Size(line.SourceWidth, line.SourceHeight), Figures.Bytes(bytes),
            Figures.Size(line.Width, line.Height), Figures.Bytes(line.BytesOut), Figures.Milliseconds(line.Milliseconds));
        bool isMade = line.Status == ThumbnailReportLine.Made;
        if (!isMade || line.Reason is not null)
        {
            WriteWrapped($"{(isMade ? "note" : line.Status)}: {line.Reason}");
        }

        if (thumbnail is not null)
        {
            WriteWrapped($"thumbnail: {thumbnail}");
        }
    }

    /// <summary>A photo is done, with all its rows.</summary>
    public void PhotoDone()
    {
        _done++;
        ShowProgress();
    }

    /// <summary>Removes the progress line.</summary>
    public void End() => HideProgress();

    /// <summary>Lines of limited length, broken at spaces. A word that is longer has a line of its own.</summary>
    public static IEnumerable<string> Wrap(string text, int width)
    {
        string line = "";
        foreach (string word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (line.Length > 0 && line.Length + 1 + word.Length > width)
            {
                yield return line;
                line = "";
            }

            line = line.Length == 0 ? word : $"{line} {word}";
        }

        yield return line;
    }

    private static int Width()
    {
        int width = DefaultWidth;
        try
        {
            if (!Console.IsOutputRedirected)
            {
                width = Console.WindowWidth;
            }
        }
        catch (IOException)
        {
            // A terminal that does not report its width.
        }

        return Math.Clamp(width, 80, 160);
    }

    private static void WriteWidth(System.Text.StringBuilder row, string cell, int width) => row.Append(' ', Gap).Append(cell.PadLeft(width));

    private void WriteRow(string name, params string[] figures)
    {
        StringBuilder row = new();
        row.Append(name.Length > _nameWidth ? $"…{name[^(_nameWidth - 1)..]}" : name.PadRight(_nameWidth));
        for (int i = 0; i < figures.Length; i++)
        {
            WriteWidth(row, figures[i], Widths[i]);
        }

        Terminal.WriteLine(row.ToString().TrimEnd());
    }

    private void WriteWrapped(string text)
    {
        foreach (string line in Wrap(Terminal.Escape(text), _width - Indent.Length))
        {
            Terminal.WriteLine(Indent + line);
        }
    }

    private void ShowProgress()
    {
        if (_showsProgress && _done < _total)
        {
            Console.Error.Write(string.Create(CultureInfo.InvariantCulture, $"\r\u001b[K{_done} of {_total} done"));
        }
    }

    private void HideProgress()
    {
        if (_showsProgress)
        {
            Console.Error.Write("\r\u001b[K");
        }
    }
}
