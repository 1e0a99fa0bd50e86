using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace ResizeImage.Imaging.Formats;

/// <summary>Operations on sixteen bytes.</summary>
internal static class ByteVectors
{
    /// <summary>True if <see cref="Shuffle"/> is one instruction.</summary>
    public static bool CanShuffle => Ssse3.IsSupported || AdvSimd.Arm64.IsSupported;

    /// <summary>The bytes at some positions, which need not be constants; position 255 gives 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<byte> Shuffle(Vector128<byte> values, Vector128<byte> positions)
    {
        if (Ssse3.IsSupported)
        {
            return Ssse3.Shuffle(values, positions);
        }

        return AdvSimd.Arm64.IsSupported ? AdvSimd.Arm64.VectorTableLookup(values, positions) : Vector128.Shuffle(values, positions);
    }
}
