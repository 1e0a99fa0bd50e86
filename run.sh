#!/usr/bin/env bash
# Makes thumbnails the way the deployed function does, on this machine alone:
#   ./run.sh PHOTO...   thumbnails of these photos, into ./thumbnails
#   ./run.sh            serves S3, the function and a page to drop photos on until Ctrl-C
#   ./run.sh --help     all options
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)

# The photos' paths are the caller's: only this part happens in the repository's folder.
build() (
    cd "$root"
    . .ci/package-set.sh
    for project in src/ResizeImage src/ResizeImage.Local; do
        if ! built=$(dotnet build "$project" -c Release --nologo -v q 2>&1); then
            echo "$built"
            exit 1
        fi
    done
)
build >&2

exec dotnet "$root/src/ResizeImage.Local/bin/Release/net8.0/ResizeImage.Local.dll" \
    --function "$root/src/ResizeImage/bin/Release/net8.0/ResizeImage.dll" "$@"
