using ResizeImage.Storage;

namespace ResizeImage.Photos;

/// <summary>
/// Gives memory back to the system after a large photo. The garbage collector may keep the memory of a photo until the next one has allocated
/// as much again; for both together, Lambda kills the process.
/// </summary>
/// <param name="functionMemory">All memory of the function, in bytes; 0 where it is not known.</param>
internal sealed class MemoryReturn(long functionMemory)
{
    /// <summary>
    /// Call it after each photo. It takes a few milliseconds, and only after a photo that leaves more than a quarter of the memory in use: at
    /// 512 MB no photo of a phone does.
    /// </summary>
    public void AfterPhoto()
    {
        if (functionMemory > 0 && GC.GetTotalMemory(forceFullCollection: false) > functionMemory / 4)
        {
            PhotoBuffer.Clear();
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        }
    }
}
