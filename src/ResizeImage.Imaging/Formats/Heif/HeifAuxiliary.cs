using System.Text;

namespace ResizeImage.Imaging.Formats.Heif;

/// <summary>Images that belong to another: alpha and thumbnails (ISO/IEC 23008-12, 6.4.4 and 6.4.5). Those that cannot be used are ignored.</summary>
internal static class HeifAuxiliary
{
    private const string HevcAlpha = "urn:mpeg:hevc:2015:auxid:1";
    private const string Alpha = "urn:mpeg:mpegB:cicp:systems:auxiliary:alpha";

    /// <summary>The alpha of a picture; null if it has none. Depth, gain maps and mattes have other names.</summary>
    public static HeifAlpha? AlphaOf(HeifContents contents, HeifPicture picture)
    {
        foreach (HeifItem item in contents.ReferencesTo(picture.Master.Id, BoxType.Auxl))
        {
            if (!IsAlpha(contents, item))
            {
                continue;
            }

            try
            {
                HeifPicture alpha = HeifPicture.Resolve(contents, item.Id, depth: 1);
                if (alpha.Tiles is { } tiles)
                {
                    bool isPremultiplied = Array.IndexOf(contents.ReferencesFrom(picture.Master.Id, BoxType.Prem), item.Id) >= 0;
                    return new(tiles, alpha.Color.Signal.IsFullRange, isPremultiplied);
                }
            }
            catch (ImageException e) when (e is not ImageLimitException)
            {
                // The image can be shown without.
            }
        }

        return null;
    }

    /// <summary>The largest thumbnail of a picture that can be read; null if there is none.</summary>
    public static ImageDecoder? ThumbnailOf(HeifContents contents, HeifPicture picture)
    {
        ImageDecoder? largest = null;
        foreach (HeifItem item in contents.ReferencesTo(picture.Master.Id, BoxType.Thmb))
        {
            try
            {
                ImageDecoder thumbnail = item.Type == BoxType.Jpeg ? new HeifJpeg(contents, item, picture.Transform) : OfItem(contents, item, picture);
                largest = largest is null || Pixels(thumbnail) > Pixels(largest) ? thumbnail : largest;
            }
            catch (ImageException e) when (e is not ImageLimitException)
            {
                // The next one may be readable.
            }
        }

        return largest;

        static long Pixels(ImageDecoder decoder) => (long)decoder.Info.Width * decoder.Info.Height;
    }

    /// <summary>Without color or transformations of its own, a thumbnail has those of the picture.</summary>
    private static HeifDecoder OfItem(HeifContents contents, HeifItem item, HeifPicture picture)
    {
        HeifPicture thumbnail = HeifPicture.Resolve(contents, item.Id, depth: 1);
        List<ItemProperty> own = contents.PropertiesOf(item.Id);
        if (!own.Exists(property => property.Type == BoxType.Colr))
        {
            thumbnail = thumbnail with { Color = thumbnail.Color with { IccProfile = picture.Color.IccProfile } };
        }

        HeifTransform transform = thumbnail.Transform;
        return new(contents, HeifTransform.IsIn(own) ? thumbnail : thumbnail with { Transform = transform with { Orientation = picture.Transform.Orientation } });
    }

    private static bool IsAlpha(HeifContents contents, HeifItem item)
    {
        ReadOnlyMemory<byte> auxC = contents.PropertiesOf(item.Id).Find(property => property.Type == BoxType.AuxC).Payload;
        if (auxC.Length < 4)
        {
            return false;
        }

        // After version and flags, a string that ends with a 0.
        ReadOnlySpan<byte> name = auxC.Span[4..];
        int end = name.IndexOf((byte)0);
        return Encoding.Latin1.GetString(end < 0 ? name : name[..end]) is HevcAlpha or Alpha;
    }
}
