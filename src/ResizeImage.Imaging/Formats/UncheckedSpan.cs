#if DEBUG
using System.Diagnostics;
#endif
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace ResizeImage.Imaging.Formats;

/// <summary>
/// A span without bounds checks, for hot loops whose callers establish the bound once per loop. Nothing but this and <see cref="Unchecked"/> skips them. Debug
/// builds keep the length and assert every access; the suite runs on one in CI.
/// </summary>
internal readonly ref struct UncheckedSpan<T>
    where T : unmanaged
{
    private readonly ref T _first;
#if DEBUG
    private readonly int _length;
#endif

    /// <summary>A whole array.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public UncheckedSpan(T[] array)
    {
        _first = ref MemoryMarshal.GetArrayDataReference(array);
#if DEBUG
        _length = array.Length;
#endif
    }

    /// <summary>The beginning of a span.</summary>
    /// <param name="span">The span.</param>
    /// <param name="count">The most elements that will be accessed. This is the one check of the loop, in every build.</param>
    /// <exception cref="ArgumentOutOfRangeException">The span has fewer.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public UncheckedSpan(ReadOnlySpan<T> span, int count)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, span.Length);
        _first = ref MemoryMarshal.GetReference(span);
#if DEBUG
        _length = count;
#endif
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private UncheckedSpan(ref T first, int count)
    {
        _first = ref first;
#if DEBUG
        _length = count;
#else
        _ = count;
#endif
    }

    /// <summary>An element.</summary>
    public ref T this[int index]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get
        {
#if DEBUG
            AssertWithin(index, 1);
#endif
            return ref Unsafe.Add(ref _first, (nint)(uint)index);
        }
    }

    /// <summary>The first of some elements.</summary>
    /// <param name="index">Index of the element.</param>
    /// <param name="count">The most elements that will be accessed from there on.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref T Stretch(int index, int count)
    {
#if DEBUG
        AssertWithin(index, count);
#endif
        return ref Unsafe.Add(ref _first, (nint)(uint)index);
    }

    /// <summary>The part from an element on.</summary>
    /// <param name="index">Index of the element.</param>
    /// <param name="count">The most elements of the part that will be accessed.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public UncheckedSpan<T> From(int index, int count) => new(ref Stretch(index, count), count);

#if DEBUG
    private void AssertWithin(int index, int count) =>
        Debug.Assert(index >= 0 && count <= _length - index, $"{count} elements at {index} of {_length}.");
#endif
}
