using ResizeImage.Imaging.Formats.Hevc.Headers;

namespace ResizeImage.Imaging.Formats.Hevc.Slices;

/// <summary>pcm_sample (H.265 7.3.8.7): the samples of a coding unit without prediction.</summary>
internal sealed class PcmReader(PictureState state)
{
    private const int MaxSize = 32;

    private readonly ushort[] _samples = new ushort[3 * MaxSize * MaxSize];

    /// <summary>Reads a unit.</summary>
    public void Read(int x, int y, int log2Size)
    {
        SequenceParameters sequence = state.Sequence;
        PictureBuffer buffer = state.Buffer;
        int size = 1 << log2Size;
        int chroma = buffer.Planes == 1 ? 0 : (size >> buffer.ShiftX) * (size >> buffer.ShiftY);
        state.Entropy.ReadPcm([(size * size, sequence.PcmLumaBits), (2 * chroma, sequence.PcmChromaBits)], _samples);

        ReadOnlySpan<ushort> rest = _samples;
        for (int plane = 0; plane < buffer.Planes; plane++)
        {
            int width = plane == 0 ? size : size >> buffer.ShiftX;
            int height = plane == 0 ? size : size >> buffer.ShiftY;
            int shift = plane == 0 ? sequence.LumaBits - sequence.PcmLumaBits : sequence.ChromaBits - sequence.PcmChromaBits;
            int index = buffer.IndexOf(plane, plane == 0 ? x : x >> buffer.ShiftX, plane == 0 ? y : y >> buffer.ShiftY);
            for (int row = 0; row < height; row++)
            {
                for (int column = 0; column < width; column++)
                {
                    buffer.Plane(plane)[index + (row * buffer.StrideOf(plane)) + column] = (ushort)(rest[column] << shift);
                }

                rest = rest[width..];
            }
        }
    }
}
