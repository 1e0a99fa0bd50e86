namespace ResizeImage.Imaging.Formats.Hevc.Headers;

/// <summary>Parameter sets by their ids; later ones replace earlier ones.</summary>
internal sealed class ParameterSets
{
    /// <summary>More sets than ids exist are not kept.</summary>
    private const int MaxSets = 80;

    private readonly List<SequenceParameters> _sequences = [];
    private readonly List<PictureParameters> _pictures = [];

    public ParameterSets()
    {
    }

    private ParameterSets(ParameterSets other)
    {
        _sequences.AddRange(other._sequences);
        _pictures.AddRange(other._pictures);
    }

    /// <summary>The first sequence parameter set; null if there is none.</summary>
    public SequenceParameters? Sequence => _sequences.Count > 0 ? _sequences[0] : null;

    /// <summary>The first picture parameter set; null if there is none.</summary>
    public PictureParameters? Picture => _pictures.Count > 0 ? _pictures[0] : null;

    /// <summary>All picture parameter sets.</summary>
    public IReadOnlyList<PictureParameters> Pictures => _pictures;

    /// <summary>A copy to which sets can be added.</summary>
    public ParameterSets Copy() => new(this);

    /// <summary>Adds a set of the base layer; other NAL units are passed over.</summary>
    /// <exception cref="InvalidImageException">The set is corrupt.</exception>
    /// <exception cref="UnsupportedImageException">The set turns on a tool that is not implemented.</exception>
    public void Add(ReadOnlySpan<byte> unit)
    {
        if (unit.Length <= NalUnit.HeaderBytes || !NalUnit.IsBaseLayer(unit) || _sequences.Count + _pictures.Count >= MaxSets)
        {
            return;
        }

        switch (NalUnit.Type(unit))
        {
            case NalUnit.SequenceParameterSet:
                SequenceParameters sequence = SequenceParameters.Read(NalUnit.Rbsp(unit));
                _sequences.RemoveAll(old => old.Id == sequence.Id);
                _sequences.Add(sequence);
                break;
            case NalUnit.PictureParameterSet:
                PictureParameters picture = PictureParameters.Read(NalUnit.Rbsp(unit), _sequences);
                _pictures.RemoveAll(old => old.Id == picture.Id);
                _pictures.Add(picture);
                break;
        }
    }
}
