using System.Buffers.Binary;

namespace ResizeImage.Imaging.Tests.Support;

/// <summary>What Pillow makes of files; needs a Python with <see cref="Module"/>.</summary>
internal static class PillowJudge
{
    /// <summary>See <see cref="PythonFactAttribute"/>.</summary>
    public const string Module = "PIL";

    private const string Script =
        """
        import io, sys
        from PIL import Image
        Image.MAX_IMAGE_PIXELS = None
        def number():
            return int.from_bytes(sys.stdin.buffer.read(4), 'little')
        for _ in range(number()):
            file = sys.stdin.buffer.read(number())
            try:
                picture = Image.open(io.BytesIO(file)).convert('RGBA')
                size, pixels = picture.size, picture.tobytes()
            except Exception:
                size, pixels = (0, 0), b''
            sys.stdout.buffer.write(size[0].to_bytes(4, 'little') + size[1].to_bytes(4, 'little') + pixels)
        """;

    /// <summary>Decodes files, the first frame of each.</summary>
    /// <returns>A picture for each file; null where Pillow refuses it.</returns>
    public static IReadOnlyList<Picture?> Decode(IReadOnlyList<byte[]> files)
    {
        using MemoryStream input = new();
        input.Write(Number(files.Count));
        foreach (byte[] file in files)
        {
            input.Write(Number(file.Length));
            input.Write(file);
        }

        byte[] output = ExternalProgram.Run(ExternalProgram.Python(Module)!, ["-c", Script], input.ToArray());
        List<Picture?> pictures = [];
        for (int at = 0; at < output.Length;)
        {
            int width = BinaryPrimitives.ReadInt32LittleEndian(output.AsSpan(at));
            int height = BinaryPrimitives.ReadInt32LittleEndian(output.AsSpan(at + 4));
            int end = at + 8 + (4 * width * height);
            pictures.Add(width > 0 ? new(width, height, output[(at + 8)..end]) : null);
            at = end;
        }

        Assert.Equal(files.Count, pictures.Count);
        return pictures;
    }

    private static byte[] Number(int value)
    {
        byte[] bytes = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, value);
        return bytes;
    }
}
