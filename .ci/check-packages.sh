#!/usr/bin/env bash
# Checks the NuGet packages:
#   .ci/check-packages.sh            each project restores exactly the packages of its lock file, and none with a High or Critical advisory
#   .ci/check-packages.sh --update   writes the lock files (packages.SET.lock.json) after a change of Directory.Packages.props
# Only the package set that restores in every registry has lock files (packages.offline.lock.json); benchmarks have none.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
. .ci/package-set.sh

mode=-p:RestoreLockedMode=true
[ "${1:-}" != --update ] || mode=--force-evaluate
if [ "$package_set" = offline ]; then
    for project in src/*/*.csproj test/*/*.csproj local/*/*.csproj; do
        # Omits the analyzers, because their version is that of the SDK.
        dotnet restore "$project" -p:CheckPackages=true -p:IsAotCompatible=false "$mode" --nologo -v q
    done
    echo "packages: as locked"
fi

# Prints the severities of the advisories on the packages of a project or solution, one per line.
advisories() {
    dotnet restore "$1" --nologo -v q >&2
    dotnet list "$1" package --vulnerable --include-transitive --format json | sed -n 's/.*"severity": "\(.*\)".*/\1/p'
}

# A registry without advisories reports nothing. One that has them reports this version: GHSA-5crp-9r3c-p9vr, High.
known=$(mktemp -d)
trap 'rm -r "$known"' EXIT
cat > "$known/known.csproj" <<'END'
<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup><TargetFramework>net10.0</TargetFramework><NuGetAudit>false</NuGetAudit></PropertyGroup>
  <ItemGroup><PackageReference Include="Newtonsoft.Json" Version="[12.0.1]" /></ItemGroup>
</Project>
END
if [ -z "$(advisories "$known/known.csproj")" ]; then
    echo "packages: not checked for advisories, because this registry has none"
elif advisories ResizeImage.sln | grep -E 'High|Critical'; then
    echo "A package has a High or Critical advisory: dotnet list package --vulnerable --include-transitive. Choose a fixed version in Directory.Packages.props, then .ci/check-packages.sh --update" >&2
    exit 1
else
    echo "packages: no High or Critical advisory"
fi
