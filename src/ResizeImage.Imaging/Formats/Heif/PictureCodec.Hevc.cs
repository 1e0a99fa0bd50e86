using ResizeImage.Imaging.Formats.Hevc;

namespace ResizeImage.Imaging.Formats.Heif;

internal sealed partial record PictureCodec
{
    static partial void AddHevc(ref Func<ReadOnlyMemory<byte>, WorkMeter, PictureConfiguration>? parse) => parse = HevcConfiguration.Parse;
}
