using ResizeImage.Imaging.Formats;
using ResizeImage.Imaging.Tests.Formats.Heif;
using static ResizeImage.Imaging.Tests.Formats.Heif.HeifFile;
using static ResizeImage.Imaging.Tests.Formats.Heif.PaintCodec;

namespace ResizeImage.Imaging.Tests.Fuzzing;

/// <summary>HEIF files of every kind of item, painted by a codec of the tests: the container is fuzzed alone.</summary>
internal static class HeifSamples
{
    public static IEnumerable<byte[]> All()
    {
        foreach (ChromaFormat chroma in Enum.GetValues<ChromaFormat>())
        {
            foreach (int bits in (int[])[8, 10])
            {
                PictureHeader header = new(32, 24, chroma, bits, bits, new VideoSignal(1, 13, 6, bits == 8));
                HeifFile file = new HeifFile { LongIds = bits == 10, LongIndexes = chroma == ChromaFormat.Yuv422, InIdat = bits == 10 ? ["grid"] : [] }
                    .Item(1, "grid", Grid(2, 2, 61, 45), Ispe(61, 45), Irot(1), Imir(1), Clap(40, 1, 30, 1, 0, 1, 0, 1), Nclx(1, 13, 6, isFull: true))
                    .Reference("dimg", 1, 2, 3, 4, 5)
                    .Item(6, "hvc1", Flat(7, 8, 9), HvcC(header), Ispe(32, 20)).Reference("thmb", 6, 1)
                    .Item(7, "hvc1", Pattern(3), HvcC(header with { Chroma = ChromaFormat.Monochrome }), AuxC("urn:mpeg:hevc:2015:auxid:1")).Reference("auxl", 7, 1);
                for (uint id = 2; id < 6; id++)
                {
                    file.Item(id, "hvc1", id == 3 ? Cut(9) : Pattern((int)id), HvcC(header), Ispe(32, 24), Icc([1, 2, 3, 4]));
                }

                yield return file.ToArray();
            }
        }

        PictureHeader whole = new(50, 40, ChromaFormat.Yuv420, 8, 8, null);
        yield return new HeifFile { DataFirst = true }.Item(1, "hvc1", Pattern(1), HvcC(whole), Ispe(50, 38)).ToArray();
        yield return new HeifFile().Item(1, "iden", [], Irot(3)).Item(2, "hvc1", Pattern(1), HvcC(whole)).Reference("dimg", 1, 2).ToArray();
        yield return new HeifFile().Item(1, "iovl", Overlay([1, 2, 3, 65535], 60, 50, false, (3, 4), (20, -5))).Item(2, "hvc1", Pattern(1), HvcC(whole))
            .Item(3, "hvc1", Pattern(2), HvcC(whole)).Reference("dimg", 1, 2, 3).ToArray();
    }
}
