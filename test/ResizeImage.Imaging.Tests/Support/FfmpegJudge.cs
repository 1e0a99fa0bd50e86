namespace ResizeImage.Imaging.Tests.Support;

/// <summary>What ffmpeg makes of an image.</summary>
internal static class FfmpegJudge
{
    /// <summary>See <see cref="ToolFactAttribute"/>.</summary>
    public const string Program = "ffmpeg";

    /// <summary>Decodes a file.</summary>
    /// <param name="file">The file.</param>
    /// <param name="demuxer">For example <c>qoi_pipe</c>.</param>
    /// <param name="width">As wide as it must be.</param>
    public static Picture Decode(byte[] file, string demuxer, int width)
    {
        byte[] rgba = ExternalProgram.Run(
            Program, ["-v", "error", "-f", demuxer, "-i", "-", "-frames:v", "1", "-f", "rawvideo", "-pix_fmt", "rgba", "-"], file);
        return new(width, rgba.Length / 4 / width, rgba);
    }
}
