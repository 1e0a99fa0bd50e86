using System.Diagnostics;

namespace ResizeImage.Local.Tests.Support;

/// <summary>Waits for conditions that become true soon.</summary>
internal static class Eventually
{
    /// <summary>Waits until the condition is true, at most ten seconds.</summary>
    public static async Task TrueAsync(Func<bool> condition, string what)
    {
        Stopwatch watch = Stopwatch.StartNew();
        while (!condition())
        {
            Assert.True(watch.Elapsed < TimeSpan.FromSeconds(10), what);
            await Task.Delay(20);
        }
    }
}
