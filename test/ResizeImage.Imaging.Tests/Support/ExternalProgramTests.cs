using System.Text;

namespace ResizeImage.Imaging.Tests.Support;

public class ExternalProgramTests
{
    [ToolFact("cat")]
    public void Big_input_and_output_flow_at_once()
    {
        byte[] big = new byte[1 << 20];
        new Random(1).NextBytes(big);
        Assert.Equal(big, ExternalProgram.Run("cat", [], big));
    }

    [ToolFact("sh")]
    public void A_failure_has_the_error_output_of_the_program()
    {
        var e = Assert.Throws<InvalidOperationException>(() => ExternalProgram.Run("sh", ["-c", "echo no good >&2; exit 3"]));
        Assert.Contains("exit code 3", e.Message, StringComparison.Ordinal);
        Assert.Contains("no good", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_program_is_named()
    {
        Assert.False(ExternalProgram.Exists("no-such-program"));
        Assert.Throws<InvalidOperationException>(() => ExternalProgram.Run("no-such-program", []));
    }

    [PythonFact("zlib")]
    public void Python_runs() =>
        Assert.Equal("3", Encoding.ASCII.GetString(ExternalProgram.Run(ExternalProgram.Python("zlib")!, ["-c", "import sys;print(sys.version_info[0],end='')"])));
}
