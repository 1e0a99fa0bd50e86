#!/usr/bin/env bash
# Packages the function for AWS Lambda as a Native AOT executable for this machine's processor architecture, without Docker:
#   ./package.sh                      writes artifacts/function.zip, which template.yaml deploys (docs/deployment.md)
#   ./package.sh --framework net8.0   does the same with .NET 8; the default is net10.0, which gets security updates until November 2028
#   HEVC=false ./package.sh           leaves out the HEVC decoder (docs/formats.md, HEIC and patents)
# It needs Linux with the .NET SDK, gcc or clang, objdump (binutils), the headers of zlib, and zip; with advzip (advancecomp) the zip
# is 3 % smaller. The same sources and tools give the same bytes.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
default_framework=net10.0
. .ci/framework.sh

case $(uname -sm) in
    "Linux x86_64") rid=linux-x64 architecture=x86_64 ;;
    "Linux aarch64") rid=linux-arm64 architecture=arm64 ;;
    *)
        echo "Native AOT executables for Lambda are made on Linux on x86-64 or Arm64; this is $(uname -sm). There, deploy for the managed runtime: dotnet lambda deploy-function (docs/deployment.md)." >&2
        exit 1
        ;;
esac
for program in zip objdump; do
    command -v "$program" >/dev/null || { echo "The program $program is missing; it is in the package zip or binutils of your distribution." >&2; exit 1; }
done

. .ci/package-set.sh
# The executable contains neither this folder's path nor the commit: the same sources give the same bytes in any folder.
export PathMap="$PWD=/_"
dotnet publish src/ResizeImage -c Release -f "$framework" -r "$rid" -p:PublishAot=true -p:IncludeSourceRevisionInInformationalVersion=false \
    -o artifacts/aot --nologo -v q
.ci/check-aot.sh artifacts/aot/ResizeImage

# Zips a copy, because zip stores times: the copy gets the earliest time that a zip can store. -X omits the file's owner.
folder=$(mktemp -d)
trap 'rm -r "$folder"' EXIT
install -m 755 artifacts/aot/ResizeImage "$folder/ResizeImage"
TZ=UTC touch -d 1980-01-01T00:00:00 "$folder/ResizeImage"
(cd "$folder" && TZ=UTC zip -q -X -9 function.zip ResizeImage)
if command -v advzip >/dev/null; then
    advzip --recompress --shrink-extra --quiet "$folder/function.zip"
fi
mv "$folder/function.zip" artifacts/function.zip

runtime=dotnet${framework#net} # any .NET runtime of Lambda would start it; the newest is supported longest
cat <<END
artifacts/function.zip: $(stat -c %s artifacts/function.zip) bytes, $framework, SDK $(dotnet --version)
To deploy everything:         sam deploy --guided --parameter-overrides Architecture=$architecture
To deploy the function alone: dotnet lambda deploy-function ResizeImage --package artifacts/function.zip --function-handler ResizeImage --function-runtime ${runtime%.0} --function-architecture $architecture
END
