namespace ResizeImage.Imaging.Resampling;

/// <summary>
/// The input samples and weights of each output sample of one axis. Weights add up to 1; samples outside the image are left out.
/// </summary>
internal sealed class KernelMap
{
    private readonly int[] _starts;
    private readonly int[] _lengths;
    private readonly float[] _weights;

    private KernelMap(int outputs, int maxLength)
    {
        _starts = new int[outputs];
        _lengths = new int[outputs];
        _weights = new float[ArrayLength.Of((long)outputs * maxLength, "weights of resampling")];
        MaxLength = maxLength;
    }

    /// <summary>Output samples.</summary>
    public int Outputs => _starts.Length;

    /// <summary>The most input samples of an output sample.</summary>
    public int MaxLength { get; }

    /// <summary>The first input sample that any output sample needs.</summary>
    public int FirstInput { get; private set; } = int.MaxValue;

    /// <summary>The input sample after the last one needed.</summary>
    public int EndInput { get; private set; }

    /// <summary>Index of the first input sample of an output sample.</summary>
    public int Start(int output) => _starts[output];

    /// <summary>The weights of consecutive input samples.</summary>
    public ReadOnlySpan<float> Weights(int output) => _weights.AsSpan(output * MaxLength, _lengths[output]);

    /// <summary>Distributes <paramref name="outputs"/> samples over a range of the input.</summary>
    /// <param name="inputs">Input samples; sample i covers i to i + 1.</param>
    /// <param name="start">Start of the range; may be between samples.</param>
    /// <param name="length">Length of the range, over 0.</param>
    /// <param name="outputs">Output samples, at least 1.</param>
    /// <param name="box">How many samples of the image each input sample is the mean of, 1 or more; the weights sharpen what their mean blurs.</param>
    /// <exception cref="ImageLimitException">There are more weights than an array can hold.</exception>
    public static KernelMap Create(int inputs, double start, double length, int outputs, double box = 1)
    {
        double sharpening = Sharpening(box);
        double step = length / outputs;
        double stretch = Math.Max(1, step);
        double support = (Lanczos3.Support * stretch) + (box > 1 ? 1 : 0);
        var map = new KernelMap(outputs, (int)Math.Min(inputs, Math.Ceiling(2 * support) + 1));
        double[] kernel = new double[map.MaxLength + 2]; // with one more on either side
        double[] weights = new double[map.MaxLength];
        for (int i = 0; i < outputs; i++)
        {
            double center = start + ((i + 0.5) * step);
            int first = (int)Math.Clamp(Math.Ceiling(center - support - 0.5), 0, inputs - 1);
            int last = (int)Math.Clamp(Math.Floor(center + support - 0.5), first, Math.Min(inputs, (long)first + map.MaxLength) - 1);
            for (int j = first - 1; j <= last + 1; j++)
            {
                kernel[j - first + 1] = Lanczos3.Weight((j + 0.5 - center) / stretch);
            }

            double sum = 0;
            for (int j = 0; j <= last - first; j++)
            {
                weights[j] = kernel[j + 1] + (sharpening * ((2 * kernel[j + 1]) - kernel[j] - kernel[j + 2]));
                sum += weights[j];
            }

            map._starts[i] = first;
            map._lengths[i] = last - first + 1;
            map.FirstInput = Math.Min(map.FirstInput, first);
            map.EndInput = Math.Max(map.EndInput, last + 1);
            for (int j = 0; j <= last - first; j++)
            {
                map._weights[(i * map.MaxLength) + j] = (float)(weights[j] / sum);
            }
        }

        return map;
    }

    /// <summary>
    /// A mean of n samples keeps 1 - (1 - 1/n²)·(πf)²/6 of a low frequency f, in cycles per mean, to the second order. Subtracting a second
    /// difference times a adds 4a·(πf)²: the two cancel out.
    /// </summary>
    private static double Sharpening(double box) => (1 - (1 / (box * box))) / 24;
}
