#!/usr/bin/env bash
# Builds our native executables for peers.sh, memory.py and quality.py, again if sources have changed, and installs sharp, all in
# artifacts/. bench/prepare.sh --framework net8.0 builds for .NET 8 instead of .NET 10.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
default_framework=net10.0
. .ci/framework.sh
. .ci/package-set.sh

architecture=$(uname -m)
runtime=linux-${architecture/x86_64/x64}
runtime=${runtime/aarch64/arm64}
for part in cli:src/ResizeImage.Cli worker:bench/ResizeImage.Worker; do
    dotnet publish "${part#*:}" -c Release -p:LambdaFramework="$framework" -r "$runtime" -p:PublishAot=true -o "artifacts/${part%%:*}" --nologo -v q
done

if [ ! -d artifacts/peers/node_modules/sharp ] && command -v npm >/dev/null; then
    mkdir -p artifacts/peers
    cp bench/peers/package.json bench/peers/package-lock.json artifacts/peers
    npm ci --no-audit --no-fund --prefix artifacts/peers
fi
