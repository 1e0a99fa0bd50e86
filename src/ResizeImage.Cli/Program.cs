using System.CommandLine;
using System.CommandLine.Invocation;
using ResizeImage.Cli;

var root = new RootCommand("Makes thumbnails of local files, as the deployed function does.")
{
    MakeCommand.Create(),
    InfoCommand.Create(),
    BenchCommand.Create(),
};
ParseResult command = root.Parse(args);
if (command.Action is ParseErrorAction error)
{
    // The help would scroll the error off the screen.
    error.ShowHelp = false;
}

return command.Invoke();
