namespace ResizeImage.Local.Lambda;

/// <summary>What Lambda charges an invocation for.</summary>
internal static class Billing
{
    /// <summary>Billed duration in milliseconds: initialization counts, too (since August 2025), and the sum is rounded up.</summary>
    public static double Milliseconds(TimeSpan duration, TimeSpan? init) => Math.Ceiling((duration + (init ?? TimeSpan.Zero)).TotalMilliseconds);
}
