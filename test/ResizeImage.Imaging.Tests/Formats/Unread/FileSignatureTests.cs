using System.Text;
using ResizeImage.Imaging.Formats;
using ResizeImage.Imaging.Formats.Unread;

namespace ResizeImage.Imaging.Tests.Formats.Unread;

/// <summary>Formats that are not read, by their first bytes: each row of the table has a file here, written down from the format's specification.</summary>
public class FileSignatureTests
{
    private static readonly string Readable = $"{InputFormat.List()} are read";

    public static TheoryData<string, string> Images => new()
    {
        { "49491A00 0000 'HEAPCCDR'", "a Canon raw photo (CRW)" },
        { "49495500 18000000", "a Panasonic raw photo (RW2)" },
        { "'IIRO' 08000000", "an Olympus raw photo (ORF)" },
        { "'IIRS' 08000000", "an Olympus raw photo (ORF)" },
        { "'MMOR' 00000008", "an Olympus raw photo (ORF)" },
        { "'FUJIFILMCCD-RAW 0201FF383501X-T3'", "a Fujifilm raw photo (RAF)" },
        { "'FOVb' 03000200", "a Sigma raw photo (X3F)" },
        { "004D524D 0001A2B4", "a Minolta raw photo (MRW)" },
        { "4949BC01 20000000", "a JPEG XR image" },
        { "FF0A FA1F0150", "a JPEG XL image" },
        { "0000000C 4A584C20 0D0A870A 00000014 'ftypjxl '", "a JPEG XL image" },
        { "0000000C 6A502020 0D0A870A 00000014 'ftypjp2 '", "a JPEG 2000 image" },
        { "FF4FFF51 002F0000", "a JPEG 2000 image" },
        { "'8BPS' 0001 000000000000 0003", "a Photoshop image (PSD)" },
        { "'8BPS' 0002 000000000000 0003", "a large Photoshop image (PSB)" },
        { "'gimp xcf v011' 00", "a GIMP image (XCF)" },
        { "'FLIF31'", "a FLIF image" },
        { "'BPG' FB 2010", "a BPG image" },
        { "'farbfeld' 00000010 00000010", "a farbfeld image" },
        { "762F3101 02000000", "an OpenEXR image" },
        { "'#?RADIANCE' 0A", "a Radiance HDR image" },
        { "'#?RGBE' 0A", "a Radiance HDR image" },
        { "'DDS ' 7C000000 07100800", "a DirectDraw surface (DDS)" },
        { "8A4D4E47 0D0A1A0A 0000001C", "an MNG animation" },
        { "8B4A4E47 0D0A1A0A 00000010", "a JNG image" },
        { "'RIFF' 10000000 'ACONanih'", "an animated cursor (ANI)" },
        { "'icns' 00001000", "a macOS icon (ICNS)" },
        { "'BA' 28000000 00000000 00000000 'BM'", "an OS/2 array of bitmaps" },
        { "'BA' 28000000 00000000 00000000 'IC'", "an OS/2 array of bitmaps" },
        { "'BA' 28000000 00000000 00000000 'CI'", "an OS/2 array of bitmaps" },
        { "59A66A95 00000010", "a Sun raster image" },
        { "01DA 00 01 0003", "an SGI image" },
        { "01DA 00 02 0003", "an SGI image" },
        { "01DA 01 01 0003", "an SGI image" },
        { "01DA 01 02 0003", "an SGI image" },
        { "'SDPX' 00000800", "a DPX image" },
        { "'XPDS' 00080000", "a DPX image" },
        { "'SIMPLE  =                    T'", "a FITS image" },
        { "'/* XPM */' 0A", "an XPM image" },
        { "B168DE3A 04100000", "a DCX image" },
        { "'id=ImageMagick  version=1.0'", "an ImageMagick image (MIFF)" },
        { "'FORM' 00001000 'ILBMBMHD'", "an Amiga image (IFF)" },
        { "'FORM' 00001000 'PBM BMHD'", "an Amiga image (IFF)" },
        { "+512 1234 00000000 00400040 0011 02FF 0C00", "a QuickDraw image (PICT)" },
        { "+128 'DICM' 02000000", "a DICOM image" },
        { "'AT&TFORM' 00001000 'DJVU'", "a DjVu document" },
        { "D7CDC69A 0000", "a Windows metafile (WMF)" },
        { "0100 0900 0003", "a Windows metafile (WMF)" },
        { "01000000 6C000000 +32 ' EMF'", "a Windows metafile (EMF)" },
        { "C5D0D3C6 20000000", "an EPS drawing" },
        { "'%!PS-Adobe-3.0 EPSF-3.0' 0A", "an EPS drawing" },
        { "'%!PS-Adobe-3.0' 0A", "a PostScript document" },
        { "'%PDF-1.7' 0A", "a PDF document" },
    };

    public static TheoryData<string, string> Videos => new()
    {
        { "'RIFF' 00100000 'AVI LIST'", "an AVI video" },
        { "'FLV' 01 05 00000009", "a Flash video (FLV)" },
        { "3026B2758E66CF11A6D900AA0062CE6C", "a Windows Media file (WMV or WMA)" },
        { "000001BA 44000400", "an MPEG video" },
        { "000001B3 16012013", "an MPEG video" },
        { "'.RMF' 00000012", "a RealMedia video" },
        { "'OggS' 0002 0000000000000000", "an Ogg video or audio file" },
    };

    public static TheoryData<string, string, string> Others => new()
    {
        { "'RIFF' 24000000 'WAVEfmt '", "a WAV audio file", "" },
        { "'FORM' 00001000 'AIFFCOMM'", "an AIFF audio file", "" },
        { "'fLaC' 00000022", "a FLAC audio file", "" },
        { "'ID3' 02 0000000021", "an MP3 audio file", "" },
        { "'ID3' 03 0000000021", "an MP3 audio file", "" },
        { "'ID3' 04 0000000021", "an MP3 audio file", "" },
        { "'#!AMR' 0A", "an AMR audio file", "" },
        { "'MThd' 00000006", "a MIDI file", "" },
        { "D0CF11E0A1B11AE1", "an OLE file (DOC, XLS, PPT or Thumbs.db)", "" },
        { "'{\\rtf1\\ansi'", "an RTF document", "" },
        { "504B0304 1400 0600 0800 00002100 00000000 00000000 00000000 1300 0000 '[Content_Types].xml'", "an Office document (DOCX, XLSX or PPTX)", "" },
        { "504B0304 1400 0000 0000 00002100 00000000 00000000 00000000 0800 0000 'mimetypeapplication/epub+zip'", "an OpenDocument or EPUB document", "" },
        { "504B0304 1400 0000 0800 00002100 00000000 00000000 00000000 0500 0000 'a.jpg'", "a ZIP archive", "Upload the photos in it, each as an object of its own." },
        { "504B0506 +18", "a ZIP archive", "Upload the photos in it, each as an object of its own." },
        { "'Rar!' 1A0701 00", "a RAR archive", "Upload the photos in it, each as an object of its own." },
        { "377ABCAF271C 0004", "a 7z archive", "Upload the photos in it, each as an object of its own." },
        { "'a.jpg' +252 'ustar' 00", "a tar archive", "Upload the photos in it, each as an object of its own." },
        { "'BZh9' 314159265359", "a bzip2-compressed file", "Upload it uncompressed." },
        { "FD377A585A00 0004", "an xz-compressed file", "Upload it uncompressed." },
        { "28B52FFD 2400", "a Zstandard-compressed file", "Upload it uncompressed." },
        { "00051607 00020000 'Mac OS X        '", "the metadata that macOS keeps beside a file (AppleDouble, named ._ and the file's name)", "Upload the file itself." },
        { "7F454C46 020101", "a program", "" },
        { "4D5A 9000 +74 'This program cannot be run in DOS mode'", "a program", "" },
        { "'SQLite format 3' 00", "an SQLite database", "" },
        { "00000C48 +32 'acsp'", "an ICC profile", "" },
    };

    [Theory]
    [MemberData(nameof(Images))]
    public void Images_of_other_formats_are_unsupported(string file, string name) => Assert.Equal(
        $"The file is {name}; {Readable}. Convert it to JPEG or PNG first.",
        Assert.Throws<UnsupportedImageException>(() => new Thumbnailer().Identify(Bytes(file))).Message);

    [Theory]
    [MemberData(nameof(Videos))]
    public void Videos_are_not_images(string file, string name) => Assert.Equal(
        $"The file is not an image; it is {name}. Upload a photo, or a frame of the video as JPEG or PNG.",
        Assert.Throws<InvalidImageException>(() => new Thumbnailer().Identify(Bytes(file))).Message);

    [Theory]
    [MemberData(nameof(Others))]
    public void Other_files_are_not_images(string file, string name, string advice) => Assert.Equal(
        $"The file is not an image; it is {name}. {(advice.Length > 0 ? advice : $"Upload an image: {Readable}.")}",
        Assert.Throws<InvalidImageException>(() => new Thumbnailer().Identify(Bytes(file))).Message);

    [Fact]
    public void Every_row_has_a_file_here()
    {
        object[][] rows = [.. Images, .. Videos, .. Others];
        Assert.Equal(FileSignatures.All.Select(row => row.File.Name), rows.Select(row => (string)row[1]));
    }

    /// <summary>Hexadecimal digits, text in quotes, and +N for N zeros; then zeros, as a file goes on.</summary>
    private static byte[] Bytes(string text)
    {
        List<byte> bytes = [];
        string[] parts = text.Split('\'');
        for (int i = 0; i < parts.Length; i++)
        {
            if (i % 2 == 1)
            {
                bytes.AddRange(Encoding.Latin1.GetBytes(parts[i]));
                continue;
            }

            foreach (string word in parts[i].Split(' ', StringSplitOptions.RemoveEmptyEntries))
            {
                bytes.AddRange(word[0] == '+' ? new byte[int.Parse(word[1..], System.Globalization.CultureInfo.InvariantCulture)] : Convert.FromHexString(word));
            }
        }

        return [.. bytes, .. new byte[32]];
    }
}
