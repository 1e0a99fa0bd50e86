using static ResizeImage.Imaging.Formats.Unread.UnreadFile;

namespace ResizeImage.Imaging.Formats.Unread;

/// <summary>
/// Formats that are uploaded but not read, and that have a signature. A row has the signature, the name, and advice if it is not the usual
/// one. The first matching row counts.
/// </summary>
internal static class FileSignatures
{
    private const string WithoutCompression = "Upload it uncompressed.";
    private const string WithoutArchive = "Upload the photos in it, each as an object of its own.";

    private static readonly FileSignature[] Images =
    [
        new(Image("a Canon raw photo (CRW)"), 0, "II\u001a\0", 6, "HEAPCCDR"),
        new(Image("a Panasonic raw photo (RW2)"), 0, "IIU\0"),
        new(Image("an Olympus raw photo (ORF)"), 0, "IIRO"),
        new(Image("an Olympus raw photo (ORF)"), 0, "IIRS"),
        new(Image("an Olympus raw photo (ORF)"), 0, "MMOR"),
        new(Image("a Fujifilm raw photo (RAF)"), 0, "FUJIFILMCCD-RAW"),
        new(Image("a Sigma raw photo (X3F)"), 0, "FOVb"),
        new(Image("a Minolta raw photo (MRW)"), 0, "\0MRM"),
        new(Image("a JPEG XR image"), 0, "II\u00bc"),
        new(Image("a JPEG XL image"), 0, "\u00ff\n"),
        new(Image("a JPEG XL image"), 0, "\0\0\0\fJXL \r\n\u0087\n"),
        new(Image("a JPEG 2000 image"), 0, "\0\0\0\fjP  \r\n\u0087\n"),
        new(Image("a JPEG 2000 image"), 0, "\u00ffO\u00ffQ"),
        new(Image("a Photoshop image (PSD)"), 0, "8BPS\0\u0001"),
        new(Image("a large Photoshop image (PSB)"), 0, "8BPS\0\u0002"),
        new(Image("a GIMP image (XCF)"), 0, "gimp xcf"),
        new(Image("a FLIF image"), 0, "FLIF"),
        new(Image("a BPG image"), 0, "BPG\u00fb"),
        new(Image("a farbfeld image"), 0, "farbfeld"),
        new(Image("an OpenEXR image"), 0, "v/1\u0001"),
        new(Image("a Radiance HDR image"), 0, "#?RADIANCE"),
        new(Image("a Radiance HDR image"), 0, "#?RGBE"),
        new(Image("a DirectDraw surface (DDS)"), 0, "DDS ", 4, "|\0\0\0"),
        new(Image("an MNG animation"), 0, "\u008aMNG\r\n\u001a\n"),
        new(Image("a JNG image"), 0, "\u008bJNG\r\n\u001a\n"),
        new(Image("an animated cursor (ANI)"), 0, "RIFF", 8, "ACON"),
        new(Image("a macOS icon (ICNS)"), 0, "icns"),
        new(Image("an OS/2 array of bitmaps"), 0, "BA", 14, "BM"),
        new(Image("an OS/2 array of bitmaps"), 0, "BA", 14, "IC"),
        new(Image("an OS/2 array of bitmaps"), 0, "BA", 14, "CI"),
        new(Image("a Sun raster image"), 0, "Y\u00a6j\u0095"),
        new(Image("an SGI image"), 0, "\u0001\u00da\0\u0001"),
        new(Image("an SGI image"), 0, "\u0001\u00da\0\u0002"),
        new(Image("an SGI image"), 0, "\u0001\u00da\u0001\u0001"),
        new(Image("an SGI image"), 0, "\u0001\u00da\u0001\u0002"),
        new(Image("a DPX image"), 0, "SDPX"),
        new(Image("a DPX image"), 0, "XPDS"),
        new(Image("a FITS image"), 0, "SIMPLE  ="),
        new(Image("an XPM image"), 0, "/* XPM */"),
        new(Image("a DCX image"), 0, "\u00b1h\u00de:"),
        new(Image("an ImageMagick image (MIFF)"), 0, "id=ImageMagick"),
        new(Image("an Amiga image (IFF)"), 0, "FORM", 8, "ILBM"),
        new(Image("an Amiga image (IFF)"), 0, "FORM", 8, "PBM "),
        new(Image("a QuickDraw image (PICT)"), 522, "\0\u0011\u0002\u00ff"),
        new(Image("a DICOM image"), 128, "DICM"),
        new(Image("a DjVu document"), 0, "AT&TFORM"),
        new(Image("a Windows metafile (WMF)"), 0, "\u00d7\u00cd\u00c6\u009a"),
        new(Image("a Windows metafile (WMF)"), 0, "\u0001\0\t\0\0\u0003"),
        new(Image("a Windows metafile (EMF)"), 0, "\u0001\0\0\0", 40, " EMF"),
        new(Image("an EPS drawing"), 0, "\u00c5\u00d0\u00d3\u00c6"),
        new(Image("an EPS drawing"), 0, "%!PS-Adobe", 14, " EPSF"),
        new(Image("a PostScript document"), 0, "%!PS"),
        new(Image("a PDF document"), 0, "%PDF"),
    ];

    private static readonly FileSignature[] VideoAndAudio =
    [
        new(Video("an AVI video"), 0, "RIFF", 8, "AVI "),
        new(Video("a Flash video (FLV)"), 0, "FLV\u0001"),
        new(Video("a Windows Media file (WMV or WMA)"), 0, "0&\u00b2u\u008ef\u00cf\u0011"),
        new(Video("an MPEG video"), 0, "\0\0\u0001\u00ba"),
        new(Video("an MPEG video"), 0, "\0\0\u0001\u00b3"),
        new(Video("a RealMedia video"), 0, ".RMF"),
        new(Video("an Ogg video or audio file"), 0, "OggS"),
        new(Other("a WAV audio file"), 0, "RIFF", 8, "WAVE"),
        new(Other("an AIFF audio file"), 0, "FORM", 8, "AIF"),
        new(Other("a FLAC audio file"), 0, "fLaC"),
        new(Other("an MP3 audio file"), 0, "ID3\u0002"),
        new(Other("an MP3 audio file"), 0, "ID3\u0003"),
        new(Other("an MP3 audio file"), 0, "ID3\u0004"),
        new(Other("an AMR audio file"), 0, "#!AMR"),
        new(Other("a MIDI file"), 0, "MThd"),
    ];

    private static readonly FileSignature[] DocumentsAndArchives =
    [
        new(Other("an OLE file (DOC, XLS, PPT or Thumbs.db)"), 0, "\u00d0\u00cf\u0011\u00e0\u00a1\u00b1\u001a\u00e1"),
        new(Other("an RTF document"), 0, "{\\rtf"),
        new(Other("an Office document (DOCX, XLSX or PPTX)"), 0, "PK\u0003\u0004", 30, "[Content_Types].xml"),
        new(Other("an OpenDocument or EPUB document"), 0, "PK\u0003\u0004", 30, "mimetypeapplication/"),
        new(Other("a ZIP archive") with { Advice = WithoutArchive }, 0, "PK\u0003\u0004"),
        new(Other("a ZIP archive") with { Advice = WithoutArchive }, 0, "PK\u0005\u0006"),
        new(Other("a RAR archive") with { Advice = WithoutArchive }, 0, "Rar!\u001a\u0007"),
        new(Other("a 7z archive") with { Advice = WithoutArchive }, 0, "7z\u00bc\u00af'\u001c"),
        new(Other("a tar archive") with { Advice = WithoutArchive }, 257, "ustar"),
        new(Other("a bzip2-compressed file") with { Advice = WithoutCompression }, 0, "BZh", 4, "1AY&SY"),
        new(Other("an xz-compressed file") with { Advice = WithoutCompression }, 0, "\u00fd7zXZ\0"),
        new(Other("a Zstandard-compressed file") with { Advice = WithoutCompression }, 0, "(\u00b5/\u00fd"),
        new(
            Other("the metadata that macOS keeps beside a file (AppleDouble, named ._ and the file's name)") with { Advice = "Upload the file itself." },
            0,
            "\0\u0005\u0016\u0007"),
        new(Other("a program"), 0, "\u007fELF"),
        new(Other("a program"), 0, "MZ", 78, "This program"),
        new(Other("an SQLite database"), 0, "SQLite format 3\0"),
        new(Other("an ICC profile"), 36, "acsp"),
    ];

    /// <summary>All rows, in order.</summary>
    public static FileSignature[] All { get; } = [.. Images, .. VideoAndAudio, .. DocumentsAndArchives];

    /// <summary>Names a file by its first bytes; null if no row matches.</summary>
    public static UnreadFile? Find(ReadOnlySpan<byte> file)
    {
        foreach (FileSignature row in All)
        {
            if (row.Matches(file))
            {
                return row.File;
            }
        }

        return null;
    }
}
