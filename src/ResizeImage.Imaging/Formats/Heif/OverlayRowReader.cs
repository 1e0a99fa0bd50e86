using ResizeImage.Imaging.Pixels;

namespace ResizeImage.Imaging.Formats.Heif;

/// <summary>Delivers rows of an overlay: of each layer, only what is in the window is decoded, in step with the canvas.</summary>
internal sealed class OverlayRowReader : RowReader
{
    private readonly DecodeWindow _window;
    private readonly Part[] _parts;
    private readonly byte[] _fill;
    private readonly byte[] _row;
    private int _y;

    /// <param name="contents">The file.</param>
    /// <param name="overlay">The canvas and its layers.</param>
    /// <param name="window">In the coordinates of the canvas, at scale 1.</param>
    /// <exception cref="ImageException">A layer cannot be read.</exception>
    public OverlayRowReader(HeifContents contents, HeifOverlay overlay, DecodeWindow window)
    {
        _window = window;
        Layout = overlay.Fill.A == ushort.MaxValue ? PixelLayout.Rgb8 : PixelLayout.Rgba8;
        _fill = [(byte)(overlay.Fill.R >> 8), (byte)(overlay.Fill.G >> 8), (byte)(overlay.Fill.B >> 8), (byte)(overlay.Fill.A >> 8)];
        _row = new byte[3 * window.Width];
        List<Part> parts = [];
        try
        {
            foreach (HeifLayer layer in overlay.Layers)
            {
                if (WindowOf(layer, window) is { Width: > 0, Height: > 0 } part)
                {
                    HeifPicture picture = layer.Picture;
                    parts.Add(new(
                        layer.X + part.X - picture.Transform.X - window.X,
                        layer.Y + part.Y - picture.Transform.Y - window.Y,
                        part.Width,
                        part.Height,
                        new(contents, picture.Tiles!, picture.Color, null, part, asRgb: true)));
                }
            }
        }
        catch
        {
            parts.ForEach(part => part.Rows.Dispose());
            throw;
        }

        _parts = [.. parts];
    }

    public override PixelLayout Layout { get; }

    /// <summary>Bytes that an instance allocates.</summary>
    public static long EstimateMemory(HeifOverlay overlay, DecodeWindow window)
    {
        long memory = 8L * window.Width;
        foreach (HeifLayer layer in overlay.Layers)
        {
            DecodeWindow part = WindowOf(layer, window);
            memory += part is { Width: > 0, Height: > 0 } ? HeifRowReader.EstimateMemory(layer.Picture.Tiles!, null, part) : 0;
        }

        return memory;
    }

    /// <summary>Work of reading all rows.</summary>
    public static long EstimateWork(HeifOverlay overlay, DecodeWindow window)
    {
        const int Pixel = 3;
        const int Converted = 12;
        long work = (long)Pixel * window.Width * window.Height;
        foreach (HeifLayer layer in overlay.Layers)
        {
            DecodeWindow part = WindowOf(layer, window);
            work += part is { Width: > 0, Height: > 0 }
                ? HeifRowReader.EstimateWork(layer.Picture.Tiles!, layer.Picture.Color, null, part) + ((long)Converted * part.Width * part.Height)
                : 0;
        }

        return work;
    }

    /// <inheritdoc/>
    public override void ReadRow(Span<byte> row)
    {
        int channels = Layout.BytesPerPixel();
        for (int i = 0; i < row.Length; i += channels)
        {
            _fill.AsSpan(0, channels).CopyTo(row[i..]);
        }

        foreach (Part part in _parts)
        {
            if (_y < part.Top || _y >= part.Top + part.Height)
            {
                continue;
            }

            Span<byte> pixels = _row.AsSpan(0, 3 * part.Width);
            part.Rows.ReadRow(pixels);
            Note ??= part.Rows.Note;
            for (int x = 0; x < part.Width; x++)
            {
                Span<byte> output = row[(channels * (part.Left + x))..];
                pixels.Slice(3 * x, 3).CopyTo(output);
                if (channels == 4)
                {
                    output[3] = byte.MaxValue;
                }
            }
        }

        _y++;
    }

    public override void Dispose()
    {
        foreach (Part part in _parts)
        {
            part.Rows.Dispose();
        }

        base.Dispose();
    }

    /// <summary>The part of a layer that is in a window of the canvas, in the coordinates of the layer's tiles.</summary>
    private static DecodeWindow WindowOf(HeifLayer layer, DecodeWindow window)
    {
        HeifTransform crop = layer.Picture.Transform;
        (int x, int width) = Side(window.X, window.Width, layer.X, crop.Width);
        (int y, int height) = Side(window.Y, window.Height, layer.Y, crop.Height);
        return window with { X = crop.X + x, Y = crop.Y + y, Width = width, Height = height };
    }

    private static (int First, int Count) Side(int start, int count, int offset, int length)
    {
        long first = Math.Clamp((long)start - offset, 0, length);
        long end = Math.Clamp((long)start + count - offset, 0, length);
        return ((int)first, (int)(end - first));
    }

    /// <summary>A layer, in the coordinates of the window.</summary>
    private sealed record Part(int Left, int Top, int Width, int Height, HeifRowReader Rows);
}
