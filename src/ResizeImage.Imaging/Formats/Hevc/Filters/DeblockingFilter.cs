using ResizeImage.Imaging.Formats.Hevc.Headers;
using ResizeImage.Imaging.Formats.Hevc.Residuals;
using ResizeImage.Imaging.Formats.Hevc.Slices;

namespace ResizeImage.Imaging.Formats.Hevc.Filters;

/// <summary>
/// The deblocking filter (H.265 8.7.2) of a whole picture: vertical edges first, then horizontal ones. All blocks are intra, so the boundary
/// strength bS is 2 on every edge.
/// </summary>
internal sealed class DeblockingFilter(PictureState state, WorkMeter work)
{
    /// <summary>Edges are filtered on a grid of 8 samples, in segments of 4.</summary>
    private const int Grid = 8;
    private const int Segment = 4;

    private readonly SequenceParameters _sequence = state.Sequence;
    private readonly FilterMap _map = state.Filters!;

    // Table 8-12.
    private static ReadOnlySpan<byte> Beta =>
    [
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18,
        20, 22, 24, 26, 28, 30, 32, 34, 36, 38, 40, 42, 44, 46, 48, 50, 52, 54, 56, 58, 60, 62, 64,
    ];

    private static ReadOnlySpan<byte> Tc =>
    [
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4,
        5, 5, 6, 6, 7, 8, 9, 10, 11, 13, 14, 16, 18, 20, 22, 24,
    ];

    /// <summary>Filters the picture in place.</summary>
    public void Run()
    {
        FilterEdges(isVertical: true);
        FilterEdges(isVertical: false);
    }

    private void FilterEdges(bool isVertical)
    {
        byte edge = isVertical ? FilterMap.LeftEdge : FilterMap.TopEdge;
        int stepX = isVertical ? Grid : Segment;
        int stepY = isVertical ? Segment : Grid;
        for (int y = 0; y < _sequence.CodedHeight; y += stepY)
        {
            work.Check();
            for (int x = 0; x < _sequence.CodedWidth; x += stepX)
            {
                if ((_map.FlagsAt(x, y) & edge) != 0)
                {
                    FilterSegment(x, y, isVertical);
                }
            }
        }
    }

    /// <param name="x">Column of the first sample after the edge, in samples of luma.</param>
    /// <param name="y">Its row.</param>
    /// <param name="isVertical">The edge is to the left of the sample; else above it.</param>
    private void FilterSegment(int x, int y, bool isVertical)
    {
        (int px, int py) = isVertical ? (x - 1, y) : (x, y - 1);
        int qp = (state.Quantization.QpAt(x, y) + state.Quantization.QpAt(px, py) + 1) >> 1;
        SliceHeader slice = _map.Slices[((y >> _sequence.Log2Ctb) * _sequence.CtbColumns) + (x >> _sequence.Log2Ctb)]!;
        bool keepsP = (_map.FlagsAt(px, py) & FilterMap.Unfiltered) != 0;
        bool keepsQ = (_map.FlagsAt(x, y) & FilterMap.Unfiltered) != 0;
        FilterLuma(x, y, isVertical, qp, slice, keepsP, keepsQ);

        PictureBuffer buffer = state.Buffer;
        int across = isVertical ? x >> buffer.ShiftX : y >> buffer.ShiftY;
        if (buffer.Planes == 1 || across % Grid != 0)
        {
            return;
        }

        for (int plane = 1; plane <= 2; plane++)
        {
            int offset = plane == 1 ? state.Parameters.CbQpOffset : state.Parameters.CrQpOffset;
            FilterChroma(plane, x >> buffer.ShiftX, y >> buffer.ShiftY, isVertical, qp + offset, slice, keepsP, keepsQ);
        }
    }

    private void FilterLuma(int x, int y, bool isVertical, int qp, SliceHeader slice, bool keepsP, bool keepsQ)
    {
        int scale = 1 << (_sequence.LumaBits - 8);
        int beta = Beta[Math.Clamp(qp + slice.BetaOffset, 0, 51)] * scale;
        int tc = Tc[Math.Clamp(qp + 2 + slice.TcOffset, 0, 53)] * scale;
        int stride = state.Buffer.Stride;
        int step = isVertical ? 1 : stride;
        int along = isVertical ? stride : 1;
        Span<ushort> samples = state.Buffer.Plane(0);
        int first = state.Buffer.IndexOf(0, x, y);

        // 8.7.2.5.3: second differences in the first and the last line decide.
        Line line0 = new(samples, first, step);
        Line line3 = new(samples, first + (3 * along), step);
        int dp = line0.Dp + line3.Dp;
        int dq = line0.Dq + line3.Dq;
        if (dp + dq >= beta)
        {
            return;
        }

        bool isStrong = line0.IsFlat(beta, tc) && line3.IsFlat(beta, tc);
        int side = (beta + (beta >> 1)) >> 3;
        int most = (1 << _sequence.LumaBits) - 1;
        for (int i = 0; i < Segment; i++)
        {
            int at = first + (i * along);
            if (isStrong)
            {
                FilterStrongly(samples, at, step, tc, keepsP, keepsQ);
            }
            else
            {
                FilterWeakly(samples, at, step, tc, dp < side, dq < side, keepsP, keepsQ, most);
            }
        }
    }

    private static void FilterStrongly(Span<ushort> samples, int at, int step, int tc, bool keepsP, bool keepsQ)
    {
        Line line = new(samples, at, step);
        (int p0, int p1, int p2, int p3) = (line.P0, line.P1, line.P2, line.P3);
        (int q0, int q1, int q2, int q3) = (line.Q0, line.Q1, line.Q2, line.Q3);
        if (!keepsP)
        {
            samples[at - step] = Near(p0, (p2 + (2 * p1) + (2 * p0) + (2 * q0) + q1 + 4) >> 3);
            samples[at - (2 * step)] = Near(p1, (p2 + p1 + p0 + q0 + 2) >> 2);
            samples[at - (3 * step)] = Near(p2, ((2 * p3) + (3 * p2) + p1 + p0 + q0 + 4) >> 3);
        }

        if (!keepsQ)
        {
            samples[at] = Near(q0, (p1 + (2 * p0) + (2 * q0) + (2 * q1) + q2 + 4) >> 3);
            samples[at + step] = Near(q1, (p0 + q0 + q1 + q2 + 2) >> 2);
            samples[at + (2 * step)] = Near(q2, (p0 + q0 + q1 + (3 * q2) + (2 * q3) + 4) >> 3);
        }

        ushort Near(int sample, int filtered) => (ushort)Math.Clamp(filtered, sample - (2 * tc), sample + (2 * tc));
    }

    private static void FilterWeakly(
        Span<ushort> samples, int at, int step, int tc, bool changesP1, bool changesQ1, bool keepsP, bool keepsQ, int most)
    {
        Line line = new(samples, at, step);
        int delta = ((9 * (line.Q0 - line.P0)) - (3 * (line.Q1 - line.P1)) + 8) >> 4;
        if (Math.Abs(delta) >= tc * 10)
        {
            return;
        }

        delta = Math.Clamp(delta, -tc, tc);
        int half = tc >> 1;
        if (!keepsP)
        {
            samples[at - step] = (ushort)Math.Clamp(line.P0 + delta, 0, most);
            if (changesP1)
            {
                int change = Math.Clamp((((line.P2 + line.P0 + 1) >> 1) - line.P1 + delta) >> 1, -half, half);
                samples[at - (2 * step)] = (ushort)Math.Clamp(line.P1 + change, 0, most);
            }
        }

        if (!keepsQ)
        {
            samples[at] = (ushort)Math.Clamp(line.Q0 - delta, 0, most);
            if (changesQ1)
            {
                int change = Math.Clamp((((line.Q2 + line.Q0 + 1) >> 1) - line.Q1 - delta) >> 1, -half, half);
                samples[at + step] = (ushort)Math.Clamp(line.Q1 + change, 0, most);
            }
        }
    }

    /// <summary>8.7.2.5.5, in as many lines as the segment has in the plane.</summary>
    private void FilterChroma(int plane, int x, int y, bool isVertical, int qpIndex, SliceHeader slice, bool keepsP, bool keepsQ)
    {
        PictureBuffer buffer = state.Buffer;
        int qp = Quantization.ChromaQp(qpIndex, _sequence.Chroma);
        int tc = Tc[Math.Clamp(qp + 2 + slice.TcOffset, 0, 53)] * (1 << (_sequence.ChromaBits - 8));
        int most = (1 << _sequence.ChromaBits) - 1;
        int step = isVertical ? 1 : buffer.StrideOf(plane);
        int along = isVertical ? buffer.StrideOf(plane) : 1;
        int lines = Segment >> (isVertical ? buffer.ShiftY : buffer.ShiftX);
        Span<ushort> samples = buffer.Plane(plane);
        int at = buffer.IndexOf(plane, x, y);
        for (int i = 0; i < lines; i++, at += along)
        {
            int p0 = samples[at - step];
            int q0 = samples[at];
            int delta = Math.Clamp((((q0 - p0) << 2) + samples[at - (2 * step)] - samples[at + step] + 4) >> 3, -tc, tc);
            samples[at - step] = keepsP ? (ushort)p0 : (ushort)Math.Clamp(p0 + delta, 0, most);
            samples[at] = keepsQ ? (ushort)q0 : (ushort)Math.Clamp(q0 - delta, 0, most);
        }
    }

    /// <summary>The samples across an edge: P3 to P0 before it, Q0 to Q3 after it.</summary>
    private readonly ref struct Line(Span<ushort> samples, int at, int step)
    {
        public readonly int P3 = samples[at - (4 * step)];
        public readonly int P2 = samples[at - (3 * step)];
        public readonly int P1 = samples[at - (2 * step)];
        public readonly int P0 = samples[at - step];
        public readonly int Q0 = samples[at];
        public readonly int Q1 = samples[at + step];
        public readonly int Q2 = samples[at + (2 * step)];
        public readonly int Q3 = samples[at + (3 * step)];

        public int Dp => Math.Abs(P2 - (2 * P1) + P0);

        public int Dq => Math.Abs(Q2 - (2 * Q1) + Q0);

        /// <summary>dSam (8.7.2.5.6).</summary>
        public bool IsFlat(int beta, int tc) =>
            2 * (Dp + Dq) < beta >> 2 && Math.Abs(P3 - P0) + Math.Abs(Q0 - Q3) < beta >> 3 && Math.Abs(P0 - Q0) < ((5 * tc) + 1) >> 1;
    }
}
