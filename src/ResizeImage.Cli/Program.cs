using System.CommandLine;
using ResizeImage.Cli;

var root = new RootCommand("Makes thumbnails of local files, as the deployed function would.")
{
    MakeCommand.Create(),
    InfoCommand.Create(),
    BenchCommand.Create(),
};
return root.Parse(args).Invoke();
