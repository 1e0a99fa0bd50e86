#!/usr/bin/env bash
# Packs the engine and the command line, and uses both from a local feed as their users do: the program of the engine's README on .NET 8
# and .NET 10, and dotnet tool install. The packages stay in artifacts/packages.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

rm -rf artifacts/packages
for project in src/ResizeImage.Imaging src/ResizeImage.Cli; do
    PathMap="$PWD=/_" dotnet pack "$project" -c Release -p:LambdaFramework=net8.0 -p:IncludeSourceRevisionInInformationalVersion=false -o artifacts/packages --nologo -v q
done

folder=$(mktemp -d)
trap 'rm -r "$folder"' EXIT
feed=$PWD/artifacts/packages photo=$PWD/test/samples/photos/valley.jpg
export NUGET_PACKAGES=$folder/cache # Without packages of the same version from an earlier run.
version=$(sed -n 's/.*<Version>\(.*\)<\/Version>.*/\1/p' Directory.Build.props)

# The program that the README shows.
sed -n '/^```csharp$/,/^```$/{/^```/d;p}' src/ResizeImage.Imaging/README.md > "$folder/Program.cs"
cat > "$folder/program.csproj" <<END
<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup>
    <OutputType>Exe</OutputType>
    <TargetFrameworks>net8.0;net10.0</TargetFrameworks>
    <RollForward>Major</RollForward>
    <ImplicitUsings>enable</ImplicitUsings>
    <Nullable>enable</Nullable>
    <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
    <RestoreAdditionalProjectSources>$feed</RestoreAdditionalProjectSources>
  </PropertyGroup>
  <ItemGroup><PackageReference Include="ResizeImage.Imaging" Version="[$version]" /></ItemGroup>
</Project>
END
dotnet build "$folder/program.csproj" -c Release --nologo -v q
for framework in net8.0 net10.0; do
    (cd "$folder" && cp "$photo" photo.jpg && dotnet "bin/Release/$framework/program.dll")
    dotnet run --project src/ResizeImage.Cli -c Release --no-build -p:LambdaFramework=net8.0 -- info "$folder/thumbnail.jpg" | grep -q '300 x 200\|300 × 200\|300x200' ||
        { echo "The program of the engine's README made no thumbnail of 300 by 200 on $framework." >&2; exit 1; }
    rm "$folder/thumbnail.jpg"
done

dotnet tool install ResizeImage.Cli --version "$version" --tool-path "$folder/tools" --add-source "$feed"
"$folder/tools/thumbnail" make "$photo" "$folder/thumbnail.jpg" --size 300x200
test -s "$folder/thumbnail.jpg"
for package in artifacts/packages/*.nupkg; do
    for entry in README.md '*.nuspec'; do
        unzip -l "$package" "$entry" > /dev/null || { echo "$package has no $entry." >&2; exit 1; }
    done
done
unzip -l "artifacts/packages/ResizeImage.Imaging.$version.nupkg" 'lib/*/ResizeImage.Imaging.xml' > /dev/null
echo "packages: $(cd artifacts/packages && ls | tr '\n' ' ')"
