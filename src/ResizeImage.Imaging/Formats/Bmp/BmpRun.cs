namespace ResizeImage.Imaging.Formats.Bmp;

/// <summary>The position of the first run of a row.</summary>
/// <param name="Row">The stored row.</param>
/// <param name="Column">The first pixel that a run sets; those before are skipped.</param>
/// <param name="Offset">Offset in the file of the first code.</param>
internal readonly record struct BmpRun(int Row, int Column, int Offset);
