using ResizeImage.Imaging.Formats.Hevc.Entropy;

namespace ResizeImage.Imaging.Tests.Formats.Hevc;

/// <summary>The arithmetic decoder against the flow charts of H.265 9.3.4.3, which read one bit after the other.</summary>
public class ArithmeticDecoderTests
{
    [Fact]
    public void Bins_of_random_data_are_those_of_the_flow_charts()
    {
        Random random = new(7);
        for (int run = 0; run < 600; run++)
        {
            byte[] code = new byte[random.Next(2, 200)];
            random.NextBytes(code);
            code[0] &= 0x7F; // an offset below the range
            byte[] padded = [.. code, .. new byte[ArithmeticDecoder.Padding]];
            int start = random.Next(Math.Min(4, code.Length));
            padded[start] &= 0x7F;
            ArithmeticDecoder actual = new();
            actual.Start(padded, start);
            BitByBit expected = new(padded, start);
            byte[] states = new byte[8];
            random.NextBytes(states);
            states = [.. states.Select(state => (byte)(state % 124))];
            (int State, int Mps)[] slow = [.. states.Select(state => (state >> 1, state & 1))];
            int kinds = 1 + random.Next(5);
            while (expected.BitsRead < 8 * code.Length)
            {
                Step(ref actual, expected, padded, states, slow, random.Next(kinds), random);
                if (expected.IsTerminated)
                {
                    Assert.Equal((expected.BitsRead + 7) / 8, actual.EndPosition);
                    break;
                }
            }
        }
    }

    /// <summary>9.3.2.5: the offset is not 510 or 511.</summary>
    [Theory]
    [InlineData(0x7F, true)]
    [InlineData(0xFE, true)]
    [InlineData(0xFF, false)]
    public void Offsets_that_are_not_below_the_range_are_corrupt(byte first, bool isValid)
    {
        byte[] data = [first, .. Enumerable.Repeat((byte)0x7F, 3), .. new byte[ArithmeticDecoder.Padding]];
        Exception? refusal = Record.Exception(() => new ArithmeticDecoder().Start(data, 0));
        Assert.Equal(isValid ? null : typeof(InvalidImageException), refusal?.GetType());
    }

    private static void Step(ref ArithmeticDecoder actual, BitByBit expected, byte[] data, byte[] states, (int State, int Mps)[] slow, int kind, Random random)
    {
        int count = 1 + random.Next(16);
        switch (kind)
        {
            case 0:
                int context = random.Next(states.Length);
                Assert.Equal(expected.Decision(ref slow[context]), actual.Decode(data, ref states[context]));
                Assert.Equal((slow[context].State << 1) | slow[context].Mps, states[context]);
                break;
            case 1:
                Assert.Equal(expected.Bypass(1), actual.DecodeBypass(data, 1));
                break;
            case 2:
                Assert.Equal(expected.Bypass(count), actual.DecodeBypass(data, count));
                break;
            case 3:
                uint bins = actual.PeekBypass(data) >> (16 - count);
                actual.SkipBypass(bins, count);
                Assert.Equal(expected.Bypass(count), bins);
                break;
            default:
                Assert.Equal(expected.Terminate(), actual.DecodeTerminate(data));
                break;
        }
    }

    private sealed class BitByBit
    {
        // Table 9-53.
        private static readonly int[] AfterLps =
        [
            0, 0, 1, 2, 2, 4, 4, 5, 6, 7, 8, 9, 9, 11, 11, 12, 13, 13, 15, 15, 16, 16, 18, 18, 19, 19, 21, 21, 22, 22, 23, 24,
            24, 25, 26, 26, 27, 27, 28, 29, 29, 30, 30, 30, 31, 32, 32, 33, 33, 33, 34, 34, 35, 35, 35, 36, 36, 36, 37, 37, 37, 38, 38, 63,
        ];

        private readonly byte[] _data;
        private uint _range = 510;
        private uint _offset;

        public BitByBit(byte[] data, int start)
        {
            _data = data;
            BitsRead = 8 * start;
            for (int i = 0; i < 9; i++)
            {
                _offset = (_offset << 1) | ReadBit();
            }
        }

        public int BitsRead { get; private set; }

        public bool IsTerminated { get; private set; }

        public uint Decision(ref (int State, int Mps) context)
        {
            uint lps = ArithmeticTables.LpsRange[(int)(64 * ((_range >> 6) & 3)) + context.State];
            _range -= lps;
            int bin = context.Mps;
            if (_offset >= _range)
            {
                bin = 1 - bin;
                _offset -= _range;
                _range = lps;
                context = (AfterLps[context.State], context.State == 0 ? 1 - context.Mps : context.Mps);
            }
            else
            {
                context.State = Math.Min(context.State + 1, 62);
            }

            Renormalize();
            return (uint)bin;
        }

        public uint Bypass(int count)
        {
            uint bins = 0;
            for (int i = 0; i < count; i++)
            {
                _offset = (_offset << 1) | ReadBit();
                bool isOne = _offset >= _range;
                _offset -= isOne ? _range : 0;
                bins = (bins << 1) | (isOne ? 1u : 0);
            }

            return bins;
        }

        public bool Terminate()
        {
            _range -= 2;
            IsTerminated = _offset >= _range;
            if (!IsTerminated)
            {
                Renormalize();
            }

            return IsTerminated;
        }

        private void Renormalize()
        {
            while (_range < 256)
            {
                _range <<= 1;
                _offset = (_offset << 1) | ReadBit();
            }
        }

        private uint ReadBit()
        {
            uint bit = BitsRead / 8 < _data.Length ? (uint)(_data[BitsRead / 8] >> (7 - (BitsRead % 8))) & 1 : 0;
            BitsRead++;
            return bit;
        }
    }
}
