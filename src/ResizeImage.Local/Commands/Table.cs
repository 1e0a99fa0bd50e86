using System.Globalization;

namespace ResizeImage.Local.Commands;

/// <summary>Rows of text in aligned columns; a row may end with a remark that needs no column.</summary>
internal sealed class Table(params string[] headings)
{
    private readonly List<(string[] Cells, string Remark)> _rows = [(headings, "")];

    public void Add(string[] cells, string remark = "") => _rows.Add((cells, remark));

    /// <summary>The first column to the left, the others to the right.</summary>
    public void Write(TextWriter writer)
    {
        int[] widths = [.. headings.Select((_, column) => _rows.Max(row => row.Cells.ElementAtOrDefault(column)?.Length ?? 0))];
        foreach (var (cells, remark) in _rows)
        {
            var padded = cells.Select((cell, column) => column == 0 ? cell.PadRight(widths[column]) : cell.PadLeft(widths[column]));
            writer.WriteLine($"{string.Join("  ", padded)}  {remark}".TrimEnd());
        }
    }

    /// <summary>A byte count for people: 812 B, 4.2 KB, 3.1 MB.</summary>
    public static string Bytes(long? bytes) => bytes switch
    {
        null => "",
        < 1000 => string.Create(CultureInfo.InvariantCulture, $"{bytes} B"),
        < 1_000_000 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e3:0.0} KB"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e6:0.0} MB"),
    };

    public static string Size(int? width, int? height) =>
        width is null ? "" : string.Create(CultureInfo.InvariantCulture, $"{width}x{height}");

    public static string Milliseconds(double? milliseconds) => milliseconds?.ToString("0.0", CultureInfo.InvariantCulture) ?? "";
}
