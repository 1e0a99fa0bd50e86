using System.Buffers.Binary;

namespace ResizeImage.ImageSharp.Tests.Support;

/// <summary>Files that Pillow writes, in memory.</summary>
internal static class Pillow
{
    /// <summary>
    /// One picture with color, edges and noise, and variants of it: <c>rgb</c>, <c>rgba</c> (from transparent to opaque),
    /// <c>gray</c>, <c>palette</c> and <c>bilevel</c>, 120×90; <c>rgb</c> again with shapes that tell all orientations apart.
    /// <c>add(name, file)</c> hands a file over.
    /// </summary>
    private const string Prelude =
        """
        import io, sys
        from PIL import Image, ImageDraw, ImageOps
        rgb = Image.merge('RGB', (Image.linear_gradient('L').resize((120, 90)), Image.radial_gradient('L').resize((120, 90)), Image.effect_noise((120, 90), 60)))
        ImageDraw.Draw(rgb).ellipse((8, 6, 52, 34), fill=(250, 30, 60))
        ImageDraw.Draw(rgb).rectangle((80, 10, 110, 20), fill=(20, 40, 240))
        rgba = rgb.copy()
        rgba.putalpha(Image.linear_gradient('L').rotate(90).resize((120, 90)))
        gray = rgb.convert('L')
        palette = rgb.quantize(60, dither=Image.Dither.NONE)
        bilevel = rgb.convert('1')
        def save(picture, format, **options):
            file = io.BytesIO()
            picture.save(file, format, **options)
            return file.getvalue()
        def add(name, file):
            sys.stdout.buffer.write(b''.join(part for text in (name.encode(), file) for part in (len(text).to_bytes(4, 'little'), text)))

        """;

    /// <summary>Runs a script that calls <c>add</c>.</summary>
    /// <returns>Names and files, in the order of the calls; never empty.</returns>
    public static IReadOnlyList<(string Name, byte[] File)> Files(string script)
    {
        ReadOnlySpan<byte> output = ExternalProgram.Run(ExternalProgram.Python("PIL")!, ["-c", Prelude + script]);
        List<(string, byte[])> files = [];
        while (!output.IsEmpty)
        {
            string name = System.Text.Encoding.UTF8.GetString(Take(ref output));
            files.Add((name, Take(ref output).ToArray()));
        }

        Assert.NotEmpty(files);
        return files;
    }

    /// <summary>Runs a script that calls <c>add</c> once.</summary>
    public static byte[] File(string script) => Assert.Single(Files(script)).File;

    private static ReadOnlySpan<byte> Take(ref ReadOnlySpan<byte> output)
    {
        int length = BinaryPrimitives.ReadInt32LittleEndian(output);
        ReadOnlySpan<byte> part = output.Slice(4, length);
        output = output[(4 + length)..];
        return part;
    }
}
