using System.Diagnostics;

namespace ResizeImage.Local.Tests.Support;

/// <summary>Waits for conditions that become true soon.</summary>
internal static class Eventually
{
    /// <summary>Waits until the condition is true, at most a minute.</summary>
    public static async Task TrueAsync(Func<bool> condition, string what)
    {
        Stopwatch watch = Stopwatch.StartNew();
        while (!condition())
        {
            Assert.True(watch.Elapsed < TimeSpan.FromSeconds(60), what);
            await Task.Delay(20);
        }
    }
}
