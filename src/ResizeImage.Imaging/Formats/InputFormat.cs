using ResizeImage.Imaging.Formats.Bmp;
using ResizeImage.Imaging.Formats.Gif;
using ResizeImage.Imaging.Formats.Heif;
using ResizeImage.Imaging.Formats.Ico;
using ResizeImage.Imaging.Formats.Jpeg;
using ResizeImage.Imaging.Formats.Png;
using ResizeImage.Imaging.Formats.Pnm;
using ResizeImage.Imaging.Formats.Qoi;
using ResizeImage.Imaging.Formats.Raw;
using ResizeImage.Imaging.Formats.Tga;
using ResizeImage.Imaging.Formats.Tiff;
using ResizeImage.Imaging.Formats.Unread;
using ResizeImage.Imaging.Formats.WebP;

namespace ResizeImage.Imaging.Formats;

/// <summary>The file formats that the built-in engine reads. A new format is a row here and a folder. The content decides, not the name.</summary>
internal sealed class InputFormat
{
    // In the order in which messages list them.
    private static readonly InputFormat[] Rows =
    [
        new("JPEG", "\u00ff\u00d8\u00ff", JpegSegmentReader.Matches, JpegDecoder.Read),
        new("PNG", "\u0089PNG\r\n\u001a\n", PngDecoder.Matches, PngDecoder.Read),
        new("WebP", "RIFF", WebPDecoder.Matches, WebPDecoder.Read),
        new("GIF", "GIF8", GifDecoder.Matches, GifDecoder.Read),
        new("BMP", "BM", BmpDecoder.Matches, BmpDecoder.Read),
        new("HEIC", "", HeifDecoder.Matches, HeifDecoder.Read) { _readWithoutHevc = HeifDecoder.ReadWithoutHevc },
        new("camera raw previews", RawDecoder.Matches, RawDecoder.Read), // before TIFF, whose structure most of them have
        new("TIFF", "II*\0", TiffHeader.Matches, ReadTiff),
        new("QOI", "qoif", QoiDecoder.Matches, QoiDecoder.Read),
        new("PNM", "", PnmDecoder.Matches, PnmDecoder.Read),
        new("ICO", "", IcoDecoder.Matches, IcoDecoder.Read),
        new("TGA", TgaDecoder.Matches, TgaDecoder.Read), // last, because it has no signature
    ];

    private readonly Func<ByteSource, bool> _matches;
    private readonly Reader _read;
    private Reader? _readWithoutHevc;

    /// <param name="name">The name in messages.</param>
    /// <param name="signature">
    /// The first bytes, one in each character (Latin-1), by which a corrupt upload of such a file is recognized; empty if they are too few or vary.
    /// </param>
    /// <param name="matches">Decides whether the decoder should read the file.</param>
    /// <param name="read">Reads the header.</param>
    private InputFormat(string name, string signature, Probe matches, Reader read)
        : this(name, file => matches(file.WaitFor(BrokenUpload.ExaminedBytes)), read) => Signature = signature;

    /// <param name="name">The name in messages.</param>
    /// <param name="matches">Decides by more than the beginning of the file.</param>
    /// <param name="read">Reads the header.</param>
    private InputFormat(string name, Func<ByteSource, bool> matches, Reader read) => (Name, Signature, _matches, _read) = (name, "", matches, read);

    private delegate bool Probe(ReadOnlySpan<byte> file);

    private delegate ImageDecoder Reader(ByteSource file);

    public static IReadOnlyList<InputFormat> All => Rows;

    /// <summary>The name in messages: JPEG.</summary>
    public string Name { get; }

    /// <summary>The first bytes, one in each character (Latin-1); empty if they are too few to be certain, or vary.</summary>
    public string Signature { get; }

    /// <summary>The signature survives if an upload converts a file to text.</summary>
    public bool IsAscii => System.Text.Ascii.IsValid(Signature);

    /// <summary>Reads the header with the decoder of the format that the first bytes show.</summary>
    /// <param name="file">The file.</param>
    /// <param name="decodesHevc">False to refuse images that HEVC codes.</param>
    /// <exception cref="InvalidImageException">The file is not an image, or its header is corrupt.</exception>
    /// <exception cref="UnsupportedImageException">The file is an image of another format.</exception>
    public static ImageDecoder Open(ByteSource file, bool decodesHevc = true)
    {
        ReadOnlySpan<byte> start = file.WaitFor(BrokenUpload.ExaminedBytes);
        InputFormat? format = Find(file);
        if (format is not { IsAscii: false } && BrokenUpload.DecodedAsText(start, file.Length) is { } broken)
        {
            throw broken;
        }

        Reader? read = decodesHevc ? format?._read : format?._readWithoutHevc ?? format?._read;
        return read?.Invoke(file) ?? throw UnreadFiles.Refusal(file, List());
    }

    /// <summary>The names in a sentence: "JPEG, PNG and BMP".</summary>
    public static string List()
    {
        string[] names = Array.ConvertAll(Rows, format => format.Name);
        return $"{string.Join(", ", names[..^1])} and {names[^1]}";
    }

    /// <summary>True if the file has the whole signature.</summary>
    public bool HasSignature(ReadOnlySpan<byte> file) => Signature.Length > 0 && FileSignature.HasAt(file, 0, Signature);

    /// <summary>True if the file has the signature as far as the file goes.</summary>
    public bool BeginsSignature(ReadOnlySpan<byte> file) =>
        Signature.Length > 0 && FileSignature.HasAt(file, 0, Signature[..Math.Min(Signature.Length, file.Length)]);

    /// <summary>Raw photos have the structure of TIFF; one without a preview is named instead.</summary>
    private static TiffDecoder ReadTiff(ByteSource file) =>
        TiffFile.FindRaw(file) is { } raw ? throw raw.ToException(List()) : TiffDecoder.Read(file);

    private static InputFormat? Find(ByteSource file)
    {
        foreach (InputFormat format in Rows)
        {
            if (format._matches(file))
            {
                return format;
            }
        }

        return null;
    }
}
