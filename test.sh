#!/usr/bin/env bash
# Builds and tests everything. The last line is: tests: N passed, N failed, N skipped
#   ./test.sh                       on .NET 8, or on a newer .NET if 8 is missing
#   ./test.sh --framework net10.0   built for .NET 10
#   CONFIGURATION=Debug ./test.sh test/ResizeImage.Imaging.Tests     one suite or several, here with the assertions of Debug
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")" || exit 1
. .ci/framework.sh
. .ci/package-set.sh

configuration=${CONFIGURATION:-Release}
[ $# -gt 0 ] || set -- test/*.Tests local/*.Tests

# The name and the message of each failed test of a results file.
failures() {
    awk '
        /<UnitTestResult .*outcome="Failed"/ { name = $0; sub(/.* testName="/, "", name); sub(/" .*/, "", name); print "FAILED " name }
        /<Message>/ { message = name != "" }
        message { line = $0; gsub(/ *<\/?Message>/, "", line); print "    " line }
        /<\/Message>/ { message = 0 }
        /<\/UnitTestResult>/ { name = "" }' "$1" | sed 's/&quot;/"/g; s/&lt;/</g; s/&gt;/>/g; s/&amp;/\&/g'
}

passed=0 failed=0 skipped=0 missing= failed_tests=
for suite in "$@"; do
    if [ "$suite" = test/ResizeImage.ImageSharp.Tests ] && [ "${ImageSharp:-}" != true ]; then
        echo "$suite: skipped; ImageSharp=true ./test.sh runs it where SixLabors.ImageSharp restores"
        continue
    fi
    # Test runners keep the format of the results file, not that of the console output.
    results=$(mktemp -d)
    dotnet build "$suite" -c "$configuration" -p:LambdaFramework="$framework" --nologo -v q \
        && dotnet test "$suite" -c "$configuration" -p:LambdaFramework="$framework" --no-build --nologo \
            --logger "trx;LogFileName=results.trx" --results-directory "$results" \
        || failed_suite=$suite
    counters=$(grep -o '<Counters [^>]*>' "$results/results.trx" 2>/dev/null)
    missing+=$(grep -o '>needs [^<]*' "$results/results.trx" 2>/dev/null | cut -c 2-)$'\n'
    failed_tests+=$(failures "$results/results.trx" 2>/dev/null)$'\n'
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

# A runner that exits with an error after its last test has passed is a failure, too.
if [ "$failed" -eq 0 ] && [ -n "${failed_suite:-}" ]; then
    echo "$failed_suite ended with an error." >&2
    failed=1
fi
if [ "$skipped" -gt 0 ]; then
    echo "Skipped, because these requirements are missing; .ci/run installs them:"
    sort <<< "$missing" | sed '/^$/d' | uniq -c
fi
# Once more where they are found: below the thousands of lines of the suites.
sed '/^$/d' <<< "$failed_tests"
echo "tests: $passed passed, $failed failed, $skipped skipped"
[ "$failed" -eq 0 ]
