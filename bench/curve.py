#!/usr/bin/env python3
"""Draws the curves of encoders: bytes per pixel against SSIMULACRA2, at several sizes and qualities.

All encoders get the same bitmap: the thumbnail of quality.py's ideal resizer, as PNG. So the curves compare encoding alone. The second table of a
size has, at equal SSIMULACRA2, each encoder's bytes in percent of sharp's.

bench/README.md lists its requirements and explains the figures.
"""

import argparse
import math
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np
from PIL import Image

import quality

SCORES = [60, 65, 70, 75, 80, 85, 90]


# The encoders: each writes a file for every quality


def ours(thumbnail):
    def encode(png, folder, qualities):
        for q in qualities:
            size = "x".join(map(str, Image.open(png).size))
            quality.run(thumbnail, "make", png, folder / f"{q}.jpg", "--size", size, "--format", "jpeg", "--quality", str(q))

    return encode


def sharp(mozjpeg):
    def encode(png, folder, qualities):
        lines = "".join(f"{png}\t{folder / f'{q}.jpg'}\t{q}\t{mozjpeg}\n" for q in qualities)
        environment = os.environ | {"NODE_PATH": str(quality.SHARP)}
        quality.run("node", quality.ROOT / "bench/peers/sharp_encoder.js", input=lines.encode(), env=environment)

    return encode


def cjpeg(png, folder, qualities):
    ppm = folder / "in.ppm"
    Image.open(png).save(ppm)
    for q in qualities:
        quality.run("cjpeg", "-quality", str(q), "-optimize", "-outfile", folder / f"{q}.jpg", ppm)


def cwebp(png, folder, qualities):
    for q in qualities:
        quality.run("cwebp", "-quiet", "-q", str(q), png, "-o", folder / f"{q}.webp")


# The curves


def curve(encode, png, folder, qualities):
    """For each quality the bytes per pixel and SSIMULACRA2."""
    folder.mkdir()
    encode(png, folder, qualities)
    width, height = Image.open(png).size
    points = []
    for q in qualities:
        file = next(folder.glob(f"{q}.*"))
        decoded = folder / "decoded.png"
        pixels = quality.decode(file) if file.suffix == ".jpg" else np.asarray(Image.open(file).convert("RGB"))
        Image.fromarray(pixels).save(decoded)
        points.append((file.stat().st_size / (width * height), quality.ssimulacra2(png, decoded)))
    return points


def bytes_at(points, score):
    """The bytes per pixel that an encoder needs for a score, between two qualities on a logarithmic scale; nan outside of its curve."""
    for (few, low), (many, high) in zip(points, points[1:]):
        if low <= score <= high:
            return few * (many / few) ** ((score - low) / max(high - low, 1e-9))
    return math.nan


def measure(photos, size, encoders, qualities, folder):
    """The points of each encoder and photo."""
    quality.SIZE = size
    curves = {name: [] for name in encoders}
    for photo in photos:
        pixels = quality.upright(quality.decode(photo), photo)
        if min(pixels.shape[:2]) < size:
            continue
        png = folder / f"{photo.stem}-{size}.png"
        Image.fromarray(quality.ideal_thumbnail(pixels, quality.KERNELS["lanczos3"], quality.exact_crop)).save(png)
        for name, encode in encoders.items():
            curves[name].append(curve(encode, png, folder / f"{photo.stem}-{size}-{name}", qualities))
        print(".", end="", file=sys.stderr, flush=True)
    print(file=sys.stderr)
    return curves


def report(size, curves, qualities):
    photos = len(next(iter(curves.values())))
    print(f"\n{size}x{size}, {photos} photos: bytes per pixel / SSIMULACRA2 (mean) by quality")
    print(f"{'':14}" + "".join(f"{q:>14}" for q in qualities))
    for name, points in curves.items():
        means = np.mean(points, axis=0)
        print(f"{name:14}" + "".join(f"{f'{b:.3f} / {s:.1f}':>14}" for b, s in means))

    print(f"\n{size}x{size}: bytes in percent of sharp's at equal SSIMULACRA2 (geometric mean of the photos whose curves have it)")
    print(f"{'':14}" + "".join(f"{s:>8}" for s in SCORES))
    for name, points in curves.items():
        row = []
        for score in SCORES:
            ratios = [bytes_at(own, score) / bytes_at(peer, score) for own, peer in zip(points, curves["sharp"])]
            ratios = [r for r in ratios if not math.isnan(r)]
            row.append(f"{100 * np.exp(np.mean(np.log(ratios))):8.0f}" if ratios else f"{'-':>8}")
        print(f"{name:14}" + "".join(row))


def main():
    parser = argparse.ArgumentParser(description="Bytes per pixel against SSIMULACRA2: ours, sharp, sharp with mozjpeg, cjpeg and cwebp.")
    parser.add_argument("photos", type=Path, nargs="?", default=quality.ROOT / "../shared/corpus/photos", help="folder of JPEG photos in sRGB")
    parser.add_argument("--sizes", type=int, nargs="+", default=[200, 400, 800])
    parser.add_argument("--qualities", type=int, nargs="+", default=[40, 50, 60, 70, 75, 80, 85, 90, 95])
    parser.add_argument("--other", type=Path, help="another build of the executable thumbnail, as one more encoder")
    arguments = parser.parse_args()
    photos = sorted(arguments.photos.glob("*.jpg"))
    if not photos:
        sys.exit(f"There are no .jpg files in {arguments.photos}. Give a folder of photos.")
    subprocess.run([quality.ROOT / "bench/prepare.sh"], stdout=sys.stderr, check=True)
    encoders = {"ours": ours(quality.THUMBNAIL), "sharp": sharp("false"), "sharp mozjpeg": sharp("true"), "cjpeg": cjpeg, "cwebp": cwebp}
    if arguments.other:
        encoders["other"] = ours(arguments.other)
    for size in arguments.sizes:
        with tempfile.TemporaryDirectory() as folder:
            report(size, measure(photos, size, encoders, arguments.qualities, Path(folder)), arguments.qualities)


if __name__ == "__main__":
    main()
