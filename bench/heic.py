#!/usr/bin/env python3
"""Measures thumbnails of HEIC photos against vipsthumbnail with libheif and libde265.

Both make 200×200 thumbnails from the whole image, each in its own process: vipsthumbnail gets a copy whose references to an embedded thumbnail
are renamed, because it would use the embedded one. The figure is the processor time of the process, all threads, so other load on the machine
and parallel decoding do not change it. The programs take turns.

bench/README.md says what is needed.
"""

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
THUMBNAIL = ROOT / "artifacts/cli/thumbnail"


def milliseconds(*command):
    """User and system time of a program; None if it fails."""
    environment = {**os.environ, "VIPS_CONCURRENCY": "1"}
    process = subprocess.Popen([str(part) for part in command], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment)
    _, status, usage = os.wait4(process.pid, 0)
    return None if status else 1000 * (usage.ru_utime + usage.ru_stime)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("dir", nargs="?", default=ROOT.parent / "shared/corpus/heif/heic", type=Path, help="folder of *.heic")
    parser.add_argument("--turns", default=7, type=int)
    arguments = parser.parse_args()
    if not THUMBNAIL.exists():
        sys.exit(f"{THUMBNAIL} is missing: run bench/prepare.sh.")
    ratios = []
    print("| photo | ours, ms | vipsthumbnail, ms | ratio |\n|---|--:|--:|--:|")
    with tempfile.TemporaryDirectory() as folder:
        for photo in sorted(arguments.dir.glob("*.heic")):
            copy = Path(folder) / photo.name
            copy.write_bytes(photo.read_bytes().replace(b"thmb", b"free", 1))
            output = Path(folder) / "thumbnail.jpg"
            ours, peer = [], []
            for _ in range(arguments.turns):
                ours.append(milliseconds(THUMBNAIL, "make", photo, output))
                peer.append(milliseconds("vipsthumbnail", copy, "--size", "200x200", "--smartcrop", "centre", "-o", f"{output}[Q=80]"))
            if None in ours + peer:
                print(f"| {photo.stem} | {'fails' if None in ours else ''} | {'fails' if None in peer else ''} | |", flush=True)
                continue
            mine, other = statistics.median(ours), statistics.median(peer)
            ratios.append(mine / other)
            print(f"| {photo.stem} | {mine:.0f} | {other:.0f} | {mine / other:.2f} |", flush=True)
    print(f"\nratio: mean {statistics.mean(ratios):.2f}, worst {max(ratios):.2f}")


main()
