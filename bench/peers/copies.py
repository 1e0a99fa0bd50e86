"""Converts the JPEG photos of a folder to another format, without rotation: copies.py FORMAT PHOTOS COPIES. bench/peers.sh starts it."""

import subprocess
import sys
from pathlib import Path

from PIL import Image


def save(photo, copies, suffix, **options):
    with Image.open(photo) as image:
        image.convert("RGB").save(copies / f"{photo.stem}{suffix}", **options)


FORMATS = {
    "progressive": lambda photo, copies: subprocess.run(
        ["jpegtran", "-progressive", "-copy", "all", "-outfile", copies / photo.name, photo], check=True
    ),
    "png": lambda photo, copies: save(photo, copies, ".png"),
    "webp": lambda photo, copies: save(photo, copies, ".webp", quality=80),
    "webp-lossless": lambda photo, copies: save(photo, copies, ".webp", lossless=True, method=2),
    "gif": lambda photo, copies: save(photo, copies, ".gif"),
    "bmp": lambda photo, copies: save(photo, copies, ".bmp"),
}


if __name__ == "__main__":
    name, source, target = sys.argv[1:]
    if name not in FORMATS:
        sys.exit(f"No format {name}; there are {', '.join(FORMATS)}.")
    for each in sorted(Path(source).glob("*.jpg")):
        FORMATS[name](each, Path(target))
