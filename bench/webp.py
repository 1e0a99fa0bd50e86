#!/usr/bin/env python3
"""Measures the WebP encoder against cwebp: SSIMULACRA2 at equal bytes.

Each photo is resized once, by Pillow with Lanczos. cwebp encodes it with -q 75 -m 4; ours gets the highest quality whose file is not larger.
dwebp decodes both, and SSIMULACRA2 compares them with the resized photo. The figures are deterministic.

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


def run(*command):
    process = subprocess.run([str(part) for part in command], capture_output=True)
    if process.returncode:
        sys.exit(f"{command[0]} failed:\n{process.stderr.decode(errors='replace')}")
    return process.stdout


def ssimulacra2(reference, webp):
    decoded = webp.with_suffix(".decoded.png")
    run("dwebp", "-quiet", webp, "-o", decoded)
    return float(run(os.environ.get("SSIMULACRA2", "ssimulacra2"), reference, decoded).split()[0])


def encode(reference, quality, side, webp):
    """Ours: the image is not larger than the size, so its pixels stay as they are."""
    run(THUMBNAIL, "make", reference, webp, "--size", f"{side}x{side}", "--fit", "inside", "--format", "webp", "--quality", quality)
    return webp.stat().st_size


def highest_quality(reference, side, most, webp):
    """Encodes with the highest quality that has at most so many bytes."""
    low, high = 1, 100
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if encode(reference, middle, side, webp) <= most else (low, middle - 1)
    encode(reference, low, side, webp)
    return low


def main():
    from PIL import Image

    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("dir", nargs="?", default=ROOT.parent / "shared/corpus/photos", type=Path, help="folder of *.jpg or *.png")
    parser.add_argument("--sides", default="200,400,800", help="the longer side in pixels, several with commas")
    parser.add_argument("--quality", default=75, type=int, help="of cwebp")
    arguments = parser.parse_args()
    if not THUMBNAIL.exists():
        sys.exit(f"{THUMBNAIL} is missing: run bench/prepare.sh.")
    print("| side | photos | bytes, ours / cwebp | SSIMULACRA2 ours | cwebp | difference: mean | worst |\n|--:|--:|--:|--:|--:|--:|--:|")
    with tempfile.TemporaryDirectory() as folder:
        reference, theirs, ours = (Path(folder) / name for name in ("reference.png", "theirs.webp", "ours.webp"))
        for side in map(int, arguments.sides.split(",")):
            rows = []
            for photo in sorted([*arguments.dir.glob("*.jpg"), *arguments.dir.glob("*.png")]):
                image = Image.open(photo).convert("RGB")
                image.thumbnail((side, side), Image.LANCZOS, reducing_gap=None)
                image.info.clear()
                image.save(reference)
                run("cwebp", "-quiet", "-q", arguments.quality, "-m", 4, reference, "-o", theirs)
                highest_quality(reference, side, theirs.stat().st_size, ours)
                rows.append((ours.stat().st_size / theirs.stat().st_size, ssimulacra2(reference, ours), ssimulacra2(reference, theirs)))
            sizes, mine, other = (statistics.mean(column) for column in zip(*rows))
            worst = min(row[1] - row[2] for row in rows)
            print(f"| {side} | {len(rows)} | {sizes:.3f} | {mine:.2f} | {other:.2f} | {mine - other:+.2f} | {worst:+.2f} |", flush=True)


main()
