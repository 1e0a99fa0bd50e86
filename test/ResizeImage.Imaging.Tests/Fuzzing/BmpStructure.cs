using System.Buffers.Binary;

namespace ResizeImage.Imaging.Tests.Fuzzing;

/// <summary>File header, bitmap header, and what follows.</summary>
internal sealed class BmpStructure : FileStructure
{
    private const int FileHeader = 14;

    public override List<byte[]> Split(byte[] file)
    {
        int header = FileHeader + (file.Length >= 18 ? (int)Math.Min(BinaryPrimitives.ReadUInt32LittleEndian(file.AsSpan(FileHeader)), 124) : 0);
        int pixels = file.Length >= FileHeader ? (int)Math.Min(BinaryPrimitives.ReadUInt32LittleEndian(file.AsSpan(10)), (uint)file.Length) : 0;
        int[] ends = [Math.Min(FileHeader, file.Length), Math.Min(header, file.Length), Math.Clamp(pixels, Math.Min(header, file.Length), file.Length), file.Length];
        return [.. ends.Select((end, i) => file[(i == 0 ? 0 : ends[i - 1])..end])];
    }

    public override byte[] Join(IReadOnlyList<byte[]> parts) => [.. parts.SelectMany(part => part)];
}
