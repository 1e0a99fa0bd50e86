namespace ResizeImage.Imaging.Tests.Fuzzing;

/// <summary>
/// How files of a format are put together, so that a fuzzer can change one part and leave lengths and checksums right: what it changes gets
/// past the first check.
/// </summary>
internal abstract class FileStructure
{
    /// <summary>The parts of a valid file, each without what <see cref="Join"/> makes.</summary>
    public abstract List<byte[]> Split(byte[] file);

    /// <summary>A file of parts, whatever they are.</summary>
    public abstract byte[] Join(IReadOnlyList<byte[]> parts);

    /// <summary>A damaged or hostile relative of two valid files.</summary>
    public byte[] Mutate(byte[] file, byte[] other, Random random)
    {
        if (random.Next(4) == 0)
        {
            return ByteMutator.Mutate(file, random);
        }

        List<byte[]> parts = Split(file);
        for (int changes = 1 + random.Next(random.Next(1, 4)); changes > 0 && parts.Count > 0; changes--)
        {
            int at = random.Next(parts.Count);
            switch (random.Next(12))
            {
                case 0:
                    parts.RemoveAt(at);
                    break;
                case 1:
                    parts.Insert(random.Next(parts.Count + 1), parts[at]);
                    break;
                case 2:
                    int with = random.Next(parts.Count);
                    (parts[at], parts[with]) = (parts[with], parts[at]);
                    break;
                case 3:
                    List<byte[]> others = Split(other);
                    parts[at] = others.Count > 0 ? others[random.Next(others.Count)] : [];
                    break;
                default:
                    parts[at] = ByteMutator.Mutate(parts[at], random);
                    break;
            }
        }

        byte[] joined = Join(parts);
        return random.Next(8) == 0 ? ByteMutator.Mutate(joined, random) : joined;
    }
}
