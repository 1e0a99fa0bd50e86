namespace ResizeImage.Imaging.Formats.WebP;

/// <summary>
/// The lowest samples of a row of macroblocks before the loop filter, which predict the next row (RFC 6386, 15). They change places with the
/// filtered ones while that row is decoded.
/// </summary>
internal sealed class UnfilteredEdge
{
    private readonly (byte[] Plane, int Above, int Last, byte[] Saved)[] _planes;

    /// <param name="planes">The samples; above the image, they are what is saved at first.</param>
    public UnfilteredEdge(Vp8Planes planes)
    {
        _planes =
        [
            Edge(planes.Y, planes.YStride),
            Edge(planes.U, planes.ChromaStride),
            Edge(planes.V, planes.ChromaStride),
        ];
        foreach ((byte[] plane, int above, _, byte[] saved) in _planes)
        {
            plane.AsSpan(above, saved.Length).CopyTo(saved);
        }
    }

    /// <summary>Exchanges the saved samples and those above the last row of macroblocks.</summary>
    public void Exchange()
    {
        foreach ((byte[] plane, int above, _, byte[] saved) in _planes)
        {
            for (int i = 0; i < saved.Length; i++)
            {
                (saved[i], plane[above + i]) = (plane[above + i], saved[i]);
            }
        }
    }

    /// <summary>Saves the lowest samples of the last row of macroblocks.</summary>
    public void Save()
    {
        foreach ((byte[] plane, _, int last, byte[] saved) in _planes)
        {
            plane.AsSpan(last, saved.Length).CopyTo(saved);
        }
    }

    private static (byte[] Plane, int Above, int Last, byte[] Saved) Edge(byte[] plane, int stride) =>
        (plane, (plane.Length / 2) - stride, plane.Length - stride, new byte[stride]);
}
