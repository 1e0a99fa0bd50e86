namespace ResizeImage.Imaging.Metadata.Xmp;

/// <summary>The namespaces of the properties that are read. Prefixes are only a convention: a packet may bind others.</summary>
internal enum XmpNamespace
{
    /// <summary>Any other namespace, or none.</summary>
    Other,

    /// <summary>RDF.</summary>
    Rdf,

    /// <summary>Image regions of the Metadata Working Group (MWG guidelines 2.0, 5.9).</summary>
    Regions,

    /// <summary>The area of such a region.</summary>
    Area,

    /// <summary>Width and height.</summary>
    Dimensions,

    /// <summary>IPTC Extension.</summary>
    IptcExtension,

    /// <summary>The list of Microsoft's people tags.</summary>
    RegionInfo,

    /// <summary>A person in this list.</summary>
    PersonRegion,
}

/// <summary>Names of <see cref="XmpNamespace"/>.</summary>
internal static class XmpNamespaces
{
    /// <summary>The namespace of a URI.</summary>
    public static XmpNamespace Of(ReadOnlySpan<byte> uri) => uri switch
    {
        _ when uri.SequenceEqual("http://www.w3.org/1999/02/22-rdf-syntax-ns#"u8) => XmpNamespace.Rdf,
        _ when uri.SequenceEqual("http://www.metadataworkinggroup.com/schemas/regions/"u8) => XmpNamespace.Regions,
        _ when uri.SequenceEqual("http://ns.adobe.com/xmp/sType/Area#"u8) => XmpNamespace.Area,
        _ when uri.SequenceEqual("http://ns.adobe.com/xap/1.0/sType/Dimensions#"u8) => XmpNamespace.Dimensions,
        _ when uri.SequenceEqual("http://iptc.org/std/Iptc4xmpExt/2008-02-29/"u8) => XmpNamespace.IptcExtension,
        _ when uri.SequenceEqual("http://ns.microsoft.com/photo/1.2/t/RegionInfo#"u8) => XmpNamespace.RegionInfo,
        _ when uri.SequenceEqual("http://ns.microsoft.com/photo/1.2/t/Region#"u8) => XmpNamespace.PersonRegion,
        _ => XmpNamespace.Other,
    };
}
