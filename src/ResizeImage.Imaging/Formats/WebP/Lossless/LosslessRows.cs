using System.Numerics;
using System.Runtime.InteropServices;
using ResizeImage.Imaging.Pixels;

namespace ResizeImage.Imaging.Formats.WebP;

/// <summary>Delivers rows of a lossless frame.</summary>
internal sealed class LosslessRows : FrameRows
{
    private readonly LosslessImage? _image;
    private readonly DecodeWindow _window;
    private readonly uint _opaque;
    private int _readable;
    private bool _cutOff;

    /// <param name="data">The payload of the VP8L chunk.</param>
    /// <param name="window">In the frame's coordinates, at scale 1.</param>
    /// <param name="hasAlpha">If false, the alpha channel is ignored.</param>
    public LosslessRows(ByteSource data, DecodeWindow window, bool hasAlpha)
    {
        Vp8LHeader header = Vp8LHeader.Parse(data.WaitFor(Vp8LHeader.Size));
        _image = LosslessImage.TryOpen(data.Slice(Vp8LHeader.Size), header.Width, header.Height);
        _window = window;
        _opaque = hasAlpha ? 0 : Argb.OpaqueBlack;
        _cutOff = _image is null;
    }

    public override PixelLayout Layout => _opaque == 0 ? PixelLayout.Rgba8 : PixelLayout.Rgbx8;

    public override int Readable => _readable;

    /// <summary>Bytes that an instance allocates.</summary>
    public static long EstimateMemory(int width, int height, int dataLength) => LosslessImage.EstimateMemory(width, height, dataLength);

    public override bool TryRead(Span<byte> pixels)
    {
        ReadOnlySpan<uint> row;
        do
        {
            if (_cutOff || !_image!.TryRead(out row))
            {
                _cutOff = true;
                return false;
            }

            _readable++;
        }
        while (_readable <= _window.Y);

        ToRgba(row.Slice(_window.X, _window.Width), MemoryMarshal.Cast<byte, uint>(pixels));
        return true;
    }

    /// <summary>Swaps red and blue.</summary>
    private void ToRgba(ReadOnlySpan<uint> argb, Span<uint> rgba)
    {
        int i = 0;
        for (; i <= argb.Length - Vector<uint>.Count; i += Vector<uint>.Count)
        {
            var pixels = new Vector<uint>(argb[i..]);
            Vector<uint> redAndBlue = pixels & new Vector<uint>(0x00FF00FF);
            Vector<uint> others = (pixels & new Vector<uint>(0xFF00FF00)) | new Vector<uint>(_opaque);
            (others | (redAndBlue << 16) | (redAndBlue >>> 16)).CopyTo(rgba[i..]);
        }

        for (; i < argb.Length; i++)
        {
            uint redAndBlue = argb[i] & 0x00FF00FF;
            rgba[i] = (argb[i] & 0xFF00FF00) | _opaque | BitOperations.RotateLeft(redAndBlue, 16);
        }
    }
}
