// Measures whole functions on the same S3 endpoint, in turns; the first is ours, the others are its peers.
//   ResizeImage.EndToEnd cpu PHOTOS NAME=EXECUTABLE...                  bench/function.sh starts it
//   ResizeImage.EndToEnd lambda [OPTION]... PHOTOS NAME=EXECUTABLE...   bench/lambda.sh starts it
using ResizeImage.EndToEnd;

Queue<string> arguments = new(args);
try
{
    switch (arguments.Dequeue())
    {
        case "cpu":
            await CpuTable.PrintAsync(arguments.Dequeue(), [.. arguments.Select(Contestant.Parse)]);
            return 0;
        case "lambda":
            LambdaOptions options = LambdaOptions.Parse(arguments);
            await LambdaTable.PrintAsync(options, [.. arguments.Select(Contestant.Parse)]);
            return 0;
    }
}
catch (Exception exception) when (exception is FormatException or InvalidOperationException)
{
    Console.Error.WriteLine(exception.Message);
    return 2;
}
catch (Exception exception) when (exception is UnauthorizedAccessException or IOException)
{
    Console.Error.WriteLine($"{exception.Message} Measuring with Lambda's processor time needs control groups of Linux, and root.");
    return 1;
}

Console.Error.WriteLine($"usage: ResizeImage.EndToEnd cpu PHOTOS NAME=EXECUTABLE..., or lambda {LambdaOptions.Usage} NAME=EXECUTABLE...");
return 2;
