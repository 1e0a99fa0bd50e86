namespace ResizeImage.Imaging.Metadata;

/// <summary>Chooses the point in the middle of a crop from the regions of an image.</summary>
internal static class SubjectFrame
{
    /// <summary>Faces are put a little above the middle, as portraits are framed; below the crop's middle there is the body.</summary>
    private const double FaceHeight = 0.45;

    /// <summary>The middle of the crop that shows the most important regions.</summary>
    /// <param name="regions">Of the upright image.</param>
    /// <param name="width">The crop's width, as a part of the upright image's.</param>
    /// <param name="height">The crop's height, as a part of the upright image's.</param>
    /// <returns>Null if there are no regions.</returns>
    public static FocusPoint? Find(List<SubjectRegion> regions, double width, double height)
    {
        if (regions.Count == 0)
        {
            return null;
        }

        SubjectKind kind = SubjectKind.Focus;
        foreach (SubjectRegion region in regions)
        {
            kind = region.Kind < kind ? region.Kind : kind;
        }

        SubjectRegion box = Box(regions.FindAll(region => region.Kind == kind), width, height);
        double below = kind is SubjectKind.Face or SubjectKind.TaggedPerson
            ? Math.Min((0.5 - FaceHeight) * height, Math.Max(0, (height - (box.Bottom - box.Top)) / 2))
            : 0;
        return new FocusPoint(box.CenterX, box.CenterY + below);
    }

    /// <summary>The box around as many regions as fit into the crop, the largest ones first.</summary>
    private static SubjectRegion Box(List<SubjectRegion> regions, double width, double height)
    {
        regions.Sort((a, b) => b.Area.CompareTo(a.Area));
        SubjectRegion box = regions[0];
        foreach (SubjectRegion region in regions)
        {
            SubjectRegion both = box.Union(region);
            if (both.Right - both.Left <= width && both.Bottom - both.Top <= height)
            {
                box = both;
            }
        }

        return box;
    }
}
