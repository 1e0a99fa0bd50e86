using ResizeImage.Imaging.Formats.WebP;

namespace ResizeImage.Imaging.Tests.Formats.WebP;

/// <summary>The entropy decoder against RFC 6386, 7.3, which reads one bit after another.</summary>
public class BoolDecoderTests
{
    /// <summary>The shortest data has less than a word.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Reads_as_the_specification_does_also_beyond_the_end(bool inWindows)
    {
        Random random = new(6);
        for (int length = 0; length < 40; length++)
        {
            for (int trial = 0; trial < 20; trial++)
            {
                byte[] data = RandomData(length, random);
                ByBits expected = new(data);
                BoolDecoder actual = new(data);
                while (!expected.IsExhausted)
                {
                    Assert.False(actual.IsExhausted);
                    Compare(expected, ref actual, inWindows ? random.Next(1, 9) : 1, random);
                }

                Assert.True(actual.IsExhausted);
                Compare(expected, ref actual, 8, random);
            }
        }
    }

    [Fact]
    public void A_sign_is_a_bool_of_even_odds()
    {
        Random random = new(7);
        byte[] data = RandomData(1000, random);
        ByBits expected = new(data);
        BoolDecoder actual = new(data);
        for (int i = 0; i < 2000; i++)
        {
            uint probability = (uint)random.Next(1, 256);
            BoolWindow window = actual.Window;
            actual.Fill(ref window, 2);
            Assert.Equal(expected.Read(probability), window.Read(probability));
            Assert.Equal(expected.Read(128) ? -i : i, window.ReadSign(i));
            actual.Window = window;
        }
    }

    /// <summary>No encoder begins with 255, which is beyond the first range.</summary>
    private static byte[] RandomData(int length, Random random)
    {
        byte[] data = new byte[length];
        random.NextBytes(data);
        if (length > 0)
        {
            data[0] = (byte)random.Next(255);
        }

        return data;
    }

    private static void Compare(ByBits expected, ref BoolDecoder actual, int bools, Random random)
    {
        BoolWindow window = actual.Window;
        actual.Fill(ref window, bools);
        for (int i = 0; i < bools; i++)
        {
            // The rarest results take the most bits.
            uint probability = (uint)(random.Next(3) switch { 0 => random.Next(2), 1 => 255, _ => random.Next(256) });
            Assert.Equal(expected.Read(probability), window.Read(probability));
        }

        actual.Window = window;
    }

    /// <summary>RFC 6386, 7.3.</summary>
    private sealed class ByBits
    {
        private readonly byte[] _data;
        private uint _value;
        private uint _range = 255;
        private int _bits;
        private int _position;

        public ByBits(byte[] data)
        {
            _data = data;
            _value = ((uint)Next() << 8) | Next();
        }

        /// <summary>Eight bits behind the end are in the window.</summary>
        public bool IsExhausted => (8 * (_position - 2)) + _bits > 8 * _data.Length;

        public bool Read(uint probability)
        {
            uint split = 1 + (((_range - 1) * probability) >> 8);
            bool result = _value >= split << 8;
            _value -= result ? split << 8 : 0;
            _range = result ? _range - split : split;
            while (_range < 128)
            {
                _value <<= 1;
                _range <<= 1;
                if (++_bits == 8)
                {
                    _bits = 0;
                    _value |= Next();
                }
            }

            return result;
        }

        private byte Next()
        {
            byte next = _position < _data.Length ? _data[_position] : (byte)0;
            _position++;
            return next;
        }
    }
}
