namespace ResizeImage.Imaging.Formats.Qoi;

/// <summary>The refusals of QOI files: what was found and what to do.</summary>
internal static class QoiErrors
{
    /// <summary>The header says something that QOI does not have.</summary>
    /// <param name="what">A clause about the file, without a period.</param>
    public static InvalidImageException Corrupt(string what) => new($"The QOI is corrupt: {what}. {Advice.Corrupt}");

    /// <summary>The file ends before the end of its header.</summary>
    public static InvalidImageException TruncatedInHeader() => new($"The QOI is truncated within its header. {Advice.Truncated}");

    /// <summary>The file does not have one whole row of pixels.</summary>
    public static InvalidImageException TruncatedBeforeFirstRow() =>
        new($"The QOI is truncated before the end of its first row of pixels. {Advice.Truncated}");
}
