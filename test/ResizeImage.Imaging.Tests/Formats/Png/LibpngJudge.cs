using System.Buffers.Binary;
using ResizeImage.Imaging.Tests.Support;

namespace ResizeImage.Imaging.Tests.Formats.Png;

/// <summary>
/// What libpng makes of a file: a small C program, compiled at test time, that asks libpng for 16-bit RGBA without any
/// gamma handling. Widening 8 bits to 16 multiplies by 257, so nothing is rounded.
/// </summary>
internal static class LibpngJudge
{
    /// <summary>What it needs; see <see cref="CorpusFactAttribute"/> and <see cref="ToolFactAttribute"/>.</summary>
    public const string Compiler = "cc";

    /// <inheritdoc cref="Compiler"/>
    public const string Header = "/usr/include/png.h";

    private const string Source = """
        #include <png.h>
        #include <stdio.h>
        #include <stdlib.h>

        int main(void)
        {
            png_structp png = png_create_read_struct(PNG_LIBPNG_VER_STRING, NULL, NULL, NULL);
            png_infop info = png_create_info_struct(png);
            if (setjmp(png_jmpbuf(png)))
                return 1;
            png_init_io(png, stdin);
            png_read_info(png, info);
            png_set_expand(png);
            png_set_expand_16(png);
            png_set_gray_to_rgb(png);
            png_set_add_alpha(png, 0xffff, PNG_FILLER_AFTER);
            png_set_interlace_handling(png);
            png_read_update_info(png, info);
            png_uint_32 width = png_get_image_width(png, info), height = png_get_image_height(png, info);
            size_t row_bytes = png_get_rowbytes(png, info);
            png_bytepp rows = malloc(height * sizeof(png_bytep));
            for (png_uint_32 y = 0; y < height; y++)
                rows[y] = malloc(row_bytes);
            png_read_image(png, rows);
            png_read_end(png, NULL);
            png_byte size[8];
            png_save_uint_32(size, width);
            png_save_uint_32(size + 4, height);
            fwrite(size, 1, 8, stdout);
            for (png_uint_32 y = 0; y < height; y++)
                fwrite(rows[y], 1, row_bytes, stdout);
            return 0;
        }
        """;

    private static readonly Lazy<string> Executable = new(Compile);

    /// <summary>Decodes a file with libpng.</summary>
    /// <exception cref="InvalidOperationException">libpng refuses the file.</exception>
    public static DecodedPng Decode(byte[] file)
    {
        byte[] output = ExternalProgram.Run(Executable.Value, [], file);
        ushort[] samples = new ushort[(output.Length - 8) / 2];
        for (int i = 0; i < samples.Length; i++)
        {
            samples[i] = BinaryPrimitives.ReadUInt16BigEndian(output.AsSpan(8 + (2 * i)));
        }

        return new(BinaryPrimitives.ReadInt32BigEndian(output), BinaryPrimitives.ReadInt32BigEndian(output.AsSpan(4)), samples);
    }

    private static string Compile()
    {
        string executable = Path.Combine(Directory.CreateTempSubdirectory("libpng-judge-").FullName, "judge");
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(Path.GetDirectoryName(executable)!, recursive: true);
        ExternalProgram.Run(Compiler, ["-x", "c", "-", "-o", executable, "-lpng"], System.Text.Encoding.ASCII.GetBytes(Source));
        return executable;
    }
}
