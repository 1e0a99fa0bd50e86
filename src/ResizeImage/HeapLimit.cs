using System.Runtime.CompilerServices;
using ResizeImage.Configuration;

namespace ResizeImage;

/// <summary>
/// Keeps the garbage collector's heap within what the function's memory leaves to it. Lambda's runtime gives the heap all of the memory, so
/// that garbage is collected too late: Lambda kills the process for the heap and what .NET takes beside it together.
/// </summary>
internal static class HeapLimit
{
    /// <summary>
    /// What .NET takes beside the heap: code, stacks, TLS, and under JIT the compiler and what it has compiled. With files at the limits in turn,
    /// 16 to 40 MB hold under Native AOT at 256 MB, and 64 MB under JIT at 128 to 512 MB.
    /// </summary>
    private static long BesideTheHeap => RuntimeFeature.IsDynamicCodeSupported ? 72L << 20 : 32L << 20;

    /// <summary>Sets the limit where the function's memory is known.</summary>
    /// <param name="variable">Gives the value of the environment variable of that name; null where it is not set.</param>
    /// <exception cref="SettingsException">The memory is not a number.</exception>
    public static void Set(Func<string, string?> variable)
    {
        long memory = Settings.MemoryOf(new EnvironmentReader(variable));
        if (memory > 2 * BesideTheHeap - 1 && variable("AWS_LAMBDA_DOTNET_DISABLE_MEMORY_LIMIT_CHECK") != "true")
        {
            AppContext.SetData("GCHeapHardLimit", (ulong)(memory - BesideTheHeap));
            GC.RefreshMemoryLimit();
        }
    }
}
