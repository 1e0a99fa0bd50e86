namespace ResizeImage.Imaging.Formats.Tga;

/// <summary>The meaning of the alpha channel (field 24, attributes type).</summary>
internal enum TgaAttributes : byte
{
    /// <summary>There is none.</summary>
    None = 0,

    /// <summary>Undefined data that can be ignored.</summary>
    Ignored = 1,

    /// <summary>Undefined data that is to be kept.</summary>
    Retained = 2,

    /// <summary>Alpha, straight.</summary>
    Alpha = 3,

    /// <summary>Colors are premultiplied with alpha.</summary>
    Premultiplied = 4,
}
