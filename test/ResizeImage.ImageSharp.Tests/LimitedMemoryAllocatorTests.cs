using System.Buffers;
using ResizeImage.Imaging;

namespace ResizeImage.ImageSharp.Tests;

public class LimitedMemoryAllocatorTests
{
    [Fact]
    public void All_that_is_held_counts_against_the_limit_and_what_is_returned_does_not()
    {
        LimitedMemoryAllocator allocator = new(100);
        using IMemoryOwner<byte> kept = allocator.Allocate<byte>(60);
        IMemoryOwner<int> returned = allocator.Allocate<int>(10);
        Assert.Equal((60, 10), (kept.Memory.Length, returned.Memory.Length));
        Assert.Throws<ImageLimitException>(() => allocator.Allocate<byte>(1));
        returned.Dispose();
        returned.Dispose();
        using IMemoryOwner<byte> next = allocator.Allocate<byte>(40);
        Assert.Contains("101 bytes", Assert.Throws<ImageLimitException>(() => allocator.Allocate<byte>(1)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void No_buffer_shows_what_was_in_memory_before()
    {
        for (int i = 0; i < 8; i++)
        {
            using IMemoryOwner<byte> buffer = new LimitedMemoryAllocator(1 << 20).Allocate<byte>(5000);
            Assert.Equal(-1, buffer.Memory.Span.IndexOfAnyExcept((byte)0));
            buffer.Memory.Span.Fill(0xAA);
        }
    }
}
