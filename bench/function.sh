#!/usr/bin/env bash
# Measures the whole function and the same function on Node.js and sharp, with the same S3 endpoint:
#   bench/function.sh [--framework net8.0] [DIR]     DIR: JPEG photos, ../shared/corpus/photos if none is given
# bench/README.md explains the figures.
set -euo pipefail
bench=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
default_framework=net10.0 # the default of package.sh
. "$bench/../.ci/framework.sh"
photos=$(realpath "${1:-$bench/../../shared/corpus/photos}")
. "$bench/functions.sh"
"$end_to_end" cpu "$photos" "${functions[@]}"
