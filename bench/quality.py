#!/usr/bin/env python3
"""Measures how good the thumbnails look, with the metrics of other projects.

The reference is an ideal resizer: it decodes the photo in full by libjpeg-turbo (djpeg -dct int), rotates it upright, converts it to linear
light, resamples by Lanczos3 in double precision without the part of the kernel beyond the edge, and rounds to 8-bit sRGB.
It ignores color profiles. The script compares with it, for each photo:

  resampled   ours as PNG: decoding at a reduced scale and resampling, before the JPEG encoder
  ours        ours as JPEG, at the highest quality that needs no more bytes than sharp's
  sharp       sharp's JPEG at quality 80

Each is compared with the reference of its own crop: ours crops exactly at the center, sharp at the nearest whole pixel of the thumbnail's
scale, and a shift by half a pixel must not change the figures.

bench/README.md lists its requirements and explains the figures.
"""

import argparse
import json
import math
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np
from PIL import Image, ImageOps

ROOT = Path(__file__).resolve().parent.parent
SIZE = 200
THUMBNAIL = ROOT / "artifacts/cli/thumbnail"
SHARP = ROOT / "artifacts/peers/node_modules"

KERNELS = {
    "lanczos3": (3.0, lambda x: np.sinc(x) * np.sinc(x / 3)),
    "box": (0.5, np.ones_like),
}


def run(*command, **options):
    """The standard output of another program."""
    try:
        done = subprocess.run([str(c) for c in command], capture_output=True, **options)
    except FileNotFoundError:
        sys.exit(f"{command[0]} is missing. bench/README.md says where it comes from.")
    if done.returncode:
        sys.exit(f"{command[0]} ended with exit code {done.returncode}:\n{done.stderr.decode(errors='replace')}")
    return done.stdout


# The reference


def decode(photo):
    """The photo's pixels as stored, decoded accurately: height x width x 3 bytes."""
    ppm = run("djpeg", "-dct", "int", "-rgb", photo)
    width, height = map(int, ppm.split(maxsplit=3)[1:3])
    return np.frombuffer(ppm, np.uint8, offset=len(ppm) - width * height * 3).reshape(height, width, 3)


def upright(pixels, photo):
    """Rotated by the EXIF orientation."""
    orientation = Image.open(photo).getexif().get(0x0112, 1)
    turned = Image.fromarray(pixels)
    turned.getexif()[0x0112] = orientation
    return np.asarray(ImageOps.exif_transpose(turned))


def srgb_to_linear(code):
    return np.where(code <= 0.04045, code / 12.92, ((code + 0.055) / 1.055) ** 2.4)


def linear_to_srgb(light):
    light = np.clip(light, 0, 1)
    return np.where(light <= 0.0031308, light * 12.92, 1.055 * light ** (1 / 2.4) - 0.055)


def exact_crop(length, step):
    """The start of the centered crop and the length of a thumbnail pixel, on one axis of the photo."""
    return (length - SIZE * step) / 2, step


def sharp_crop(length, step):
    """The same for sharp: it scales to whole pixels, which stretches a little, then crops at a whole pixel and rounds the left offset up."""
    scaled = math.floor(length / step + 0.5)
    return (scaled - SIZE + 1) // 2 * (length / scaled), length / scaled


def weights(length, start, step, output, kernel):
    """First input sample and weights for one output sample of an axis."""
    support, function = kernel
    stretch = max(1.0, step)
    center = start + (output + 0.5) * step
    first = max(0, math.ceil(center - support * stretch - 0.5))
    last = min(length - 1, math.floor(center + support * stretch - 0.5))
    values = function((np.arange(first, last + 1) + 0.5 - center) / stretch)
    return first, values / values.sum()


def ideal_thumbnail(pixels, kernel, crop):
    """SIZE x SIZE x 3 bytes from an upright photo."""
    height, width, _ = pixels.shape
    step = min(width, height) / SIZE
    linear = srgb_to_linear(np.arange(256) / 255)
    rows = []
    for y in range(SIZE):
        first, w = weights(height, *crop(height, step), y, kernel)
        rows.append(np.tensordot(w, linear[pixels[first : first + len(w)]], 1))
    tall = np.stack(rows)
    columns = []
    for x in range(SIZE):
        first, w = weights(width, *crop(width, step), x, kernel)
        columns.append(np.tensordot(w, tall[:, first : first + len(w)], (0, 1)))
    return np.rint(linear_to_srgb(np.stack(columns, 1)) * 255).astype(np.uint8)


# The candidates


def make_resampled(photos, folder):
    """Writes each thumbnail as PNG; returns the decoder's scale in eighths for each photo, by file name."""
    lines = run(THUMBNAIL, "bench", photos, "--size", f"{SIZE}x{SIZE}", "--focus", "center", "--format", "png", "--json", "--write", folder)
    return {result["file"]: result["eighths"] for result in map(json.loads, lines.splitlines())}


def make_sharp(photo, jpeg):
    run("node", ROOT / "bench/peers/sharp_worker.js", input=f"{photo}\t{jpeg}\n".encode(), env=os.environ | {"NODE_PATH": str(SHARP)})


def make_ours(photo, jpeg, max_bytes):
    """The highest quality that fits: from the top down, because the size does not grow with every step of quality."""
    for quality in range(100, 0, -1):
        run(THUMBNAIL, "make", photo, jpeg, "--size", f"{SIZE}x{SIZE}", "--focus", "center", "--format", "jpeg", "--quality", str(quality))
        if jpeg.stat().st_size <= max_bytes:
            return quality
    sys.exit(f"{photo.name} does not fit into {max_bytes} bytes at any quality.")


# The judges


def ssimulacra2(reference, candidate):
    return float(run(os.environ.get("SSIMULACRA2", "ssimulacra2"), reference, candidate))


def butteraugli(reference, candidate):
    """The 3-norm of the difference: 0 is identical, below 1 hardly visible; nan without the program."""
    if not shutil.which("butteraugli_main"):
        return math.nan
    return float(run("butteraugli_main", reference, candidate).split()[-1])


def psnr(reference, candidate):
    error = np.mean((np.asarray(Image.open(reference), float) - np.asarray(Image.open(candidate), float)) ** 2)
    return 10 * math.log10(255**2 / error) if error else math.inf


JUDGES = {"SSIMULACRA2": ssimulacra2, "butteraugli": butteraugli, "PSNR": psnr}


# The tables


def compare(photos, kernel, folder):
    """One row per photo: its name, scale and quality, and for each candidate its bytes and metrics."""
    rows = []
    for name, scale in make_resampled(photos, folder).items():
        photo = photos / name
        pixels = upright(decode(photo), photo)
        exact, whole = folder / "exact.png", folder / "whole.png"
        Image.fromarray(ideal_thumbnail(pixels, kernel, exact_crop)).save(exact)
        Image.fromarray(ideal_thumbnail(pixels, kernel, sharp_crop)).save(whole)

        sharp, ours = folder / "sharp.jpg", folder / "ours.jpg"
        make_sharp(photo, sharp)
        quality = make_ours(photo, ours, sharp.stat().st_size)
        figures = {
            "resampled": judge(exact, folder / f"{photo.stem}.png"),
            "ours": judge_jpeg(exact, ours),
            "sharp": judge_jpeg(whole, sharp),
        }
        rows.append((photo.stem, scale, quality, figures))
        print(".", end="", file=sys.stderr, flush=True)
    print(file=sys.stderr)
    return rows


def judge(reference, candidate):
    return {name: function(reference, candidate) for name, function in JUDGES.items()}


def judge_jpeg(reference, jpeg):
    decoded = jpeg.with_suffix(".decoded.png")
    Image.fromarray(decode(jpeg)).save(decoded)
    return judge(reference, decoded) | {"bytes": jpeg.stat().st_size}


def table(title, header, rows, worst):
    """Prints rows of a name and figures, and below them the mean and the worst of each column."""
    print(f"\n{title}\n{'':24}" + "".join(f"{h:>14}" for h in header))
    columns = list(zip(*(figures for _, figures in rows)))
    rows = rows + [("mean", [np.mean(c) for c in columns]), ("worst", [w(c) for w, c in zip(worst, columns)])]
    for name, figures in rows:
        print(f"{name:24}" + "".join(f"{f:14}" if isinstance(f, int) else f"{f:14.2f}" for f in figures))


def main():
    parser = argparse.ArgumentParser(description="How good the thumbnails look: SSIMULACRA2, butteraugli and PSNR against an ideal resizer.")
    parser.add_argument("photos", type=Path, nargs="?", default=ROOT / "../shared/corpus/photos", help="folder of JPEG photos in sRGB")
    parser.add_argument("--kernel", choices=KERNELS, default="lanczos3", help="of the reference (lanczos3)")
    arguments = parser.parse_args()
    if not any(arguments.photos.glob("*.jpg")):
        sys.exit(f"There are no .jpg files in {arguments.photos}. Give a folder of photos.")
    subprocess.run([ROOT / "bench/prepare.sh"], stdout=sys.stderr, check=True)
    with tempfile.TemporaryDirectory() as folder:
        rows = compare(arguments.photos, KERNELS[arguments.kernel], Path(folder))

    table(
        "resampled, before encoding",
        ["eighths", *JUDGES],
        [(name, [scale, *(f["resampled"][j] for j in JUDGES)]) for name, scale, _, f in rows],
        [max, min, max, min],
    )
    for judge in JUDGES:
        worst = max if judge == "butteraugli" else min
        table(
            f"encoded: {judge}",
            ["ours", "sharp", "ours - sharp"],
            [(name, [f["ours"][judge], f["sharp"][judge], f["ours"][judge] - f["sharp"][judge]]) for name, _, _, f in rows],
            [worst] * 3,
        )
    table(
        "encoded: bytes, and the quality setting of ours",
        ["ours", "sharp", "quality"],
        [(name, [f["ours"]["bytes"], f["sharp"]["bytes"], quality]) for name, _, quality, f in rows],
        [max, max, min],
    )


if __name__ == "__main__":
    main()
