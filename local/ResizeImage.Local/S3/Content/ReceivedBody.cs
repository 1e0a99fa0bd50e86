namespace ResizeImage.Local.S3.Content;

/// <summary>What a request's body turned out to be, after everything that was claimed of it has been verified.</summary>
/// <param name="Size">In bytes, without framing.</param>
/// <param name="Md5">16 bytes.</param>
/// <param name="Checksum">The checksum that came with it, or null.</param>
internal sealed record ReceivedBody(long Size, byte[] Md5, ReceivedChecksum? Checksum);

/// <param name="Algorithm">One of <see cref="Digest.Checksums"/>.</param>
/// <param name="Value">The raw digest.</param>
internal sealed record ReceivedChecksum(string Algorithm, byte[] Value);
