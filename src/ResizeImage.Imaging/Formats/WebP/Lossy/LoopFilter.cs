namespace ResizeImage.Imaging.Formats.WebP;

/// <summary>
/// Smooths an edge between blocks (RFC 6386, 15). Across the edge, samples are p3 p2 p1 p0 | q0 q1 q2 q3. Scalar code is enough: images that
/// are downscaled do not run the filter.
/// </summary>
internal static class LoopFilter
{
    /// <summary>The simple filter (15.2).</summary>
    /// <param name="plane">Samples.</param>
    /// <param name="at">Offset of the first q0.</param>
    /// <param name="across">Distance of p0 and q0: 1 for a vertical edge, a row for a horizontal one.</param>
    /// <param name="along">Distance of one q0 and the next.</param>
    /// <param name="count">Number of q0.</param>
    /// <param name="edgeLimit">The largest difference that is smoothed.</param>
    public static void Simple(Span<byte> plane, int at, int across, int along, int count, int edgeLimit)
    {
        for (int i = 0; i < count; i++, at += along)
        {
            if (IsWithin(plane, at, across, edgeLimit))
            {
                Common(plane, at, across);
            }
        }
    }

    /// <summary>The normal filter (15.3).</summary>
    /// <param name="plane">Samples.</param>
    /// <param name="at">Offset of the first q0.</param>
    /// <param name="across">Distance of p0 and q0: 1 for a vertical edge, a row for a horizontal one.</param>
    /// <param name="along">Distance of one q0 and the next.</param>
    /// <param name="count">Number of q0.</param>
    /// <param name="edgeLimit">The largest difference that is smoothed.</param>
    /// <param name="strength">The other limits.</param>
    /// <param name="betweenMacroblocks">The edge of a macroblock: up to three samples on either side change; within macroblocks, two.</param>
    public static void Normal(
        Span<byte> plane, int at, int across, int along, int count, int edgeLimit, LoopFilterStrength strength, bool betweenMacroblocks)
    {
        for (int i = 0; i < count; i++, at += along)
        {
            if (!IsWithin(plane, at, across, edgeLimit) || !IsSmooth(plane, at, across, strength.InteriorLimit))
            {
                continue;
            }

            if (Math.Abs(plane[at - (2 * across)] - plane[at - across]) > strength.HighVariance
                || Math.Abs(plane[at + across] - plane[at]) > strength.HighVariance)
            {
                Common(plane, at, across);
            }
            else if (betweenMacroblocks)
            {
                Wide(plane, at, across);
            }
            else
            {
                Narrow(plane, at, across);
            }
        }
    }

    private static bool IsWithin(ReadOnlySpan<byte> plane, int at, int across, int edgeLimit)
    {
        int nearest = Math.Abs(plane[at - across] - plane[at]);
        int next = Math.Abs(plane[at - (2 * across)] - plane[at + across]);
        return (4 * nearest) + next <= (2 * edgeLimit) + 1;
    }

    private static bool IsSmooth(ReadOnlySpan<byte> plane, int at, int across, int limit) =>
        Math.Abs(plane[at - (4 * across)] - plane[at - (3 * across)]) <= limit
        && Math.Abs(plane[at - (3 * across)] - plane[at - (2 * across)]) <= limit
        && Math.Abs(plane[at - (2 * across)] - plane[at - across]) <= limit
        && Math.Abs(plane[at + (3 * across)] - plane[at + (2 * across)]) <= limit
        && Math.Abs(plane[at + (2 * across)] - plane[at + across]) <= limit
        && Math.Abs(plane[at + across] - plane[at]) <= limit;

    /// <summary>Changes p0 and q0, and uses the slope of p1 and q1.</summary>
    private static void Common(Span<byte> plane, int at, int across)
    {
        int outer = Signed(plane[at - (2 * across)] - plane[at + across]);
        int slope = (3 * (plane[at] - plane[at - across])) + outer;
        plane[at - across] = Sample(plane[at - across] + Eighth(slope + 3));
        plane[at] = Sample(plane[at] - Eighth(slope + 4));
    }

    /// <summary>Changes p1 to q1.</summary>
    private static void Narrow(Span<byte> plane, int at, int across)
    {
        int slope = 3 * (plane[at] - plane[at - across]);
        int ofQ0 = Eighth(slope + 4);
        int ofP0 = Eighth(slope + 3);
        int half = (ofQ0 + 1) >> 1;
        plane[at - (2 * across)] = Sample(plane[at - (2 * across)] + half);
        plane[at - across] = Sample(plane[at - across] + ofP0);
        plane[at] = Sample(plane[at] - ofQ0);
        plane[at + across] = Sample(plane[at + across] - half);
    }

    /// <summary>Changes p2 to q2, by about 3/7, 2/7 and 1/7 of the slope.</summary>
    private static void Wide(Span<byte> plane, int at, int across)
    {
        int outer = Signed(plane[at - (2 * across)] - plane[at + across]);
        int slope = Signed((3 * (plane[at] - plane[at - across])) + outer);
        for (int distance = 0, weight = 27; distance < 3; distance++, weight -= 9)
        {
            int change = ((weight * slope) + 63) >> 7;
            int p = at - ((distance + 1) * across);
            int q = at + (distance * across);
            plane[p] = Sample(plane[p] + change);
            plane[q] = Sample(plane[q] - change);
        }
    }

    private static int Signed(int value) => Math.Clamp(value, sbyte.MinValue, sbyte.MaxValue);

    private static int Eighth(int value) => Math.Clamp(value >> 3, -16, 15);

    private static byte Sample(int value) => (byte)Math.Clamp(value, byte.MinValue, byte.MaxValue);
}
