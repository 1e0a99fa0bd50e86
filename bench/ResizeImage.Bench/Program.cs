// Times the engine's kernels. It accepts BenchmarkDotNet's arguments, such as --filter '*Transform*' --job short; without arguments it prompts.
using BenchmarkDotNet.Running;

// Benchmarks run in this process. Otherwise BenchmarkDotNet would generate a project for the installed runtime, which fails for a newer one than
// it knows, and build it with this repository's settings, which require central package versions and no warnings.
BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(["--inProcess", .. args]);
