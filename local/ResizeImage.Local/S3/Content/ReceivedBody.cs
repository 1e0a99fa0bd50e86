namespace ResizeImage.Local.S3.Content;

/// <summary>A request body that matched its headers.</summary>
/// <param name="Size">In bytes, without framing.</param>
/// <param name="Md5">16 bytes.</param>
/// <param name="Checksum">The checksum that came with it, or null.</param>
internal sealed record ReceivedBody(long Size, byte[] Md5, ReceivedChecksum? Checksum);

/// <param name="Algorithm">One of <see cref="Digest.Checksums"/>.</param>
/// <param name="Value">The raw digest.</param>
internal sealed record ReceivedChecksum(string Algorithm, byte[] Value);
