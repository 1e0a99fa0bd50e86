#!/usr/bin/env bash
# Times ours, sharp, Pillow and djpeg side by side on each photo of a folder:
#   bench/peers.sh [--framework net8.0] [--as FORMAT] [DIR]     DIR: JPEG photos, ../shared/corpus/photos if none is given
# With --as, on copies of them: progressive, png, webp, webp-lossless, gif or bmp. bench/README.md explains the figures.
set -euo pipefail
bench=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
default_framework=net10.0
. "$bench/../.ci/framework.sh"

format=
if [ "${1:-}" = --as ]; then
    format=${2:-}
    shift 2
fi
photos=${1:-$bench/../../shared/corpus/photos}
if ! ls "$photos"/*.jpg >/dev/null 2>&1; then
    echo "There are no .jpg files in $photos. Give a folder of photos: bench/peers.sh [--as FORMAT] [DIR]" >&2
    exit 1
fi

"$bench/prepare.sh" --framework "$framework" >&2
. "$bench/copies.sh"
python3 "$bench/peers/compare.py" "$photos"
