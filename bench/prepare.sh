#!/usr/bin/env bash
# What peers.sh and quality.py run: our native executables, built anew where sources have changed, and sharp. All into artifacts/.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
. .ci/package-set.sh

architecture=$(uname -m)
runtime=linux-${architecture/x86_64/x64}
runtime=${runtime/aarch64/arm64}
for part in cli:src/ResizeImage.Cli worker:bench/ResizeImage.Worker; do
    dotnet publish "${part#*:}" -c Release -r "$runtime" -p:PublishAot=true -o "artifacts/${part%%:*}" --nologo -v q
done

# A folder of its own: npm without a package.json removes what it finds beside what it installs.
if [ ! -d artifacts/peers/node_modules/sharp ] && command -v npm >/dev/null; then
    npm install --no-save --no-audit --no-fund --prefix artifacts/peers sharp@0.35
fi
