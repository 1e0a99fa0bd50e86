using ResizeImage.ImageSharp;
using ResizeImage.Imaging;

namespace ResizeImage.Hosting;

internal static partial class Engines
{
    static partial void AddImageSharp(ref IThumbnailer? engine) => engine = new ImageSharpThumbnailer();
}
