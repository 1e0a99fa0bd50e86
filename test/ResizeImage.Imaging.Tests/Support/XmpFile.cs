namespace ResizeImage.Imaging.Tests.Support;

/// <summary>Makes XMP packets by hand.</summary>
internal static class XmpFile
{
    /// <summary>A packet with properties of the prefixes mwg-rs, stArea, stDim, e (IPTC Extension), MPRI and MPReg.</summary>
    public static string Of(string properties) =>
        "<?xpacket begin='' id='W5M0MpCehiHzreSzNTczkc9d'?><x:xmpmeta xmlns:x='adobe:ns:meta/'><rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'>" +
        "<rdf:Description rdf:about='' xmlns:mwg-rs='http://www.metadataworkinggroup.com/schemas/regions/' xmlns:stArea='http://ns.adobe.com/xmp/sType/Area#' " +
        "xmlns:stDim='http://ns.adobe.com/xap/1.0/sType/Dimensions#' xmlns:e='http://iptc.org/std/Iptc4xmpExt/2008-02-29/' " +
        "xmlns:MPRI='http://ns.microsoft.com/photo/1.2/t/RegionInfo#' xmlns:MPReg='http://ns.microsoft.com/photo/1.2/t/Region#'>" +
        properties + "</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end='w'?>";

    /// <summary>A face of the Metadata Working Group.</summary>
    /// <param name="x">The text of its center.</param>
    /// <param name="y">The same.</param>
    public static string Face(string x, string y) =>
        "<mwg-rs:Regions><mwg-rs:AppliedToDimensions stDim:w='400' stDim:h='300'/><mwg-rs:RegionList><rdf:Bag><rdf:li mwg-rs:Type='Face'>" +
        $"<mwg-rs:Area stArea:x='{x}' stArea:y='{y}' stArea:w='0.1' stArea:h='0.1'/></rdf:li></rdf:Bag></mwg-rs:RegionList></mwg-rs:Regions>";

    /// <summary>A polygon of IPTC.</summary>
    public const string Polygon =
        "<e:ImageRegion><rdf:Bag><rdf:li rdf:parseType='Resource'><e:RegionBoundary rdf:parseType='Resource'><e:rbShape>polygon</e:rbShape>" +
        "<e:rbUnit>relative</e:rbUnit><e:rbVertices><rdf:Seq><rdf:li e:rbX='.1' e:rbY='.2'/><rdf:li e:rbX='.4' e:rbY='.3'/></rdf:Seq></e:rbVertices>" +
        "</e:RegionBoundary><e:rCtype><rdf:Bag><rdf:li>http://cv.iptc.org/newscodes/imageregiontype/human</rdf:li></rdf:Bag></e:rCtype></rdf:li></rdf:Bag></e:ImageRegion>";

    /// <summary>A person of Microsoft.</summary>
    public const string Person = "<MPRI:Regions><rdf:Bag><rdf:li MPReg:Rectangle='0.1, 0.2, 0.3, 0.4'/></rdf:Bag></MPRI:Regions>";
}
