using System.Globalization;

namespace ResizeImage.EndToEnd;

/// <summary>Measures functions with all the processor time that they can use, and prints a table: a row for each function.</summary>
internal static class CpuTable
{
    private const int Rounds = 15;

    /// <summary>Measures and prints.</summary>
    /// <param name="photos">The folder.</param>
    /// <param name="contestants">The first is ours.</param>
    public static async Task PrintAsync(string photos, IReadOnlyList<Contestant> contestants)
    {
        await using PhotoStore store = await PhotoStore.StartAsync(photos);
        Measurement[] functions = [.. contestants.Select(contestant => new Measurement(contestant, store))];
        for (int round = 0; round < Rounds; round++)
        {
            foreach (Measurement function in functions)
            {
                await function.StartAsync(round);
                await function.MakeAllAsync();
            }
        }

        Row("", Measurement.Headings);
        double[] ours = functions[0].Results;
        foreach (Measurement function in functions)
        {
            Row(function.Name, function.Results.Select(figure => figure.ToString("F1", CultureInfo.InvariantCulture)));
        }

        foreach (Measurement peer in functions[1..])
        {
            Row($"{functions[0].Name} / {peer.Name}", ours.Zip(peer.Results, (one, other) => (one / other).ToString("F2", CultureInfo.InvariantCulture)));
        }

        foreach (Measurement function in functions)
        {
            await function.EndAsync();
        }
    }

    private static void Row(string name, IEnumerable<string> cells) => Console.WriteLine($"{name,-16}{string.Concat(cells.Select(cell => $"{cell,24}"))}");
}
