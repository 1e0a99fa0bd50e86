#!/usr/bin/env python3
"""Counts the heads that thumbnails cut, by where they crop.

A face detector of others (@vladmandic/face-api, SSD MobileNet V1) finds the faces. A head is the box of its face and 40 % of the box's height
above it. For each photo and size, crops of the same size differ only in their place. The part of a head that a crop keeps is judged against the
most that any crop of this size could keep of it; a head counts as cut below 95 %, and as badly cut below 80 %.

bench/README.md says what is needed.
"""

import argparse
import json
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SIZES = ((200, 200), (400, 300), (300, 400))
HAIR = 0.4
SMALLEST = 0.08  # of the shorter side: smaller faces are in the background
PLACES = {
    "center": lambda free: free / 2,
    "top": lambda free: 0,
    "auto": lambda free: max(0.0, min(free, 0.3 - (1 - free) / 2)),  # CropPlacement.UpperPart
}


def heads(photo):
    """Left, top, right, bottom in fractions of the photo."""
    for x, y, width, height in photo["faces"]:
        if max(width * photo["width"], height * photo["height"]) >= SMALLEST * min(photo["width"], photo["height"]):
            yield max(0, x), max(0, y - HAIR * height), min(1, x + width), min(1, y + height)


def kept(low, high, start, length):
    """The part of an interval that is in a crop, against the most that a crop of this length can keep."""
    inside = max(0.0, min(high, start + length) - max(low, start))
    return inside / min(length, high - low)


def judge(photos):
    """For each size and shape of photo: heads, and how many each method cuts."""
    table = {}
    for photo in photos:
        shape = "portrait" if photo["height"] > photo["width"] else "landscape"
        for width, height in SIZES:
            aspect = width * photo["height"] / (height * photo["width"])
            length_x, length_y = min(1, aspect), min(1, 1 / aspect)
            if max(1 - length_x, 1 - length_y) < 0.01:
                continue
            free_x, free_y = 1 - length_x, 1 - length_y
            starts = {name: (free_x / 2, place(free_y)) for name, place in PLACES.items()}
            starts |= {f"sharp, {name}": tuple(start) for name, start in photo["crops"][f"{width}x{height}"].items()}
            row = table.setdefault((f"{width}×{height}", shape, "height" if free_y > free_x else "width"), {})
            for left, top, right, bottom in heads(photo):
                for name, (x, y) in starts.items():
                    part = kept(left, right, x, length_x) * kept(top, bottom, y, length_y)
                    counts = row.setdefault(name, [0, 0, 0])
                    counts[0] += 1
                    counts[1] += part < 0.95
                    counts[2] += part < 0.8
    return table


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("dir", type=Path, help="folder of photos with people")
    parser.add_argument("--faces", type=Path, help="a file for the faces found: read if it exists, else written")
    arguments = parser.parse_args()
    if arguments.faces and arguments.faces.exists():
        lines = arguments.faces.read_text()
    else:
        photos = sorted(str(photo) for photo in arguments.dir.iterdir() if photo.suffix.lower() in (".jpg", ".jpeg", ".png", ".webp"))
        sizes = ",".join(f"{width}x{height}" for width, height in SIZES)
        process = subprocess.run(
            ["node", ROOT / "bench/peers/faces.js", sizes, *photos], stdout=subprocess.PIPE, text=True, env=os.environ, check=False)
        lines = process.stdout
        if arguments.faces:
            arguments.faces.write_text(lines)
    found = [photo for photo in map(json.loads, lines.splitlines()) if any(heads(photo))]
    if not found:
        sys.exit("No photo has a face.")
    print(f"{len(found)} photos with {sum(len(list(heads(photo))) for photo in found)} heads\n")
    print("| size | photos | cut | heads | crop | cut heads | badly cut |\n|---|---|---|--:|---|--:|--:|")
    for (size, shape, axis), row in sorted(judge(found).items()):
        for name, (count, cut, badly) in row.items():
            print(f"| {size} | {shape} | {axis} | {count} | {name} | {cut} ({cut / count:.0%}) | {badly} ({badly / count:.0%}) |")


main()
