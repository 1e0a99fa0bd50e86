#!/usr/bin/env bash
# Measures thumbnails on request: 100 photos behind the function's URL, each requested once while its thumbnail is missing, then 10,000 requests;
# beside the same on Node.js and sharp, in the same local cloud:
#   bench/serving.sh [--memory MB] [DIR]     DIR: JPEG photos, ../shared/corpus/photos if none is given
# With --memory, the function gets the processor time of Lambda for that memory (root, control groups). bench/README.md explains the figures.
set -euo pipefail
bench=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
memory=
if [ "${1:-}" = --memory ]; then
    memory=$2
    shift 2
fi
photos=$(realpath "${1:-$bench/../../shared/corpus/photos}")
framework=net10.0
. "$bench/functions.sh"
artifacts/peers/node_modules/.bin/esbuild bench/peers/sharp_url.js --bundle --minify --platform=node --external:sharp \
    --log-level=error --outfile=artifacts/peers/sharp_url.js
chmod +x artifacts/peers/sharp_url.js
dotnet build local/ResizeImage.Local -c Release -p:LambdaFramework=$framework --nologo -v q
export NODE_PATH=$PWD/artifacts/tools/node_modules
node "$bench/serving.mjs" "$photos" "${memory:-0}" ours=artifacts/aot/ResizeImage sharp=artifacts/peers/sharp_url.js
