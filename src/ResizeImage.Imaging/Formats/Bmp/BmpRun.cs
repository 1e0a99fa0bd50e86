namespace ResizeImage.Imaging.Formats.Bmp;

/// <summary>Where the runs of a row begin.</summary>
/// <param name="Row">The stored row.</param>
/// <param name="Column">Its first pixel that a run sets; those before are skipped.</param>
/// <param name="Offset">Of the first code, in the file.</param>
internal readonly record struct BmpRun(int Row, int Column, int Offset);
