namespace ResizeImage.Imaging.Pixels;

/// <summary>A small image in memory, 8 bits a sample: the thumbnail between resampling and encoding.</summary>
/// <param name="Width">Pixels in a row.</param>
/// <param name="Height">Rows.</param>
/// <param name="Channels">1 gray, 3 RGB, 4 RGBA with straight alpha; all sRGB.</param>
/// <param name="Samples">Interleaved, Width × Height × Channels, rows from top to bottom without padding.</param>
internal sealed record Bitmap(int Width, int Height, int Channels, byte[] Samples);
