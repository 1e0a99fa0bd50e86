using System.Diagnostics;

namespace ResizeImage.Local.Tests.Support;

/// <summary>For what happens soon, but not at once.</summary>
internal static class Eventually
{
    /// <summary>Waits until the condition holds, ten seconds at most.</summary>
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
