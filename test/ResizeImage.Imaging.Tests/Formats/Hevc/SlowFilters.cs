using ResizeImage.Imaging.Formats;

namespace ResizeImage.Imaging.Tests.Formats.Hevc;

/// <summary>The loop filters by the equations of H.265 8.7, from one array to another, for a picture of one slice of intra blocks.</summary>
internal static class SlowFilters
{
    private static readonly int[] BetaOfQ =
    [
        .. Enumerable.Repeat(0, 16), .. Enumerable.Range(6, 13), .. Enumerable.Range(0, 23).Select(i => 20 + (2 * i)),
    ];

    private static readonly int[] TcOfQ =
    [
        .. Enumerable.Repeat(0, 18), 1, 1, 1, 1, 1, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 5, 5, 6, 6, 7, 8, 9, 10, 11, 13, 14, 16, 18, 20, 22, 24,
    ];

    private static readonly int[] QpcOfQpi = [29, 30, 31, 32, 33, 33, 34, 34, 35, 35, 36, 36, 37, 37]; // from 30 on, table 8-10

    /// <summary>What a block knows of the picture.</summary>
    /// <param name="X">First column of the edge's first segment after it, in samples of luma.</param>
    /// <param name="Y">First row.</param>
    /// <param name="QpP">QpY before the edge.</param>
    /// <param name="QpQ">QpY after the edge.</param>
    /// <param name="KeepsP">pcm_loop_filter_disabled_flag or cu_transquant_bypass_flag before the edge.</param>
    /// <param name="KeepsQ">The same after it.</param>
    public readonly record struct Segment(int X, int Y, int QpP, int QpQ, bool KeepsP, bool KeepsQ);

    /// <summary>Deblocks four lines of luma across one edge (8.7.2.5.3, 8.7.2.5.6 and 8.7.2.5.7).</summary>
    public static void DeblockLuma(int[,] from, int[,] to, Segment edge, bool isVertical, int betaOffset, int tcOffset, int bits)
    {
        int qpl = (edge.QpQ + edge.QpP + 1) >> 1;
        int beta = BetaOfQ[Math.Clamp(qpl + betaOffset, 0, 51)] << (bits - 8);
        int tc = TcOfQ[Math.Clamp(qpl + 2 + tcOffset, 0, 53)] << (bits - 8);
        int P(int i, int k) => isVertical ? from[edge.Y + k, edge.X - 1 - i] : from[edge.Y - 1 - i, edge.X + k];
        int Q(int i, int k) => isVertical ? from[edge.Y + k, edge.X + i] : from[edge.Y + i, edge.X + k];
        int dp0 = Math.Abs(P(2, 0) - (2 * P(1, 0)) + P(0, 0));
        int dp3 = Math.Abs(P(2, 3) - (2 * P(1, 3)) + P(0, 3));
        int dq0 = Math.Abs(Q(2, 0) - (2 * Q(1, 0)) + Q(0, 0));
        int dq3 = Math.Abs(Q(2, 3) - (2 * Q(1, 3)) + Q(0, 3));
        if (dp0 + dq0 + dp3 + dq3 >= beta)
        {
            return;
        }

        bool Decision(int k, int dpq) =>
            dpq < (beta >> 2) && Math.Abs(P(3, k) - P(0, k)) + Math.Abs(Q(0, k) - Q(3, k)) < (beta >> 3)
            && Math.Abs(P(0, k) - Q(0, k)) < ((5 * tc) + 1) >> 1;
        bool isStrong = Decision(0, 2 * (dp0 + dq0)) && Decision(3, 2 * (dp3 + dq3));
        bool dEp = dp0 + dp3 < (beta + (beta >> 1)) >> 3;
        bool dEq = dq0 + dq3 < (beta + (beta >> 1)) >> 3;
        for (int k = 0; k < 4; k++)
        {
            int[] p = [P(0, k), P(1, k), P(2, k), P(3, k)];
            int[] q = [Q(0, k), Q(1, k), Q(2, k), Q(3, k)];
            (int[] newP, int[] newQ) = isStrong ? (Strong(p, q, tc), Strong(q, p, tc)) : Weak(p, q, tc, dEp, dEq, (1 << bits) - 1);
            for (int i = 0; i < 3; i++)
            {
                Set(to, isVertical ? edge.Y + k : edge.Y - 1 - i, isVertical ? edge.X - 1 - i : edge.X + k, edge.KeepsP ? p[i] : newP[i]);
                Set(to, isVertical ? edge.Y + k : edge.Y + i, isVertical ? edge.X + i : edge.X + k, edge.KeepsQ ? q[i] : newQ[i]);
            }
        }
    }

    /// <summary>Deblocks the lines of a plane of chroma across one edge (8.7.2.5.5 and 8.7.2.5.8).</summary>
    public static void DeblockChroma(int[,] from, int[,] to, Segment edge, bool isVertical, ChromaFormat format, int qpOffset, int tcOffset, int bits)
    {
        (int shiftX, int shiftY) = (format == ChromaFormat.Yuv444 ? 0 : 1, format == ChromaFormat.Yuv420 ? 1 : 0);
        (int x, int y) = (edge.X >> shiftX, edge.Y >> shiftY);
        if ((isVertical ? x : y) % 8 != 0)
        {
            return;
        }

        int qpi = ((edge.QpQ + edge.QpP + 1) >> 1) + qpOffset;
        int qpc = format != ChromaFormat.Yuv420 ? Math.Min(qpi, 51) : qpi < 30 ? qpi : qpi >= 43 ? qpi - 6 : QpcOfQpi[qpi - 30];
        int tc = TcOfQ[Math.Clamp(qpc + 2 + tcOffset, 0, 53)] << (bits - 8);
        for (int k = 0; k < 4 >> (isVertical ? shiftY : shiftX); k++)
        {
            int P(int i) => isVertical ? from[y + k, x - 1 - i] : from[y - 1 - i, x + k];
            int Q(int i) => isVertical ? from[y + k, x + i] : from[y + i, x + k];
            int delta = Math.Clamp((((Q(0) - P(0)) << 2) + P(1) - Q(1) + 4) >> 3, -tc, tc);
            Set(to, isVertical ? y + k : y - 1, isVertical ? x - 1 : x + k, edge.KeepsP ? P(0) : Math.Clamp(P(0) + delta, 0, (1 << bits) - 1));
            Set(to, isVertical ? y + k : y, isVertical ? x : x + k, edge.KeepsQ ? Q(0) : Math.Clamp(Q(0) - delta, 0, (1 << bits) - 1));
        }
    }

    private static int[] Strong(int[] p, int[] q, int tc) =>
    [
        Math.Clamp((p[2] + (2 * p[1]) + (2 * p[0]) + (2 * q[0]) + q[1] + 4) >> 3, p[0] - (2 * tc), p[0] + (2 * tc)),
        Math.Clamp((p[2] + p[1] + p[0] + q[0] + 2) >> 2, p[1] - (2 * tc), p[1] + (2 * tc)),
        Math.Clamp(((2 * p[3]) + (3 * p[2]) + p[1] + p[0] + q[0] + 4) >> 3, p[2] - (2 * tc), p[2] + (2 * tc)),
    ];

    private static (int[] P, int[] Q) Weak(int[] p, int[] q, int tc, bool dEp, bool dEq, int most)
    {
        int delta = ((9 * (q[0] - p[0])) - (3 * (q[1] - p[1])) + 8) >> 4;
        if (Math.Abs(delta) >= tc * 10)
        {
            return (p, q);
        }

        delta = Math.Clamp(delta, -tc, tc);
        int deltaP = Math.Clamp((((p[2] + p[0] + 1) >> 1) - p[1] + delta) >> 1, -(tc >> 1), tc >> 1);
        int deltaQ = Math.Clamp((((q[2] + q[0] + 1) >> 1) - q[1] - delta) >> 1, -(tc >> 1), tc >> 1);
        return (
            [Math.Clamp(p[0] + delta, 0, most), dEp ? Math.Clamp(p[1] + deltaP, 0, most) : p[1], p[2]],
            [Math.Clamp(q[0] - delta, 0, most), dEq ? Math.Clamp(q[1] + deltaQ, 0, most) : q[1], q[2]]);
    }

    private static void Set(int[,] plane, int y, int x, int value) => plane[y, x] = value;
}
