#!/usr/bin/env bash
# Runs the commands that README.md shows for this machine, in the order of the README: a photo's thumbnail by ./run.sh, then an upload and a
# size on request by curl, with the ports of the README. ./test.sh is what calls for this.
#   .ci/check-readme.sh FRAMEWORK
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
framework=$1 photo=$PWD/test/samples/photos/valley.jpg

folder=$(mktemp -d)
served=
trap '[ -z "$served" ] || { kill "$served"; wait "$served" || true; }; rm -r "$folder"' EXIT

grep -q '^\./run\.sh PHOTO\.\.\. ' README.md
./run.sh --framework "$framework" --out "$folder/thumbnails" "$photo"
test -s "$folder/thumbnails/valley.jpg"

size=$(sed -n 's/^With `\(THUMBNAIL_SIZE=[^ ]*\) \.\/run\.sh`.*/\1/p' README.md)
env "$size" ./run.sh --framework "$framework" --data "$folder/data" > "$folder/log" 2>&1 &
served=$!
for _ in $(seq 120); do
    grep -q 'Ctrl-C stops' "$folder/log" && break
    kill -0 "$served" 2> /dev/null || break
    sleep 1
done
grep -q 'Ctrl-C stops' "$folder/log" || { cat "$folder/log" >&2; exit 1; }
cp "$photo" "$folder/photo.jpg"
commands=$(grep '^curl ' README.md)
test "$(wc -l <<< "$commands")" -eq 2
(cd "$folder" && NO_PROXY=127.0.0.1 bash -euo pipefail -c "$(sed '1s/$/ --fail --silent\nsleep 3/; $s/curl /curl --fail --silent /' <<< "$commands")")
dotnet run --project src/ResizeImage.Cli -c Release -p:LambdaFramework="$framework" -- info "$folder/large.jpg" | grep -q '^format *Jpeg'
echo "README: its commands do what it says"
