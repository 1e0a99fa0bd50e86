#!/usr/bin/env bash
# Times ours, sharp, Pillow and djpeg side by side on each photo of a folder:
#   bench/peers.sh [--progressive] [DIR]     DIR: JPEG photos, ../shared/corpus/photos if none is given
# With --progressive, on progressive copies of them, made by jpegtran. bench/README.md says what is measured.
set -euo pipefail
bench=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)

progressive=false
if [ "${1:-}" = --progressive ]; then
    progressive=true
    shift
fi
photos=${1:-$bench/../../shared/corpus/photos}
if ! ls "$photos"/*.jpg >/dev/null 2>&1; then
    echo "There are no .jpg files in $photos. Give a folder of photos: bench/peers.sh [--progressive] [DIR]" >&2
    exit 1
fi

"$bench/prepare.sh" >&2
if $progressive; then
    copies=$(mktemp -d)
    trap 'rm -r "$copies"' EXIT
    for photo in "$photos"/*.jpg; do
        jpegtran -progressive -copy all -outfile "$copies/$(basename "$photo")" "$photo"
    done
    photos=$copies
fi
python3 "$bench/peers/compare.py" "$photos"
