#!/usr/bin/env python3
"""Measures the memory for one thumbnail: the peak resident size of the native thumbnail executable, and the size of the photo's file.

  bench/memory.py [DIR] [--synthesize MEGAPIXELS]    DIR: JPEG photos, ../shared/corpus/photos if none is given

The first line is the executable without a photo: the runtime's own share. bench/README.md explains the figures.
"""

import argparse
import math
import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
THUMBNAIL = ROOT / "artifacts/cli/thumbnail"
MB = 1_000_000


def peak(*arguments):
    """The peak resident bytes of the executable. GNU time starts it, because Linux counts the parent's memory, and Python has too much."""
    with tempfile.NamedTemporaryFile("r") as answer:
        command = ["/usr/bin/time", "--format", "%M", "--quiet", "--output", answer.name, THUMBNAIL, *arguments]
        subprocess.run(command, stdout=subprocess.DEVNULL, check=True)
        return int(answer.read()) * 1024


def synthesize(photo, megapixels):
    """A baseline JPEG of that many megapixels, in which the photo repeats across and down."""
    path = ROOT / f"artifacts/synthetic-{megapixels}mp.jpg"
    ppm = subprocess.run(["djpeg", "-rgb", photo], check=True, stdout=subprocess.PIPE).stdout
    width, height = map(int, ppm.split(maxsplit=3)[1:3])
    rows = memoryview(ppm)[-3 * width * height :]
    wide = round(math.sqrt(megapixels * MB * width / height))
    tall = megapixels * MB // wide
    encoder = subprocess.Popen(["cjpeg", "-quality", "90", "-outfile", path], stdin=subprocess.PIPE)
    encoder.stdin.write(b"P6 %d %d 255\n" % (wide, tall))
    for y in range(tall):
        start = y % height * width * 3
        row = bytes(rows[start : start + width * 3])
        encoder.stdin.write((row * (wide // width + 1))[: wide * 3])
    encoder.stdin.close()
    if encoder.wait():
        sys.exit("cjpeg failed; what it said stands above.")
    return path


def main():
    parser = argparse.ArgumentParser(description="Peak resident memory of the thumbnail executable, photo by photo.")
    parser.add_argument("photos", type=Path, nargs="?", default=ROOT / "../shared/corpus/photos", help="folder of JPEG photos")
    parser.add_argument("--synthesize", type=int, metavar="MEGAPIXELS", help="also measure a baseline JPEG of this size, made of the first photo")
    arguments = parser.parse_args()
    photos = sorted(arguments.photos.glob("*.jpg"))
    if not photos:
        sys.exit(f"There are no .jpg files in {arguments.photos}. Give a folder of photos.")
    subprocess.run([ROOT / "bench/prepare.sh"], stdout=sys.stderr, check=True)
    if arguments.synthesize:
        photos.append(synthesize(photos[0], arguments.synthesize))

    base = peak("--version")
    print(f"{'MB (of 1,000,000 bytes)':24}{'file':>9}{'peak':>9}{'peak - file':>13}{'- base':>9}")
    print(f"{'thumbnail --version':24}{'':9}{base / MB:9.1f}")
    for photo in photos:
        size = photo.stat().st_size
        most = peak("make", photo, os.devnull, "--format", "jpeg")
        print(f"{photo.stem:24}{size / MB:9.1f}{most / MB:9.1f}{(most - size) / MB:13.1f}{(most - size - base) / MB:9.1f}")


if __name__ == "__main__":
    try:
        main()
    except FileNotFoundError as error:
        sys.exit(f"{error.filename} is missing. bench/README.md says where it comes from.")
    except subprocess.CalledProcessError as error:
        sys.exit(f"{' '.join(map(str, error.cmd))} ended with exit code {error.returncode}; what it said stands above.")
