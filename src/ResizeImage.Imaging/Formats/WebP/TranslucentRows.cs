using ResizeImage.Imaging.Pixels;

namespace ResizeImage.Imaging.Formats.WebP;

/// <summary>A lossy frame with alpha: color planes and an alpha plane. Where alpha is corrupt, the image is opaque.</summary>
internal sealed class TranslucentRows : FrameRows
{
    private readonly LossyRows _color;
    private readonly AlphaRows _alpha;
    private readonly DecodeWindow _window;
    private bool _broken;

    /// <param name="color">Delivers <see cref="PixelLayout.YCbCr8"/>; disposed with this object.</param>
    /// <param name="alpha">Alpha of the whole frame.</param>
    /// <param name="window">In the frame's coordinates.</param>
    public TranslucentRows(LossyRows color, AlphaRows alpha, DecodeWindow window)
    {
        _color = color;
        _alpha = alpha;
        _window = window;
        for (int y = 0; y < window.Y && !_broken; y++)
        {
            _broken = !_alpha.TryRead(out _);
        }
    }

    public override PixelLayout Layout => PixelLayout.YCbCrA8;

    public override int Readable => _color.Readable;

    public override string? Note => _broken ? "The transparency of the WebP is truncated or corrupt; what could not be read of it is opaque." : null;

    public override bool TryRead(Span<byte> row)
    {
        if (!_color.TryRead(row))
        {
            return false;
        }

        Span<byte> plane = row.Slice(3 * _window.Width, _window.Width);
        if (!_broken && _alpha.TryRead(out ReadOnlySpan<byte> alpha))
        {
            alpha.Slice(_window.X, _window.Width).CopyTo(plane);
        }
        else
        {
            _broken = true;
            plane.Fill(byte.MaxValue);
        }

        return true;
    }

    public override void Dispose()
    {
        _color.Dispose();
        base.Dispose();
    }
}
