#!/usr/bin/env bash
# Checks the output of "dotnet publish -r linux-x64 --self-contained false" for the managed runtime: .ci/check-managed.sh FOLDER
# The managed runtime starts Amazon.Lambda.RuntimeSupport with the function's deps.json; one that names another
# RuntimeSupport fails at startup with "Entry point not found", in Lambda only.
set -euo pipefail

folder=${1:?usage: .ci/check-managed.sh FOLDER}
for file in ResizeImage.dll ResizeImage.deps.json ResizeImage.runtimeconfig.json; do
  [ -f "$folder/$file" ] || { echo "$folder has no $file" >&2; exit 1; }
done

if [ -e "$folder/Amazon.Lambda.RuntimeSupport.dll" ] || grep -q 'Amazon.Lambda.RuntimeSupport' "$folder/ResizeImage.deps.json"; then
  echo "$folder brings its own Amazon.Lambda.RuntimeSupport; see src/ResizeImage/ResizeImage.csproj" >&2
  exit 1
fi

echo "$folder: ready for the managed runtime, $(du -sb "$folder" | cut -f1) bytes"
