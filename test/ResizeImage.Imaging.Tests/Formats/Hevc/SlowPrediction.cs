namespace ResizeImage.Imaging.Tests.Formats.Hevc;

/// <summary>Intra prediction by the text of H.265 8.4.4.2: neighbors are p[x, y], with x or y equal to −1.</summary>
/// <param name="size">nTbS.</param>
/// <param name="bits">Bits of a sample.</param>
internal sealed class SlowPrediction(int size, int bits)
{
    private static readonly int[] Angles =
        [0, 0, 32, 26, 21, 17, 13, 9, 5, 2, 0, -2, -5, -9, -13, -17, -21, -26, -32, -26, -21, -17, -13, -9, -5, -2, 0, 2, 5, 9, 13, 17, 21, 26, 32];

    private static readonly int[] InverseAngles = [-4096, -1638, -910, -630, -482, -390, -315, -256, -315, -390, -482, -630, -910, -1638, -4096];

    private Dictionary<(int X, int Y), int> _p = [];

    /// <summary>All neighbors in the order of 8.4.4.2.2: from below left up, then to the right.</summary>
    private IEnumerable<(int X, int Y)> Positions =>
        Enumerable.Range(-1, (2 * size) + 1).Reverse().Select(y => (-1, y)).Concat(Enumerable.Range(0, 2 * size).Select(x => (x, -1)));

    /// <summary>Predicts a block.</summary>
    /// <param name="neighbors">The available ones.</param>
    /// <param name="mode">predModeIntra.</param>
    /// <param name="cIdx">0 for luma.</param>
    /// <param name="is444">ChromaArrayType is 3.</param>
    /// <param name="isStrong">strong_intra_smoothing_enabled_flag.</param>
    /// <returns>Samples row by row.</returns>
    public int[] Predict(Dictionary<(int X, int Y), int> neighbors, int mode, int cIdx, bool is444, bool isStrong)
    {
        Substitute(neighbors);
        if (cIdx == 0 || is444)
        {
            Filter(mode, cIdx, isStrong);
        }

        int[] samples = new int[size * size];
        for (int y = 0; y < size; y++)
        {
            for (int x = 0; x < size; x++)
            {
                samples[(y * size) + x] = mode switch
                {
                    0 => (((size - 1 - x) * _p[(-1, y)]) + ((x + 1) * _p[(size, -1)]) + ((size - 1 - y) * _p[(x, -1)]) + ((y + 1) * _p[(-1, size)]) + size) / (2 * size),
                    1 => Dc(x, y, cIdx),
                    >= 18 => Angular(mode, x, y, cIdx, (a, b) => _p[(a, b)]),
                    _ => Angular(mode, y, x, cIdx, (a, b) => _p[(b, a)]),
                };
            }
        }

        return samples;
    }

    private void Substitute(Dictionary<(int X, int Y), int> neighbors)
    {
        _p = new(neighbors);
        if (_p.Count == 0)
        {
            _p = Positions.ToDictionary(position => position, _ => 1 << (bits - 1));
            return;
        }

        (int X, int Y) previous = Positions.First(_p.ContainsKey);
        foreach ((int X, int Y) position in Positions)
        {
            _p.TryAdd(position, _p[previous]);
            previous = position;
        }
    }

    private void Filter(int mode, int cIdx, bool isStrong)
    {
        int distance = Math.Min(Math.Abs(mode - 26), Math.Abs(mode - 10));
        int threshold = size switch { 8 => 7, 16 => 1, _ => 0 };
        if (mode == 1 || size == 4 || distance <= threshold)
        {
            return;
        }

        Dictionary<(int X, int Y), int> filtered = new(_p);
        int limit = 1 << (bits - 5);
        bool isBilinear = isStrong && cIdx == 0 && size == 32
            && Math.Abs(_p[(-1, -1)] + _p[(63, -1)] - (2 * _p[(31, -1)])) < limit
            && Math.Abs(_p[(-1, -1)] + _p[(-1, 63)] - (2 * _p[(-1, 31)])) < limit;
        if (isBilinear)
        {
            for (int i = 0; i < 63; i++)
            {
                filtered[(-1, i)] = (((63 - i) * _p[(-1, -1)]) + ((i + 1) * _p[(-1, 63)]) + 32) >> 6;
                filtered[(i, -1)] = (((63 - i) * _p[(-1, -1)]) + ((i + 1) * _p[(63, -1)]) + 32) >> 6;
            }
        }
        else
        {
            filtered[(-1, -1)] = (_p[(-1, 0)] + (2 * _p[(-1, -1)]) + _p[(0, -1)] + 2) >> 2;
            for (int i = 0; i < (2 * size) - 1; i++)
            {
                filtered[(-1, i)] = (_p[(-1, i + 1)] + (2 * _p[(-1, i)]) + _p[(-1, i - 1)] + 2) >> 2;
                filtered[(i, -1)] = (_p[(i - 1, -1)] + (2 * _p[(i, -1)]) + _p[(i + 1, -1)] + 2) >> 2;
            }
        }

        _p = filtered;
    }

    private int Dc(int x, int y, int cIdx)
    {
        int sum = Enumerable.Range(0, size).Sum(i => _p[(i, -1)] + _p[(-1, i)]);
        int dc = (sum + size) / (2 * size);
        return cIdx != 0 || size == 32 || (x > 0 && y > 0) ? dc
            : x + y == 0 ? (_p[(-1, 0)] + (2 * dc) + _p[(0, -1)] + 2) >> 2
            : x == 0 ? (_p[(-1, y)] + (3 * dc) + 2) >> 2
            : (_p[(x, -1)] + (3 * dc) + 2) >> 2;
    }

    /// <summary>8.4.4.2.6 for modes from 18 on; for others with x and y exchanged.</summary>
    private int Angular(int mode, int x, int y, int cIdx, Func<int, int, int> p)
    {
        int angle = Angles[mode];
        int Reference(int i) => i >= 0 ? p(-1 + i, -1) : p(-1, -1 + (((i * InverseAngles[mode - 11]) + 128) >> 8));
        if (angle == 0 && x == 0 && cIdx == 0 && size < 32)
        {
            return Math.Clamp(p(0, -1) + ((p(-1, y) - p(-1, -1)) >> 1), 0, (1 << bits) - 1);
        }

        int index = ((y + 1) * angle) >> 5;
        int fraction = ((y + 1) * angle) & 31;
        return fraction == 0 ? Reference(x + index + 1) : (((32 - fraction) * Reference(x + index + 1)) + (fraction * Reference(x + index + 2)) + 16) >> 5;
    }
}
