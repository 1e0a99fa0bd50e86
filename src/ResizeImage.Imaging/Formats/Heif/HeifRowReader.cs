using System.Runtime.InteropServices;
using ResizeImage.Imaging.Pixels;

namespace ResizeImage.Imaging.Formats.Heif;

/// <summary>Delivers rows of a coded picture or a grid.</summary>
internal sealed class HeifRowReader : RowReader
{
    private readonly DecodeWindow _window;
    private readonly SampleRows _samples;
    private readonly AlphaRows? _alpha;
    private readonly PlaneConverter? _converter;
    private readonly ushort[] _grays;
    private readonly int _planeLength;

    /// <summary>Y, Cb, Cr and alpha, where the row has no place for them.</summary>
    private readonly byte[] _planes;
    private readonly int _alphaLength;
    private int _left;

    /// <param name="contents">The file.</param>
    /// <param name="tiles">The picture.</param>
    /// <param name="color">The meaning of its samples.</param>
    /// <param name="alpha">Null if the image is opaque.</param>
    /// <param name="window">In the coordinates of <paramref name="tiles"/>.</param>
    /// <param name="asRgb">Deliver Rgb8 or Rgba8.</param>
    /// <exception cref="ImageException">Nothing can be read.</exception>
    public HeifRowReader(HeifContents contents, TileGrid tiles, HeifColor color, HeifAlpha? alpha, DecodeWindow window, bool asRgb = false)
    {
        PictureHeader header = tiles.Header;
        BandShape shape = ShapeOf(header);
        Layout = LayoutOf(header, color, alpha, asRgb);
        _window = window;
        _left = window.Height;
        _planeLength = window.Width * shape.BytesPerSample;
        _alphaLength = alpha is null ? 0 : window.Width * Layout.BytesPerPixel() / 4;
        _grays = [];
        bool isGray = Layout is PixelLayout.Gray8 or PixelLayout.Gray16;
        if (isGray)
        {
            _grays = SampleTable.Create(header.LumaBits, color.Signal.IsFullRange, Layout == PixelLayout.Gray16 ? ushort.MaxValue : byte.MaxValue);
        }
        else if (!Layout.IsPlanar())
        {
            _converter = new(header, color, Layout, shape.IsWide, alpha is { IsPremultiplied: true });
        }

        _planes = new byte[_converter is null ? 0 : ((shape.HasChroma ? 3 : 1) * _planeLength) + _alphaLength];
        _samples = new(contents, tiles, shape, window);
        _alpha = alpha is null ? null : new(contents, alpha, tiles, window, Layout == PixelLayout.Rgba16);
    }

    public override PixelLayout Layout { get; }

    /// <summary>The bands of a picture.</summary>
    public static BandShape ShapeOf(PictureHeader header) => new(header.Chroma, IsWide(header));

    /// <summary>Bytes that an instance allocates.</summary>
    public static long EstimateMemory(TileGrid tiles, HeifAlpha? alpha, DecodeWindow window)
    {
        const int PerColumn = 16;
        return SampleRows.EstimateMemory(tiles, ShapeOf(tiles.Header), window)
            + (alpha is null ? 0 : AlphaRows.EstimateMemory(alpha, tiles, window))
            + (2L << tiles.Header.LumaBits)
            + (PerColumn * (long)window.Width);
    }

    /// <summary>Work of reading all rows.</summary>
    public static long EstimateWork(TileGrid tiles, HeifColor color, HeifAlpha? alpha, DecodeWindow window)
    {
        const int Planar = 2;
        const int Converted = 12;
        const int Alpha = 4;
        long pixel = LayoutOf(tiles.Header, color, alpha, asRgb: false).IsPlanar() ? Planar : Converted;
        return SampleRows.EstimateWork(tiles, ShapeOf(tiles.Header), window)
            + (alpha is null ? 0 : AlphaRows.EstimateWork(alpha, tiles, window))
            + ((pixel + (alpha is null ? 0 : Alpha)) * window.Width * window.Height);
    }

    /// <inheritdoc/>
    public override void ReadRow(Span<byte> row)
    {
        if (_converter is not null)
        {
            Span<byte> planes = _planes;
            Span<byte> alpha = planes[^_alphaLength..];
            Span<byte> chroma = planes.Length > _planeLength + _alphaLength ? planes : default;
            Span<byte> cb = chroma.IsEmpty ? default : chroma.Slice(_planeLength, _planeLength);
            Span<byte> cr = chroma.IsEmpty ? default : chroma.Slice(2 * _planeLength, _planeLength);
            _samples.Read(planes[.._planeLength], cb, cr);
            _alpha?.Read(alpha);
            _converter.Convert(planes[.._planeLength], cb, cr, alpha, row);
        }
        else if (Layout.IsPlanar())
        {
            int width = _window.Width;
            _samples.Read(row[..width], row.Slice(width, width), row.Slice(2 * width, width));
            _alpha?.Read(row.Slice(3 * width, width));
        }
        else
        {
            _samples.Read(row[.._planeLength], default, default);
            ApplyGrays(row[.._planeLength]);
        }

        _left--;
        if (_left == 0)
        {
            Note = _samples.Note is null || _alpha?.Note is null ? _samples.Note ?? _alpha?.Note : $"{_samples.Note} {_alpha.Note}";
        }
    }

    public override void Dispose()
    {
        _samples.Dispose();
        _alpha?.Dispose();
        base.Dispose();
    }

    private static bool IsWide(PictureHeader header) => header.LumaBits > 8 || (header.Chroma != ChromaFormat.Monochrome && header.ChromaBits > 8);

    private static PixelLayout LayoutOf(PictureHeader header, HeifColor color, HeifAlpha? alpha, bool asRgb)
    {
        bool isGray = header.Chroma == ChromaFormat.Monochrome;
        if (asRgb || (!IsWide(header) && ((isGray && alpha is not null) || PlaneConverter.IsNotYCbCr(header, color) || alpha is { IsPremultiplied: true })))
        {
            return alpha is null ? PixelLayout.Rgb8 : PixelLayout.Rgba8;
        }

        return (IsWide(header), isGray, alpha is not null) switch
        {
            (true, true, false) => PixelLayout.Gray16,
            (true, _, true) => PixelLayout.Rgba16,
            (true, _, false) => PixelLayout.Rgb16,
            (false, true, _) => PixelLayout.Gray8,
            (false, _, true) => PixelLayout.YCbCrA8,
            _ => PixelLayout.YCbCr8,
        };
    }

    /// <summary>To the full range of the layout.</summary>
    private void ApplyGrays(Span<byte> row)
    {
        if (Layout == PixelLayout.Gray8)
        {
            for (int i = 0; i < row.Length; i++)
            {
                row[i] = (byte)_grays[row[i]];
            }

            return;
        }

        Span<ushort> grays = MemoryMarshal.Cast<byte, ushort>(row);
        foreach (ref ushort gray in grays)
        {
            gray = _grays[Math.Min(gray, _grays.Length - 1)];
        }
    }
}
