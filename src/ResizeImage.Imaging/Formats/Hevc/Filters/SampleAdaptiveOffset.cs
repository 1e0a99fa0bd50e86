using ResizeImage.Imaging.Formats.Hevc.Headers;
using ResizeImage.Imaging.Formats.Hevc.Slices;

namespace ResizeImage.Imaging.Formats.Hevc.Filters;

/// <summary>Sample adaptive offset (H.265 8.7.3) of a whole picture, from a copy of the deblocked samples.</summary>
internal sealed class SampleAdaptiveOffset(PictureState state, WorkMeter work)
{
    private readonly SequenceParameters _sequence = state.Sequence;
    private readonly FilterMap _map = state.Filters!;

    /// <summary>Filters the picture in place.</summary>
    public void Run()
    {
        if (!_sequence.HasSampleAdaptiveOffset)
        {
            return;
        }

        for (int plane = 0; plane < state.Buffer.Planes; plane++)
        {
            ushort[]? deblocked = null;
            for (int address = 0; address < _map.Slices.Length; address++)
            {
                SaoParameters parameters = _map.Offsets[(3 * address) + plane];
                if (parameters.Type == 0 || _map.Slices[address] is null)
                {
                    continue;
                }

                work.Check();
                deblocked ??= (ushort[])state.Buffer.Plane(plane).Clone();
                Block block = new(state, plane, address);
                if (parameters.Type == SaoParameters.Band)
                {
                    ApplyBands(block, deblocked, parameters);
                }
                else
                {
                    ApplyEdges(block, deblocked, parameters, address);
                }
            }
        }
    }

    private void ApplyBands(in Block block, ushort[] source, SaoParameters parameters)
    {
        const int Bands = 32;
        Span<int> offsets = stackalloc int[Bands];
        offsets.Clear();
        ReadOnlySpan<short> values = [parameters.Offset1, parameters.Offset2, parameters.Offset3, parameters.Offset4];
        for (int k = 0; k < values.Length; k++)
        {
            offsets[(parameters.Detail + k) % Bands] = values[k];
        }

        ushort[] target = state.Buffer.Plane(block.Plane);
        int shift = block.Bits - 5;
        for (int y = 0; y < block.Height; y++)
        {
            for (int x = 0; x < block.Width; x++)
            {
                int index = block.IndexOf(x, y);
                int sample = source[index];
                if (IsFiltered(block, x, y))
                {
                    target[index] = (ushort)Math.Clamp(sample + offsets[sample >> shift], 0, block.Most);
                }
            }
        }
    }

    private void ApplyEdges(in Block block, ushort[] source, SaoParameters parameters, int address)
    {
        // hPos and vPos of the first neighbor; the second one is opposite.
        (int dx, int dy) = parameters.Detail switch
        {
            0 => (-1, 0),
            1 => (0, -1),
            2 => (-1, -1),
            _ => (1, -1),
        };

        // By 2 + the sum of signs: a valley, a concave corner, nothing, a convex corner, a peak.
        ReadOnlySpan<short> offsets = [parameters.Offset1, parameters.Offset2, 0, parameters.Offset3, parameters.Offset4];
        ushort[] target = state.Buffer.Plane(block.Plane);
        int step = (dy * block.Stride) + dx;
        for (int y = 0; y < block.Height; y++)
        {
            for (int x = 0; x < block.Width; x++)
            {
                if (!IsAvailable(block, address, x + dx, y + dy) || !IsAvailable(block, address, x - dx, y - dy) || !IsFiltered(block, x, y))
                {
                    continue;
                }

                int index = block.IndexOf(x, y);
                int sample = source[index];
                int edge = 2 + Math.Sign(sample - source[index + step]) + Math.Sign(sample - source[index - step]);
                target[index] = (ushort)Math.Clamp(sample + offsets[edge], 0, block.Most);
            }
        }
    }

    /// <summary>The sample is not of a lossless or PCM block.</summary>
    private bool IsFiltered(in Block block, int x, int y) =>
        (_map.FlagsAt((block.X + x) << block.ShiftX, (block.Y + y) << block.ShiftY) & FilterMap.Unfiltered) == 0;

    /// <summary>A neighbor in the picture, in a slice and tile across whose boundaries filters may look.</summary>
    private bool IsAvailable(in Block block, int address, int x, int y)
    {
        int right = x >> block.Log2Width;
        int below = y >> block.Log2Height;
        if (block.X + x < 0 || block.Y + y < 0 || block.X + x >= block.PlaneWidth || block.Y + y >= block.PlaneHeight)
        {
            return false;
        }

        return (right | below) == 0 || IsBlockAvailable(address, address + (below * _sequence.CtbColumns) + right);
    }

    private bool IsBlockAvailable(int address, int other)
    {
        if (_map.Slices[other] is not { } neighbor)
        {
            return false;
        }

        SliceHeader slice = _map.Slices[address]!;
        bool isEarlier = state.Scan.FromRaster(other) < state.Scan.FromRaster(address);
        bool acrossSlices = slice.SliceAddress == neighbor.SliceAddress || (isEarlier ? slice : neighbor).LoopFilterAcrossSlices;
        return acrossSlices && (state.Parameters.LoopFilterAcrossTiles || state.Scan.TileOf(address) == state.Scan.TileOf(other));
    }

    /// <summary>A coding tree block in a plane.</summary>
    private readonly struct Block
    {
        public readonly int Plane;
        public readonly int X;
        public readonly int Y;
        public readonly int Width;
        public readonly int Height;
        public readonly int Log2Width;
        public readonly int Log2Height;
        public readonly int ShiftX;
        public readonly int ShiftY;
        public readonly int PlaneWidth;
        public readonly int PlaneHeight;
        public readonly int Stride;
        public readonly int Bits;
        private readonly int _first;

        public Block(PictureState state, int plane, int address)
        {
            SequenceParameters sequence = state.Sequence;
            Plane = plane;
            ShiftX = plane == 0 ? 0 : sequence.ChromaShiftX;
            ShiftY = plane == 0 ? 0 : sequence.ChromaShiftY;
            Log2Width = sequence.Log2Ctb - ShiftX;
            Log2Height = sequence.Log2Ctb - ShiftY;
            X = address % sequence.CtbColumns << Log2Width;
            Y = address / sequence.CtbColumns << Log2Height;
            PlaneWidth = sequence.CodedWidth >> ShiftX;
            PlaneHeight = sequence.CodedHeight >> ShiftY;
            Width = Math.Min(1 << Log2Width, PlaneWidth - X);
            Height = Math.Min(1 << Log2Height, PlaneHeight - Y);
            Stride = state.Buffer.StrideOf(plane);
            Bits = plane == 0 ? sequence.LumaBits : sequence.ChromaBits;
            _first = state.Buffer.IndexOf(plane, X, Y);
        }

        public int Most => (1 << Bits) - 1;

        public int IndexOf(int x, int y) => _first + (y * Stride) + x;
    }
}
