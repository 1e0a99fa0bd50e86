#!/usr/bin/env bash
# Times three thumbnails of each photo of a folder from one decoding, beside sharp's ways to make them:
#   bench/outputs.sh [--framework net8.0] [DIR]     DIR: JPEG photos, ../shared/corpus/photos if none is given
# bench/README.md explains the figures.
set -euo pipefail
bench=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
default_framework=net10.0
. "$bench/../.ci/framework.sh"

photos=${1:-$bench/../../shared/corpus/photos}
if ! ls "$photos"/*.jpg >/dev/null 2>&1; then
    echo "There are no .jpg files in $photos. Give a folder of photos: bench/outputs.sh [DIR]" >&2
    exit 1
fi

"$bench/prepare.sh" --framework "$framework" >&2
python3 "$bench/peers/outputs.py" "$photos"
