#!/usr/bin/env bash
# Builds and tests everything. The last line is: tests: N passed, N failed, N skipped
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")" || exit 1
. .ci/package-set.sh

passed=0 failed=0 skipped=0
for suite in test/*.Tests; do
    if [ "$package_set" = offline ] && [ "$suite" = test/ResizeImage.ImageSharp.Tests ]; then
        echo "$suite: left out, the offline set has no ImageSharp"
        continue
    fi
    # The results file, not the text on the screen, is what test runners promise to keep.
    results=$(mktemp -d)
    dotnet build "$suite" -c Release --nologo -v q \
        && dotnet test "$suite" -c Release --no-build --nologo --logger "trx;LogFileName=results.trx" --results-directory "$results" \
        || failed_suite=$suite
    counters=$(grep -o '<Counters [^>]*>' "$results/results.trx" 2>/dev/null)
    rm -r "$results"
    count() { sed -n "s/.* $1=\"\([0-9]*\)\".*/\1/p" <<< "$counters"; }
    if [ -z "$counters" ] || [ "$(count total)" -eq 0 ]; then
        echo "$suite did not build, or ran no tests." >&2
        failed=$((failed + 1))
        continue
    fi
    passed=$((passed + $(count passed)))
    failed=$((failed + $(count executed) - $(count passed)))
    skipped=$((skipped + $(count total) - $(count executed)))
done

# A runner that ends with an error after its last test has passed is no success either.
if [ "$failed" -eq 0 ] && [ -n "${failed_suite:-}" ]; then
    echo "$failed_suite ended with an error." >&2
    failed=1
fi
echo "tests: $passed passed, $failed failed, $skipped skipped"
[ "$failed" -eq 0 ]
