namespace ResizeImage.Imaging.Metadata.Xmp;

/// <summary>
/// Finds the subjects of an image in XMP: regions of the Metadata Working Group (guidelines 2.0, 5.9), image regions of IPTC (Photo Metadata
/// Standard 2019.1 and later) and Microsoft's people tags. All of them refer to the stored image, before its orientation: MWG demands it, digiKam
/// and Lightroom write it so, and for the other two it is the choice here.
/// </summary>
internal sealed class XmpSubjects : IXmpVisitor
{
    private const int MaxRegions = 256;

    /// <summary>The most difference of the aspect ratio between the image and the one that regions were drawn on.</summary>
    private const double AspectTolerance = 0.02;

    private readonly ImageInfo _image;
    private readonly string _formatCropping;
    private readonly List<SubjectRegion> _mwg = [];
    private readonly List<SubjectRegion> _others = [];
    private RegionList _list;
    private int _listDepth;
    private int _regionDepth;
    private int _dimensionsDepth;
    private int _verticesDepth;
    private double _appliedWidth;
    private double _appliedHeight;
    private XmpRegion _region;

    private XmpSubjects(ImageInfo image, int thumbnailWidth, int thumbnailHeight)
    {
        _image = image;
        _formatCropping = thumbnailWidth == thumbnailHeight ? "squareCropping" : thumbnailWidth > thumbnailHeight ? "landscapeCropping" : "portraitCropping";
    }

    private enum RegionList
    {
        None,
        Mwg,
        Iptc,
        Microsoft,
    }

    /// <summary>The regions of the upright image; empty if there are none.</summary>
    /// <param name="xmp">An XMP packet; nothing is assumed about it.</param>
    /// <param name="image">The image that it is about.</param>
    /// <param name="thumbnailWidth">Recommended crops for another format than the thumbnail's do not count.</param>
    /// <param name="thumbnailHeight">The same.</param>
    public static List<SubjectRegion> Read(ReadOnlySpan<byte> xmp, ImageInfo image, int thumbnailWidth, int thumbnailHeight)
    {
        XmpSubjects subjects = new(image, thumbnailWidth, thumbnailHeight);
        XmpReader.Read(xmp, subjects);
        return subjects.Finish();
    }

    /// <inheritdoc/>
    public void Enter(XmpNamespace space, ReadOnlySpan<byte> name, int depth)
    {
        if (_regionDepth > 0)
        {
            if (space == XmpNamespace.IptcExtension && name.SequenceEqual("rbVertices"u8))
            {
                _verticesDepth = depth;
            }
        }
        else if (_list != RegionList.None)
        {
            if (space == XmpNamespace.Rdf && name.SequenceEqual("li"u8))
            {
                _regionDepth = depth;
                _region = new XmpRegion();
            }
        }
        else if (ListOf(space, name) is var list and not RegionList.None)
        {
            (_list, _listDepth) = (list, depth);
        }
        else if (space == XmpNamespace.Regions && name.SequenceEqual("AppliedToDimensions"u8))
        {
            _dimensionsDepth = depth;
        }
    }

    /// <inheritdoc/>
    public void Property(XmpNamespace space, ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
    {
        if (_dimensionsDepth > 0 && space == XmpNamespace.Dimensions)
        {
            _appliedWidth = name.SequenceEqual("w"u8) ? XmpRegion.Number(value) : _appliedWidth;
            _appliedHeight = name.SequenceEqual("h"u8) ? XmpRegion.Number(value) : _appliedHeight;
        }
        else if (_regionDepth > 0)
        {
            switch (_list)
            {
                case RegionList.Mwg:
                    MwgProperty(space, name, value);
                    break;
                case RegionList.Iptc:
                    IptcProperty(space, name, value);
                    break;
                case RegionList.Microsoft when space == XmpNamespace.PersonRegion && name.SequenceEqual("Rectangle"u8):
                    Rectangle(value);
                    break;
            }
        }
    }

    /// <inheritdoc/>
    public void Leave(int depth)
    {
        if (depth == _regionDepth)
        {
            _regionDepth = 0;
            AddRegion();
        }

        _listDepth = depth == _listDepth ? 0 : _listDepth;
        _list = _listDepth == 0 ? RegionList.None : _list;
        _dimensionsDepth = depth == _dimensionsDepth ? 0 : _dimensionsDepth;
        _verticesDepth = depth == _verticesDepth ? 0 : _verticesDepth;
    }

    private static RegionList ListOf(XmpNamespace space, ReadOnlySpan<byte> name) => space switch
    {
        XmpNamespace.Regions when name.SequenceEqual("RegionList"u8) => RegionList.Mwg,
        XmpNamespace.IptcExtension when name.SequenceEqual("ImageRegion"u8) => RegionList.Iptc,
        XmpNamespace.RegionInfo when name.SequenceEqual("Regions"u8) => RegionList.Microsoft,
        _ => RegionList.None,
    };

    private void MwgProperty(XmpNamespace space, ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
    {
        if (space == XmpNamespace.Regions && name.SequenceEqual("Type"u8))
        {
            // The fourth type is BarCode.
            _region.Kind = value switch
            {
                _ when value.SequenceEqual("Face"u8) => SubjectKind.Face,
                _ when value.SequenceEqual("Pet"u8) => SubjectKind.Pet,
                _ when value.SequenceEqual("Focus"u8) => SubjectKind.Focus,
                _ => null,
            };
        }
        else if (space == XmpNamespace.Regions && name.SequenceEqual("FocusUsage"u8))
        {
            _region.IsUnused = !value.SequenceEqual("EvaluatedUsed"u8);
        }
        else if (space == XmpNamespace.Area && name.SequenceEqual("unit"u8))
        {
            _region.IsInPixels = !value.SequenceEqual("normalized"u8);
        }
        else if (space == XmpNamespace.Area && name.Length == 1)
        {
            double number = XmpRegion.Number(value);
            switch (name[0])
            {
                case (byte)'x':
                    _region.X = number;
                    break;
                case (byte)'y':
                    _region.Y = number;
                    break;
                case (byte)'w':
                    _region.Width = number;
                    break;
                case (byte)'h':
                    _region.Height = number;
                    break;
                case (byte)'d':
                    _region.Round = number;
                    break;
            }
        }
    }

    private void IptcProperty(XmpNamespace space, ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
    {
        ReadOnlySpan<byte> vocabulary = "cv.iptc.org/newscodes/imageregion"u8;
        if (value.IndexOf(vocabulary) is int start and >= 0)
        {
            Term(value[(start + vocabulary.Length)..]);
        }
        else if (space != XmpNamespace.IptcExtension)
        {
            return;
        }
        else if (name.SequenceEqual("rbShape"u8))
        {
            _region.IsCircle = value.SequenceEqual("circle"u8);
        }
        else if (name.SequenceEqual("rbUnit"u8))
        {
            _region.IsInPixels = value.SequenceEqual("pixel"u8);
        }
        else if (name.SequenceEqual("rbX"u8) && _verticesDepth > 0)
        {
            XmpRegion.Extend(ref _region.MinX, ref _region.MaxX, XmpRegion.Number(value));
        }
        else if (name.SequenceEqual("rbY"u8) && _verticesDepth > 0)
        {
            XmpRegion.Extend(ref _region.MinY, ref _region.MaxY, XmpRegion.Number(value));
        }
        else if (name.SequenceEqual("rbX"u8))
        {
            _region.X = XmpRegion.Number(value);
        }
        else if (name.SequenceEqual("rbY"u8))
        {
            _region.Y = XmpRegion.Number(value);
        }
        else if (name.SequenceEqual("rbW"u8))
        {
            _region.Width = XmpRegion.Number(value);
        }
        else if (name.SequenceEqual("rbH"u8))
        {
            _region.Height = XmpRegion.Number(value);
        }
        else if (name.SequenceEqual("rbRx"u8))
        {
            _region.Round = XmpRegion.Number(value);
        }
    }

    /// <summary>A term of IPTC's vocabularies of roles and types; of several, the more important one counts.</summary>
    /// <param name="term">For example role/squareCropping.</param>
    private void Term(ReadOnlySpan<byte> term)
    {
        SubjectKind? kind = term switch
        {
            _ when term.StartsWith("role/"u8) && System.Text.Ascii.Equals(term[5..], _formatCropping) => SubjectKind.FormatCrop,
            _ when term.SequenceEqual("role/recomCropping"u8) || term.SequenceEqual("role/cropping"u8) => SubjectKind.Crop,
            _ when term.SequenceEqual("role/mainSubjectArea"u8) || term.SequenceEqual("type/human"u8) => SubjectKind.Subject,
            _ when term.SequenceEqual("role/areaOfInterest"u8) => SubjectKind.Focus,
            _ => null,
        };
        _region.Kind = kind is null || _region.Kind < kind ? _region.Kind : kind;
    }

    /// <summary>Four numbers with commas between them.</summary>
    private void Rectangle(ReadOnlySpan<byte> value)
    {
        Span<double> numbers = stackalloc double[4];
        for (int i = 0; i < numbers.Length; i++)
        {
            int comma = value.IndexOf((byte)',');
            if (comma < 0 != (i == numbers.Length - 1))
            {
                return;
            }

            numbers[i] = XmpRegion.Number(comma < 0 ? value : value[..comma]);
            value = value[(comma + 1)..];
        }

        (_region.X, _region.Y, _region.Width, _region.Height) = (numbers[0], numbers[1], numbers[2], numbers[3]);
    }

    private void AddRegion()
    {
        SubjectRegion? region = _list switch
        {
            RegionList.Mwg => _region.ToMwg(_image.Width, _image.Height),
            RegionList.Iptc => _region.ToIptc(_image.Width, _image.Height),
            _ => _region.ToMicrosoft(),
        };
        if (region is { } found && _mwg.Count + _others.Count < MaxRegions)
        {
            (_list == RegionList.Mwg ? _mwg : _others).Add(found);
        }
    }

    private List<SubjectRegion> Finish()
    {
        List<SubjectRegion> upright = [];
        foreach (SubjectRegion region in _others)
        {
            upright.Add(region.ToUpright(_image.Orientation));
        }

        // Programs that crop or turn the pixels often leave the regions as they were.
        bool isStored = !(_appliedWidth > 0 && _appliedHeight > 0) || HasAspect(_image.Width, _image.Height);
        bool isUpright = !isStored && HasAspect(_image.UprightWidth, _image.UprightHeight);
        foreach (SubjectRegion region in _mwg)
        {
            if (isStored || isUpright)
            {
                upright.Add(isStored ? region.ToUpright(_image.Orientation) : region);
            }
        }

        return upright;
    }

    private bool HasAspect(int width, int height) => Math.Abs((_appliedWidth * height / (_appliedHeight * width)) - 1) <= AspectTolerance;
}
