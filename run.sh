#!/usr/bin/env bash
# Makes thumbnails the way the deployed function does, on this machine alone:
#   ./run.sh PHOTO...   thumbnails of these photos, into ./thumbnails
#   ./run.sh            serves S3, the function and a page to drop photos on until Ctrl-C
#   ./run.sh --help     all options
# With --framework net10.0 as the first two arguments it runs on .NET 10; the default is net8.0.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
. "$root/.ci/framework.sh"

# The stamp is in the build output that everything else depends on, so deleting the output deletes the stamp.
stamp=$root/local/ResizeImage.Local/bin/Release/$framework/built
function=$root/src/ResizeImage/bin/Release/$framework/ResizeImage.dll

# Prints the sources that match the given find conditions, or all sources.
sources() {
    (cd "$root" && find src offline local/ResizeImage.Local local/Directory.Build.props Directory.Build.props Directory.Build.targets Directory.Packages.props global.json package-set.props \
        \( -name bin -o -name obj \) -prune -o -type f "$@" -print)
}

# The stamp has the time when the build started, and a checksum of the names of the sources, because a source may have been deleted.
has_changed() {
    [ ! -f "$stamp" ] || [ ! -f "$function" ] || [ ! -f "$root/package-set.props" ] \
        || [ "$(sources | cksum)" != "$(cat "$stamp")" ] || [ -n "$(sources -newer "$stamp")" ]
}

# In a subshell: the photos' paths are relative to the caller's folder, not to the repository.
build() (
    cd "$root"
    if [ -f "$stamp" ]; then echo "Building the changes…"; else echo "Building: about half a minute the first time…"; fi
    . .ci/package-set.sh
    started=$(mktemp)
    trap 'rm -f "$started"' EXIT
    for project in src/ResizeImage local/ResizeImage.Local; do
        if ! built=$(dotnet build "$project" -c Release -f "$framework" -p:LambdaFramework="$framework" --nologo -v q 2>&1); then
            echo "$built"
            exit 1
        fi
    done
    sources | cksum > "$stamp"
    touch -r "$started" "$stamp"
)
if has_changed; then
    build >&2
fi

exec dotnet "${stamp%/built}/ResizeImage.Local.dll" --function "$function" "$@"
