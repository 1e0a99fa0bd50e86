namespace ResizeImage.Local.Lambda;

/// <summary>The process that works on invocations, as it is at one moment.</summary>
/// <param name="ProcessId">Its id.</param>
/// <param name="InitDuration">From its start until it asked for its first event; null while it has not.</param>
/// <param name="PeakMemory">In bytes, since its start; null where the system does not tell.</param>
internal sealed record ExecutionEnvironment(int ProcessId, TimeSpan? InitDuration, long? PeakMemory);
