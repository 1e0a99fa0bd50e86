using ResizeImage.Imaging;
using ResizeImage.ImageSharp;

namespace ResizeImage;

internal static partial class Engines
{
    static partial void AddImageSharp(ref IThumbnailer? engine) => engine = new ImageSharpThumbnailer();
}
