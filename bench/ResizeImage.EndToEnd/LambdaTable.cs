using System.Globalization;
using ResizeImage.Local.Events;

namespace ResizeImage.EndToEnd;

/// <summary>Measures functions under Lambda's conditions and prints a table: a row for each memory size and function.</summary>
internal static class LambdaTable
{
    /// <summary>Measures and prints.</summary>
    /// <param name="options">What to measure.</param>
    /// <param name="contestants">The first is ours.</param>
    public static async Task PrintAsync(LambdaOptions options, IReadOnlyList<Contestant> contestants)
    {
        await using PhotoStore store = await PhotoStore.StartAsync(options.Photos);
        using LocalCertificate? certificate = options.Wire.IsEncrypted ? new LocalCertificate() : null;
        await using DistantS3 s3 = await DistantS3.StartAsync(options.Wire, store.S3.Endpoint, certificate?.Certificate);
        if (certificate is not null)
        {
            contestants = [.. contestants.Select(contestant => contestant.With(certificate.Trust))];
        }

        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{store.Photos.Count} photos; GET {options.Wire.FirstByte.TotalMilliseconds} ms + {options.Wire.BytesPerSecond / 1e6} MB/s, HEAD {options.Wire.Head.TotalMilliseconds} ms, PUT {options.Wire.Put.TotalMilliseconds} ms, {(certificate is null ? "no TLS" : "TLS")}"));
        Console.WriteLine("memory MB  function     warm ms  ratio  worst    cold ms  ratio     CPU ms     read kB    peak MB");
        foreach (int megabytes in options.MemorySizes)
        {
            List<LambdaMeasurement> functions = [.. contestants.Select(contestant => new LambdaMeasurement(contestant, store, s3, megabytes))];
            await MeasureAsync(functions, store, options);
            functions.ForEach(function => Print(megabytes, function, functions[0]));
            foreach (LambdaMeasurement function in functions)
            {
                await function.DisposeAsync();
            }
        }
    }

    private static async Task MeasureAsync(List<LambdaMeasurement> functions, PhotoStore store, LambdaOptions options)
    {
        for (int round = 0; round < options.ColdRounds; round++)
        {
            await EachAsync(functions, function => function.StartAsync(round));
        }

        await EachAsync(functions, function => function.WarmUpAsync());
        for (int round = 0; round < options.Rounds; round++)
        {
            foreach (ObjectEvent photo in store.Photos)
            {
                await EachAsync(functions, function => function.MakeAsync(photo));
            }
        }
    }

    /// <summary>A function that fails, such as for lack of memory, is measured no further.</summary>
    private static async Task EachAsync(List<LambdaMeasurement> functions, Func<LambdaMeasurement, Task> measure)
    {
        foreach (LambdaMeasurement function in functions.Where(function => function.Failure is null))
        {
            try
            {
                await measure(function);
            }
            catch (InvalidOperationException exception)
            {
                function.Failure = exception.Message;
            }
        }
    }

    private static void Print(int megabytes, LambdaMeasurement function, LambdaMeasurement ours)
    {
        if (function.Failure is { } failure)
        {
            Console.WriteLine($"{megabytes,9}  {function.Name,-9} {failure}");
            return;
        }

        double worst = ours.Photos.Zip(function.Photos, (one, other) => one.Milliseconds / other.Milliseconds).Max();
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{megabytes,9}  {function.Name,-9}{function.Warm,11:F0}{ours.Warm / function.Warm,7:F2}{worst,7:F2}{function.Cold,11:F0}{ours.Cold / function.Cold,7:F2}{function.Cpu,11:F1}{function.BytesRead / 1e3,12:F0}{function.PeakMegabytes,11:F0}"));
    }
}
