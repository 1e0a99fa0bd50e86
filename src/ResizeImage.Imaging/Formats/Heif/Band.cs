using System.Runtime.InteropServices;

namespace ResizeImage.Imaging.Formats.Heif;

/// <summary>The samples of a band (<see cref="BandShape"/>), of one or two bytes each; two in the machine's byte order.</summary>
internal sealed class Band
{
    private readonly BandShape _shape;
    private readonly byte[][] _luma;
    private readonly byte[][] _chroma;

    /// <param name="shape">The kind of band.</param>
    /// <param name="lumaCount">Samples of a row of luma.</param>
    /// <param name="chromaCount">Samples of a row of chroma.</param>
    public Band(BandShape shape, int lumaCount, int chromaCount)
    {
        _shape = shape;
        _luma = new byte[shape.LumaRows][];
        _chroma = new byte[shape.HasChroma ? 2 : 0][];
        Allocate(_luma, lumaCount);
        Allocate(_chroma, chromaCount);

        void Allocate(byte[][] rows, int count)
        {
            for (int i = 0; i < rows.Length; i++)
            {
                rows[i] = new byte[ArrayLength.Of((long)count * shape.BytesPerSample, "bytes of samples")];
            }
        }
    }

    /// <summary>Bytes that an instance allocates.</summary>
    public static long EstimateMemory(BandShape shape, long lumaCount, long chromaCount) =>
        shape.BytesPerSample * ((lumaCount * shape.LumaRows) + (shape.HasChroma ? 2 * chromaCount : 0));

    /// <summary>A row of luma.</summary>
    public Span<byte> Luma(int row) => _luma[row];

    /// <summary>The row of Cb (0) or Cr (1).</summary>
    public Span<byte> Chroma(int plane) => _chroma[plane];

    public void CopyFrom(Band other)
    {
        for (int i = 0; i < _luma.Length; i++)
        {
            other._luma[i].CopyTo(_luma[i], 0);
        }

        for (int i = 0; i < _chroma.Length; i++)
        {
            other._chroma[i].CopyTo(_chroma[i], 0);
        }
    }

    /// <summary>Fills columns with the middle of the range, which is gray.</summary>
    public void FillGray(BandColumns columns, PictureHeader header)
    {
        foreach (byte[] row in _luma)
        {
            Fill(row, columns.Luma, columns.LumaCount, header.LumaBits);
        }

        foreach (byte[] row in _chroma)
        {
            Fill(row, columns.Chroma, columns.ChromaCount, header.ChromaBits);
        }
    }

    private void Fill(byte[] row, int first, int count, int bits)
    {
        if (_shape.IsWide)
        {
            MemoryMarshal.Cast<byte, ushort>(row.AsSpan()).Slice(first, count).Fill((ushort)(1 << (bits - 1)));
        }
        else
        {
            row.AsSpan(first, count).Fill(128);
        }
    }
}
