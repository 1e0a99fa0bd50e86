using System.Globalization;
using System.Text;
using ResizeImage.Imaging.Formats;
using ResizeImage.Imaging.Metadata;
using ResizeImage.Imaging.Metadata.Xmp;
using ResizeImage.Imaging.Tests.Support;

namespace ResizeImage.Imaging.Tests.Metadata;

/// <summary>Subjects that photos name. exiftool writes them, by its own knowledge of the standards.</summary>
public class SubjectTests
{
    private static readonly ImageInfo Image = new(ImageFormat.Jpeg, 400, 300, 1);

    /// <summary>Arguments of exiftool, and the point around which a square thumbnail of 400 × 300 pixels is cropped.</summary>
    public static TheoryData<string, double, double> Written => new()
    {
        { "-RegionInfo={RegionList=[{Area={X=0.3,Y=0.4,W=0.1,H=0.2,Unit=normalized},Type=Face}]}", 0.3, 0.45 },
        { "-RegionInfo={AppliedToDimensions={W=800,H=600,Unit=pixel},RegionList=[{Area={X=0.3,Y=0.4,Unit=normalized},Type=Pet}]}", 0.3, 0.4 },
        { "-RegionInfo={RegionList=[{Area={X=0.3,Y=0.4,D=0.1,Unit=normalized},Type=Focus,FocusUsage=EvaluatedUsed}]}", 0.3, 0.4 },
        { "-RegionInfo={RegionList=[{Area={X=0.9,Y=0.4,W=0.1,H=0.1,Unit=normalized},Type=Focus},{Area={X=0.2,Y=0.4,W=0.1,H=0.1,Unit=normalized},Type=Pet}]}", 0.2, 0.4 },
        { "-RegionInfoMP={Regions=[{Rectangle=0.1|, 0.2|, 0.2|, 0.4}]}", 0.2, 0.45 },
        { "-ImageRegion=[{RegionBoundary={RbShape=rectangle,RbUnit=relative,RbX=0.1,RbY=0.2,RbW=0.2,RbH=0.4},RRole=[{Identifier=[http://cv.iptc.org/newscodes/imageregionrole/squareCropping]}]}]", 0.2, 0.4 },
        { "-ImageRegion=[{RegionBoundary={RbShape=circle,RbUnit=pixel,RbX=100,RbY=150,RbRx=20},RCtype=[{Identifier=[http://cv.iptc.org/newscodes/imageregiontype/human]}]}]", 0.25, 0.5 },
        { "-ImageRegion=[{RegionBoundary={RbShape=polygon,RbUnit=relative,RbVertices=[{RbX=0.1,RbY=0.1},{RbX=0.3,RbY=0.2},{RbX=0.2,RbY=0.5}]},RRole=[{Identifier=[http://cv.iptc.org/newscodes/imageregionrole/mainSubjectArea]}]}]", 0.2, 0.3 },
    };

    [ToolTheory("exiftool", "cjpeg")]
    [MemberData(nameof(Written))]
    public void A_region_that_exiftool_writes_is_the_focus(string tag, double x, double y) =>
        AssertFocus(new FocusPoint(x, y), Exiftool(Djpeg.Encode(TestPicture.Rgb(400, 300)), tag));

    [ToolTheory("exiftool", "cjpeg")]
    [InlineData("-RegionInfo={RegionList=[{Area={X=0.3,Y=0.4,W=0.1,H=0.2,Unit=normalized},Type=BarCode}]}")]
    [InlineData("-RegionInfo={RegionList=[{Area={X=0.3,Y=0.4,Unit=normalized},Type=Focus,FocusUsage=EvaluatedNotUsed}]}")]
    [InlineData("-RegionInfo={AppliedToDimensions={W=300,H=400,Unit=pixel},RegionList=[{Area={X=0.3,Y=0.4,W=0.1,H=0.2,Unit=normalized},Type=Face}]}")]
    [InlineData("-RegionInfo={RegionList=[{Area={X=1.3,Y=0.4,W=0.1,H=0.2,Unit=normalized},Type=Face}]}")]
    [InlineData("-ImageRegion=[{RegionBoundary={RbShape=rectangle,RbUnit=relative,RbX=0.1,RbY=0.2,RbW=0.2,RbH=0.4},RRole=[{Identifier=[http://cv.iptc.org/newscodes/imageregionrole/landscapeCropping]}]}]")]
    public void A_region_that_is_no_subject_of_the_image_is_none(string tag) =>
        AssertFocus(null, Exiftool(Djpeg.Encode(TestPicture.Rgb(400, 300)), tag));

    /// <summary>Every format that can hold XMP, and where exiftool puts it.</summary>
    [SamplesTheory("exiftool")]
    [InlineData("conformance/png", "*rgb*8*.png")]
    [InlineData("conformance/tiff", "*.tif*")]
    [InlineData("conformance/webp", "*.webp")]
    [InlineData("conformance/jpeg", "*.jp*g")]
    [InlineData("conformance/heif", "4*.heic")]
    public void Xmp_is_found_in_every_format_that_has_it(string folder, string pattern)
    {
        byte[] file = Exiftool(
            File.ReadAllBytes(Samples.InRepository(folder, pattern)[0]),
            "-RegionInfo={RegionList=[{Area={X=0.3,Y=0.4,W=0.01,H=0.02,Unit=normalized},Type=Face}]}");
        ImageDecoder decoder = InputFormat.Open(file);
        SubjectRegion region = Assert.Single(XmpSubjects.Read(decoder.ReadMetadata().Xmp.Span, decoder.Info with { Orientation = 1 }, 1, 1));
        Assert.Equal((0.3, 0.4), (Math.Round(region.CenterX, 9), Math.Round(region.CenterY, 9)));
    }

    /// <summary>MWG regions and the subject area are of the stored image: they turn with it.</summary>
    [ToolTheory("exiftool", "cjpeg")]
    [InlineData("-RegionInfo={RegionList=[{Area={X=0.25,Y=0.4,Unit=normalized},Type=Pet}]}")]
    [InlineData("-SubjectArea=100 120")]
    [InlineData("-SubjectLocation=100 120")]
    public void Subjects_turn_with_the_orientation(string tag)
    {
        byte[] file = Djpeg.Encode(TestPicture.Rgb(400, 300));
        for (int orientation = 1; orientation <= 8; orientation++)
        {
            FocusPoint expected = orientation switch
            {
                1 => new(0.25, 0.4),
                2 => new(0.75, 0.4),
                3 => new(0.75, 0.6),
                4 => new(0.25, 0.6),
                5 => new(0.4, 0.25),
                6 => new(0.6, 0.25),
                7 => new(0.6, 0.75),
                _ => new(0.4, 0.75),
            };
            AssertFocus(expected, Exiftool(file, tag, $"-Orientation#={orientation}"));
        }
    }

    [ToolTheory("exiftool", "cjpeg")]
    [InlineData("100 90 40 30", 0, 0, 0.25, 0.3)] // a rectangle
    [InlineData("100 90 40", 0, 0, 0.25, 0.3)] // a circle
    [InlineData("100 90", 0, 0, 0.25, 0.3)]
    [InlineData("1000 900 400 300", 4000, 3000, 0.25, 0.3)] // reduced later
    [InlineData("1000 900 400 300", 4000, 2250, -1, -1)] // cropped later
    [InlineData("200 150 220 132", 0, 0, -1, -1)] // what phones write without a subject
    [InlineData("201 150", 0, 0, -1, -1)]
    [InlineData("180 140 360 280", 0, 0, -1, -1)] // the whole scene
    [InlineData("500 90 40 30", 0, 0, -1, -1)] // outside
    public void A_subject_area_counts_if_it_is_one(string area, int width, int height, double x, double y)
    {
        string[] tags = width == 0 ? [] : [$"-ExifImageWidth={width}", $"-ExifImageHeight={height}"];
        byte[] file = Exiftool(Djpeg.Encode(TestPicture.Rgb(400, 300)), ["-SubjectArea=" + area, .. tags]);
        AssertFocus(x < 0 ? null : new FocusPoint(x, y), file);
    }

    [ToolFact("exiftool", "cjpeg")]
    public void Regions_are_preferred_over_the_subject_area()
    {
        byte[] file = Exiftool(
            Djpeg.Encode(TestPicture.Rgb(400, 300)),
            "-SubjectArea=100 90",
            "-RegionInfo={RegionList=[{Area={X=0.7,Y=0.4,Unit=normalized},Type=Pet}]}");
        AssertFocus(new FocusPoint(0.7, 0.4), file);
    }

    [Theory]
    [InlineData("<mwg-rs:Regions><rdf:Description><mwg-rs:RegionList><rdf:Bag><rdf:li><rdf:Description mwg-rs:Type='Pet'><mwg-rs:Area stArea:x='0.3' stArea:y='0.4' stArea:unit='normalized'/></rdf:Description></rdf:li></rdf:Bag></mwg-rs:RegionList></rdf:Description></mwg-rs:Regions>")]
    [InlineData("<mwg-rs:Regions rdf:parseType='Resource'><mwg-rs:RegionList><rdf:Seq><rdf:li mwg-rs:Type = \"Pet\"\n><mwg-rs:Area stArea:x=\"0.3\"\tstArea:y=\"0.4\" /></rdf:li></rdf:Seq></mwg-rs:RegionList></mwg-rs:Regions>")]
    [InlineData("<m:Regions xmlns:m='http://www.metadataworkinggroup.com/schemas/regions/' xmlns:mwg-rs='other:'><m:RegionList><rdf:Bag><!-- <rdf:li> --><rdf:li mwg-rs:Type='Face' m:Type='Pet' m:Name='a > b'><m:Area stArea:x='0.3'><stArea:y> 0.4 </stArea:y></m:Area></rdf:li></rdf:Bag></m:RegionList></m:Regions>")]
    [InlineData("<Regions xmlns='http://www.metadataworkinggroup.com/schemas/regions/'><RegionList><rdf:Bag><rdf:li><Type>Pet</Type><Area stArea:x='0.3' stArea:y='0.4'/></rdf:li></rdf:Bag></RegionList></Regions>")]
    [InlineData("<e:ImageRegion><rdf:Bag><rdf:li><e:RegionBoundary e:rbShape='rectangle' e:rbUnit='relative' e:rbX='0.2' e:rbY='0.3' e:rbW='0.2' e:rbH='0.2'/><e:rRole><rdf:Bag><rdf:li>https://cv.iptc.org/newscodes/imageregionrole/cropping</rdf:li></rdf:Bag></e:rRole></rdf:li></rdf:Bag></e:ImageRegion>")]
    public void Every_form_of_rdf_is_read(string properties)
    {
        SubjectRegion region = Assert.Single(Read(XmpFile.Of(properties)));
        Assert.Equal((0.3, 0.4), (Math.Round(region.CenterX, 9), Math.Round(region.CenterY, 9)));
    }

    [Fact]
    public void The_packets_of_the_fuzzer_have_regions() =>
        Assert.All([XmpFile.Face("0.3", "0.4"), XmpFile.Polygon, XmpFile.Person], properties => Assert.Single(Read(XmpFile.Of(properties))));

    [Theory]
    [InlineData("NaN", "0.4")]
    [InlineData("1e999", "0.4")]
    [InlineData("-0.1", "0.4")]
    [InlineData("", "0.4")]
    [InlineData("&#48;.3", "0.4")]
    public void Numbers_that_are_none_make_no_region(string x, string y) => Assert.Empty(Read(XmpFile.Of(XmpFile.Face(x, y))));

    [Fact]
    public void A_document_type_ends_the_packet() =>
        Assert.Empty(Read("<!DOCTYPE x [<!ENTITY a \"<mwg-rs:Regions/>\">]>" + XmpFile.Of(XmpFile.Face("0.3", "0.4"))));

    [Fact]
    public void Hostile_packets_end_without_harm()
    {
        string[] hostile =
        [
            string.Concat(Enumerable.Repeat("<a>", 100_000)),
            string.Concat(Enumerable.Repeat("<a b='c'/>", 50_000)),
            "<a " + string.Concat(Enumerable.Range(0, 40_000).Select(i => $"xmlns:p{i.ToString(CultureInfo.InvariantCulture)}='u' ")) + "/>",
            XmpFile.Of(string.Concat(Enumerable.Repeat(XmpFile.Face("0.3", "0.4"), 2000))),
            new string('<', 1 << 20),
            new string(' ', 2 << 20) + XmpFile.Of(XmpFile.Face("0.3", "0.4")),
        ];
        Assert.All(hostile, xmp => Assert.InRange(Read(xmp).Count, 0, 256));
    }

    [Fact]
    public void Damage_never_throws()
    {
        byte[] valid = Encoding.UTF8.GetBytes(XmpFile.Of(XmpFile.Face("0.3", "0.4")));
        for (int length = 0; length < valid.Length; length++)
        {
            XmpSubjects.Read(valid.AsSpan(0, length), Image, 1, 1);
        }

        Random random = new(1);
        for (int i = 0; i < 50_000; i++)
        {
            byte[] damaged = [.. valid];
            for (int n = random.Next(1, 6); n > 0; n--)
            {
                damaged[random.Next(damaged.Length)] = "<>/'\"= :\0x&!?"u8[random.Next(13)];
            }

            Assert.All(XmpSubjects.Read(damaged, Image, 1, 1), region => Assert.InRange(region.CenterX, 0, 1));
        }
    }

    [Fact]
    public void Noise_is_no_subject_area_that_throws()
    {
        Random random = new(1);
        byte[] noise = new byte[96];
        for (int i = 0; i < 100_000; i++)
        {
            random.NextBytes(noise);
            "II*\0\x08\0\0\0\x01\0\x69\x87\x04\0\x01\0\0\0\x20\0\0\0"u8.CopyTo(noise);
            "\x02\0\x14\x92\x03\0"u8.CopyTo(noise.AsSpan(32));
            noise.AsSpan(39, 3).Clear();
            ExifSubject.Read(noise.AsSpan(0, random.Next(97)), 400, 300);
        }
    }

    [Fact]
    public void As_many_faces_as_fit_are_in_the_middle_the_largest_first()
    {
        SubjectRegion large = new(SubjectKind.Face, 0.05, 0.3, 0.15, 0.4);
        SubjectRegion near = new(SubjectKind.Face, 0.25, 0.3, 0.33, 0.36);
        SubjectRegion far = new(SubjectKind.Face, 0.9, 0.3, 0.98, 0.36);
        Assert.Equal(0.19, SubjectFrame.Find([far, near, large], 0.5, 1)!.Value.X, 9);
        Assert.Equal(0.515, SubjectFrame.Find([far, near, large], 1, 0.5)!.Value.X, 9);
        Assert.Equal(0.1, SubjectFrame.Find([far, near, large], 0.09, 1)!.Value.X, 9);
    }

    [Fact]
    public void A_face_is_at_45_percent_of_the_crop_unless_it_fills_it()
    {
        Assert.Equal(0.35 + (0.05 * 0.5), SubjectFrame.Find([new(SubjectKind.Face, 0.4, 0.3, 0.5, 0.4)], 1, 0.5)!.Value.Y, 9);
        Assert.Equal(0.5, SubjectFrame.Find([new(SubjectKind.Face, 0.4, 0.2, 0.5, 0.8)], 1, 0.5)!.Value.Y, 9);
        Assert.Equal(0.35, SubjectFrame.Find([new(SubjectKind.Pet, 0.4, 0.3, 0.5, 0.4)], 1, 0.5)!.Value.Y, 9);
    }

    private static List<SubjectRegion> Read(string xmp) => XmpSubjects.Read(Encoding.UTF8.GetBytes(xmp), Image, 1, 1);

    private static byte[] Exiftool(byte[] file, params string[] tags) => ExternalProgram.Run("exiftool", ["-q", "-m", "-n", .. tags, "-o", "-", "-"], file);

    /// <summary>The focus of a square thumbnail; null for the one without a subject.</summary>
    private static void AssertFocus(FocusPoint? expected, byte[] file)
    {
        ThumbnailOptions resolved = AutoFocus.Resolve(InputFormat.Open(file), new ThumbnailOptions());
        Assert.Equal(expected is null, resolved.Focus.Point is null);
        if (expected is { } point)
        {
            Assert.Equal(point.X, resolved.Focus.Point!.Value.X, 1e-6);
            Assert.Equal(point.Y, resolved.Focus.Point!.Value.Y, 1e-6);
        }
    }
}
