using ResizeImage.Imaging.Tests.Support;

namespace ResizeImage.Imaging.Tests.Formats.Hevc;

/// <summary>Pictures of x265 with each tool of intra coding that it has: the samples are those of other decoders.</summary>
public class HevcGeneratedTests
{
    private static readonly string[] Options =
    [
        "--qp 5", "--qp 22", "--qp 37", "--qp 48", "--crf 28 --aq-mode 2", "--crf 20 --aq-mode 3 --qg-size 16", "--crf 30 --aq-mode 1 --qg-size 8 --ctu 32",
        "--ctu 16 --qp 27", "--ctu 32 --qp 27", "--ctu 64 --qp 27", "--ctu 64 --min-cu-size 32 --qp 30", "--ctu 32 --min-cu-size 16 --max-tu-size 16 --qp 25",
        "--ctu 16 --max-tu-size 8 --qp 25", "--max-tu-size 4 --ctu 16 --min-cu-size 8 --qp 25", "--tu-intra-depth 4 --preset veryslow --qp 24", "--rdoq-level 2 --rd 6 --qp 26",
        "--tskip --qp 20", "--tskip --qp 34 --no-signhide", "--scaling-list default --qp 20", "--scaling-list default --crf 30 --ctu 32", "--slices 4 --qp 30 --ctu 16",
        "--slices 3 --crf 32 --ctu 16 --no-deblock", "--slices 2 --crf 32 --ctu 16 --lossless", "--lossless", "--lossless --ctu 16 --tskip", "--cu-lossless --rd 6 --qp 12",
        "--cu-lossless --rd 6 --qp 4 --tskip", "--no-sao --qp 33", "--no-deblock --qp 33", "--no-sao --no-deblock --qp 33", "--deblock 3:-2 --qp 38", "--deblock -6:6 --qp 38",
        "--deblock 6:6 --qp 45", "--sao-non-deblock --qp 40", "--no-wpp --qp 30", "--wpp --ctu 16 --qp 30", "--cbqpoffs 12 --crqpoffs -12 --qp 30", "--cbqpoffs -6 --crqpoffs 9 --crf 35",
        "--no-signhide --qp 28", "--no-strong-intra-smoothing --qp 40", "--fast-intra --qp 40", "--limit-tu 4 --tu-intra-depth 3 --qp 31", "--constrained-intra --qp 31",
        "--preset placebo --crf 24", "--preset ultrafast --qp 30",
    ];

    public static TheoryData<string, int> Kinds
    {
        get
        {
            TheoryData<string, int> kinds = [];
            foreach (string chroma in (string[])["i400", "i420", "i422", "i444"])
            {
                foreach (int bits in (int[])[8, 10, 12])
                {
                    kinds.Add(chroma, bits);
                }
            }

            return kinds;
        }
    }

    [ToolTheory(X265.Program, FfmpegJudge.Program, X265.Libde265)]
    [MemberData(nameof(Kinds))]
    public void Samples_are_those_of_other_decoders(string chroma, int bits)
    {
        for (int i = 0; i < Options.Length; i++)
        {
            // All options with 4:2:0 of 8 bits; some of them with each other kind.
            if ((chroma, bits) == ("i420", 8) || i % 3 == bits / 2 % 3)
            {
                AssertSame(200, 152, chroma, bits, Options[i]);
            }
        }
    }

    [ToolFact(X265.Program, FfmpegJudge.Program)]
    public void Every_size_is_cropped_to_its_samples()
    {
        foreach ((int width, int height) in ((int, int)[])[(16, 16), (18, 34), (66, 130), (72, 40), (130, 66), (264, 24), (24, 264)])
        {
            AssertSame(width, height, "i420", 8, "--qp 29 --ctu 16");
            AssertSame(width, height, "i422", 10, "--qp 29 --ctu 16");
            AssertSame(width + 1, height + 1, "i444", 8, "--qp 29 --ctu 16");
            AssertSame(width + 1, height + 1, "i400", 8, "--qp 29 --ctu 16");
        }
    }

    private static void AssertSame(int width, int height, string chroma, int bits, string options)
    {
        byte[] stream = X265.Encode(width, height, chroma, bits, options);
        byte[] expected = (chroma, bits) == ("i444", 12) ? X265.DecodeByLibde265(stream) : X265.Decode(stream);
        byte[] actual = DecodedPlanes.Of(HevcStream.FromAnnexB(stream));
        Assert.True(expected.AsSpan().SequenceEqual(actual), $"{width} × {height}, {chroma}, {bits} bits, {options}");
    }
}
