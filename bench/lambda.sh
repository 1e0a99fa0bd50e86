#!/usr/bin/env bash
# Measures the whole function and the same function on Node.js and sharp with the processor time that Lambda gives, and an S3 that is as far away:
#   bench/lambda.sh [--framework net8.0] [--as FORMAT] [OPTION]... [DIR]     DIR: JPEG photos, ../shared/corpus/photos if none is given
# Options: --memory MB,MB... --first-byte MS --bandwidth MB/S --head MS --put MS --tls on|off --rounds N --cold N
# With --as, on copies of the photos: progressive, png, webp... bench/README.md explains the figures. Needs root, for control groups.
set -euo pipefail
bench=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
default_framework=net10.0 # the default of package.sh
. "$bench/../.ci/framework.sh"

format=
options=()
while [[ "${1:-}" == --* ]]; do
    if [ "$1" = --as ]; then
        format=$2
    else
        options+=("$1" "$2")
    fi
    shift 2
done
photos=$(realpath "${1:-$bench/../../shared/corpus/photos}")
. "$bench/functions.sh"

. "$bench/copies.sh"
"$end_to_end" lambda "${options[@]}" "$photos" "${functions[@]}"
