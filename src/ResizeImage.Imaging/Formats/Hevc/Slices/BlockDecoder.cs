using System.Runtime.CompilerServices;
using ResizeImage.Imaging.Formats.Hevc.Headers;
using ResizeImage.Imaging.Formats.Hevc.Prediction;
using ResizeImage.Imaging.Formats.Hevc.Residuals;

namespace ResizeImage.Imaging.Formats.Hevc.Slices;

/// <summary>Decodes transform blocks: prediction (H.265 8.4.4.1) and residuals (8.6).</summary>
internal sealed class BlockDecoder
{
    private readonly PictureState _state;
    private readonly SequenceParameters _sequence;
    private readonly IntraPredictor _predictor;
    private readonly ResidualReader _residual;

    public BlockDecoder(PictureState state)
    {
        _state = state;
        _sequence = state.Sequence;
        _predictor = new IntraPredictor(_sequence.HasStrongIntraSmoothing);
        _residual = new ResidualReader(state.Parameters);
    }

    /// <summary>Decodes a block.</summary>
    /// <param name="plane">0 to 2.</param>
    /// <param name="x">First column, in samples of luma.</param>
    /// <param name="y">First row, in samples of luma.</param>
    /// <param name="log2Size">Log2 of the block's size, in samples of the plane.</param>
    /// <param name="mode">predModeIntra.</param>
    /// <param name="isCoded">The coded block flag: there are residuals.</param>
    /// <param name="isLossless">cu_transquant_bypass_flag.</param>
    public void Decode(int plane, int x, int y, int log2Size, int mode, bool isCoded, bool isLossless)
    {
        PictureBuffer buffer = _state.Buffer;
        int shiftX = plane == 0 ? 0 : buffer.ShiftX;
        int shiftY = plane == 0 ? 0 : buffer.ShiftY;
        int bits = plane == 0 ? _sequence.LumaBits : _sequence.ChromaBits;
        int stride = buffer.StrideOf(plane);
        int column = x >> shiftX;
        int row = y >> shiftY;
        ushort[] samples = buffer.Plane(plane);
        ref ushort first = ref samples[buffer.IndexOf(plane, column, row)];
        bool isTopOfCtb = (y & ((1 << _sequence.Log2Ctb) - 1)) == 0;
        ref ushort above = ref isTopOfCtb ? ref buffer.RowAbove(plane, y >> _sequence.Log2Ctb)[column] : ref Unsafe.Subtract(ref first, stride);

        NeighborAvailability available = _state.Neighbors.Of(x, y, 1 << (log2Size + shiftX), 1 << (log2Size + shiftY));
        available = available with { Left = available.Left >> shiftY, AboveRight = available.AboveRight >> shiftX };
        bool hasSmoothing = plane == 0 || _sequence.Chroma == ChromaFormat.Yuv444;
        _predictor.Predict(ref first, stride, ref above, log2Size, mode, available, plane == 0, hasSmoothing, bits);
        if (isCoded)
        {
            ReadResidual(plane, log2Size, mode, isLossless, bits);
            AddResidual(plane, log2Size, isLossless, bits, ref first, stride);
        }
    }

    private void ReadResidual(int plane, int log2Size, int mode, bool isLossless, int bits)
    {
        bool isSmall = log2Size == 2 || (log2Size == 3 && (plane == 0 || _sequence.Chroma == ChromaFormat.Yuv444));
        int qp = plane == 0
            ? _state.Quantization.Qp
            : Quantization.ChromaQp(_state.Quantization.Qp, plane == 1 ? _state.Slice.CbQpOffset : _state.Slice.CrQpOffset, _sequence.Chroma, bits);
        byte[]? factors = _state.Parameters.ScalingLists?.Factors(log2Size, plane);
        ResidualBlock block = new(
            log2Size, plane != 0, IntraMode.ScanIdx(mode, isSmall), isLossless, Quantization.Of(qp, bits, log2Size, factors));
        _residual.Read(ref _state.Entropy.Engine, _state.Entropy.Data, _state.Entropy.Models, block);
    }

    private void AddResidual(int plane, int log2Size, bool isLossless, int bits, ref ushort first, int stride)
    {
        if (isLossless || _residual.IsTransformSkipped)
        {
            InverseTransform.AddUntransformed(_residual.Coefficients, log2Size, isLossless, bits, ref first, stride);
        }
        else
        {
            InverseTransform.Add(_residual, log2Size, plane == 0 && log2Size == 2, bits, ref first, stride);
        }

        _residual.Clear(log2Size);
    }
}
