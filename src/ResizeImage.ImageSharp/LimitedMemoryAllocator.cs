using System.Buffers;
using System.Runtime.CompilerServices;
using ResizeImage.Imaging;
using SixLabors.ImageSharp.Memory;

namespace ResizeImage.ImageSharp;

/// <summary>
/// Allocates the memory for one image and limits the sum of all buffers; ImageSharp's own allocators limit only each buffer. Arrays are always
/// zeroed, because the missing pixels of a truncated file must not show an earlier image.
/// </summary>
internal sealed class LimitedMemoryAllocator(long maxBytes) : MemoryAllocator
{
    private long _bytes;

    /// <inheritdoc/>
    public override IMemoryOwner<T> Allocate<T>(int length, AllocationOptions options = AllocationOptions.None)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        long bytes = (long)length * Unsafe.SizeOf<T>();
        if (bytes > maxBytes - _bytes)
        {
            throw new ImageLimitException(
                $"Decoding the image with ImageSharp needs {_bytes + bytes:N0} bytes of memory; the limit is {maxBytes:N0}.",
                nameof(ImageLimits.MaxDecodedBytes));
        }

        _bytes += bytes;
        return new Rental<T>(this, new T[length], bytes);
    }

    /// <inheritdoc/>
    protected override int GetBufferCapacityInBytes() => Array.MaxLength;

    private sealed class Rental<T>(LimitedMemoryAllocator owner, T[] array, long bytes) : IMemoryOwner<T>
    {
        private bool _returned;

        public Memory<T> Memory => array;

        public void Dispose()
        {
            owner._bytes -= _returned ? 0 : bytes;
            _returned = true;
        }
    }
}
