// Measures whole functions on the same S3 endpoint, in turns. bench/function.sh starts it:
//   ResizeImage.EndToEnd PHOTOS NAME=EXECUTABLE...      the first is ours, the others are its peers
using System.Globalization;
using ResizeImage.EndToEnd;

const int Rounds = 15;

if (args.Length < 2)
{
    Console.Error.WriteLine("usage: ResizeImage.EndToEnd PHOTOS NAME=EXECUTABLE...");
    return 2;
}

await using PhotoStore store = await PhotoStore.StartAsync(args[0]);
Measurement[] functions = [.. args[1..].Select(argument => new Measurement(Contestant.Parse(argument), store))];
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

return 0;

static void Row(string name, IEnumerable<string> cells) => Console.WriteLine($"{name,-16}{string.Concat(cells.Select(cell => $"{cell,24}"))}");
