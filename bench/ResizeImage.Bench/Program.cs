// Times the engine's kernels. Takes BenchmarkDotNet's arguments: --filter '*Transform*' --job short; without any it asks.
using BenchmarkDotNet.Running;

// In this process: BenchmarkDotNet would otherwise write a project for the runtime that is there, which for one newer than itself it
// cannot, and build it under this repository's settings, which demand package versions in one place and no warnings.
BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(["--inProcess", .. args]);
