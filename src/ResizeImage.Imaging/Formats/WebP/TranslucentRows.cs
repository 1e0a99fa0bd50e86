namespace ResizeImage.Imaging.Formats.WebP;

/// <summary>Color from one place, alpha from another. Where alpha is broken, the picture is opaque.</summary>
internal sealed class TranslucentRows : FrameRows
{
    private readonly FrameRows _color;
    private readonly AlphaRows _alpha;
    private readonly DecodeWindow _window;
    private bool _broken;

    /// <param name="color">Owned from now on.</param>
    /// <param name="alpha">Of the whole frame.</param>
    /// <param name="window">Of the frame.</param>
    public TranslucentRows(FrameRows color, AlphaRows alpha, DecodeWindow window)
    {
        _color = color;
        _alpha = alpha;
        _window = window;
        for (int y = 0; y < window.Y && !_broken; y++)
        {
            _broken = !_alpha.TryRead(out _);
        }
    }

    public override int Readable => _color.Readable;

    public override string? Note => _broken ? "The transparency of the WebP is truncated or corrupt; what could not be read of it is opaque." : null;

    public override bool TryRead(Span<byte> pixels)
    {
        if (!_color.TryRead(pixels))
        {
            return false;
        }

        if (_broken || !_alpha.TryRead(out ReadOnlySpan<byte> alpha))
        {
            _broken = true;
            return true;
        }

        alpha = alpha.Slice(_window.X, _window.Width);
        for (int x = 0; x < alpha.Length; x++)
        {
            pixels[(4 * x) + 3] = alpha[x];
        }

        return true;
    }

    public override void Dispose()
    {
        _color.Dispose();
        base.Dispose();
    }
}
