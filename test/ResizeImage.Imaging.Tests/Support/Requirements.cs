namespace ResizeImage.Imaging.Tests.Support;

/// <summary>
/// A test that needs something from outside the repository. Where that is missing the test is skipped and says why;
/// in CI (environment variable <c>CI</c> is <c>true</c>) it runs all the same, and fails. Only the corpus may be missing there, see
/// <see cref="Corpus.IsDeclined"/>.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
internal abstract class RequirementFactAttribute : FactAttribute
{
    private static readonly bool InCI = string.Equals(Environment.GetEnvironmentVariable("CI"), "true", StringComparison.OrdinalIgnoreCase);

    private string? _pythonModule;

    /// <summary>Needs a Python 3 with this module, too.</summary>
    public string? PythonModule
    {
        get => _pythonModule;
        set
        {
            _pythonModule = value;
            RequirePython(value!);
        }
    }

    protected void Require(bool present, string reason)
    {
        if (!present && !InCI)
        {
            Skip = reason;
        }
    }

    protected void RequireCorpus()
    {
        Require(Corpus.Root is not null, "needs the corpus at ../shared/corpus");
        if (Corpus.IsDeclined)
        {
            Skip = "needs the corpus: the environment variable CORPUS is none";
        }
    }

    protected void RequirePrograms(string[] programs)
    {
        string[] missing = Array.FindAll(programs, program => !ExternalProgram.Exists(program));
        Require(missing.Length == 0, "needs " + string.Join(", ", missing));
    }

    protected void RequirePython(params string[] modules) =>
        Require(ExternalProgram.Python(modules) is not null, "needs Python 3 with " + string.Join(", ", modules));
}

/// <summary>Needs the <see cref="Corpus"/>, and programs on the PATH or files given with their folder.</summary>
internal sealed class CorpusFactAttribute : RequirementFactAttribute
{
    public CorpusFactAttribute(params string[] programs)
    {
        RequirePrograms(programs);
        RequireCorpus();
    }
}

/// <summary>Needs programs on the PATH, or files given with their folder.</summary>
internal sealed class ToolFactAttribute : RequirementFactAttribute
{
    public ToolFactAttribute(params string[] programs) => RequirePrograms(programs);
}

/// <summary>Needs the <c>Samples</c>, which are always present, and programs on the PATH or files given with their folder.</summary>
internal sealed class SamplesFactAttribute : RequirementFactAttribute
{
    public SamplesFactAttribute(params string[] programs) => RequirePrograms(programs);
}

/// <summary>Needs a Python 3 with modules.</summary>
internal sealed class PythonFactAttribute : RequirementFactAttribute
{
    public PythonFactAttribute(params string[] modules) => RequirePython(modules);
}

/// <summary>A theory that needs programs on the PATH.</summary>
internal sealed class ToolTheoryAttribute : TheoryAttribute
{
    public ToolTheoryAttribute(params string[] programs) => Skip = new ToolFactAttribute(programs).Skip;
}

/// <summary>A theory that needs Python 3 with modules.</summary>
internal sealed class PythonTheoryAttribute : TheoryAttribute
{
    public PythonTheoryAttribute(params string[] modules) => Skip = new PythonFactAttribute(modules).Skip;
}

/// <summary>A theory that needs the <see cref="Corpus"/>, and programs on the PATH.</summary>
internal sealed class CorpusTheoryAttribute : TheoryAttribute
{
    public CorpusTheoryAttribute(params string[] programs) => Skip = new CorpusFactAttribute(programs).Skip;
}

/// <summary>A theory over the <c>Samples</c> that needs programs on the PATH.</summary>
internal sealed class SamplesTheoryAttribute : TheoryAttribute
{
    public SamplesTheoryAttribute(params string[] programs) => Skip = new SamplesFactAttribute(programs).Skip;
}
