namespace ResizeImage.Tests.Support;

/// <summary>Needs Node.js, and packages that .ci/run installs into artifacts/tools.</summary>
internal sealed class NodePackagesFactAttribute : RequirementFactAttribute
{
    public NodePackagesFactAttribute(params string[] packages)
    {
        RequirePrograms(["node"]);
        string[] missing = Array.FindAll(packages, package => !Directory.Exists(Repository.Path("artifacts", "tools", "node_modules", package)));
        Require(missing.Length == 0, $"needs npm packages in artifacts/tools, as .ci/run installs them: {string.Join(", ", missing)}");
    }
}

/// <summary>A theory that needs Node.js, and packages that .ci/run installs into artifacts/tools.</summary>
internal sealed class NodePackagesTheoryAttribute : TheoryAttribute
{
    public NodePackagesTheoryAttribute(params string[] packages) => Skip = new NodePackagesFactAttribute(packages).Skip;
}
