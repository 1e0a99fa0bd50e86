#!/usr/bin/env bash
# Checks a Native AOT executable before it is deployed: .ci/check-aot.sh FILE
# - it needs at most GLIBC 2.34, the version of Amazon Linux 2023; with a newer one it fails at startup, in Lambda only;
# - it uses 256-bit registers (x86-64 only): without IlcInstructionSet those paths are dead, and only the time shows it.
set -euo pipefail

file=${1:?usage: .ci/check-aot.sh FILE}
limit=2.34

needed=$(objdump -T "$file" | grep -o 'GLIBC_[0-9.]*' | sed 's/GLIBC_//' | sort -Vu | tail -n 1)
if [ -z "$needed" ] || [ "$(printf '%s\n' "$needed" "$limit" | sort -V | tail -n 1)" != "$limit" ]; then
  echo "$file needs GLIBC ${needed:-unknown}; Lambda has $limit. Publish it on an older distribution." >&2
  exit 1
fi

# Counts all matches, because grep -q would break the pipe.
wide=$(objdump -d "$file" | grep -c '%ymm' || true)
if [[ $(objdump -f "$file") == *elf64-x86-64* ]] && [ "$wide" -lt 1000 ]; then
  echo "$file has $wide instructions on 256-bit registers; expected thousands. Is IlcInstructionSet set (src/Directory.Build.props)?" >&2
  exit 1
fi

echo "$file: GLIBC $needed, $wide instructions on 256-bit registers, $(stat -c %s "$file") bytes"
