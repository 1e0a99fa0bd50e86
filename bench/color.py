#!/usr/bin/env python3
"""Draws docs/color.jpg: one photo in three color spaces, in our thumbnails and in those of a program that ignores profiles.

    bench/color.py [PHOTO]

littleCMS (through Pillow) turns the photo, which must be sRGB, into Display P3 and Adobe RGB; ours makes thumbnails of the three files, and
of the same files without their profiles. Prints the distance of each thumbnail from that of the sRGB file. Needs the .NET SDK and python3-pil.
"""

import io
import struct
import subprocess
import sys
import tempfile
from pathlib import Path

from PIL import Image, ImageChops, ImageCms, ImageDraw, ImageFont, ImageOps, ImageStat

ROOT = Path(__file__).resolve().parent.parent
PHOTO = ROOT.parent / "shared/corpus/photos/nikon-d40-6mp.jpg"
SIDE = 200
LABEL = 18

# Columns of XYZ relative to D50 and the curve: the parameters of sRGB's, or an exponent.
P3 = ([(0.51512, 0.24120, -0.00105), (0.29198, 0.69225, 0.04189), (0.15710, 0.06657, 0.78407)],
      (3, 2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045))
ADOBE = ([(0.60974, 0.31111, 0.01947), (0.20528, 0.62567, 0.06087), (0.14919, 0.06322, 0.74457)], (0, 563 / 256))


def fixed(*values):
    return b"".join(struct.pack(">i", round(value * 65536)) for value in values)


def profile(columns, curve):
    """An ICC profile of version 4 by matrix and curves."""
    trc = struct.pack(">4s4xHxx", b"para", curve[0]) + fixed(*curve[1:])
    text = struct.pack(">4s4xII2s2sII", b"mluc", 1, 12, b"en", b"US", 4, 28) + "ab".encode("utf-16-be")
    tags = [(name + b"XYZ", b"XYZ \0\0\0\0" + fixed(*xyz)) for name, xyz in zip((b"r", b"g", b"b"), columns)]
    tags += [(name, trc) for name in (b"rTRC", b"gTRC", b"bTRC")]
    tags += [(b"wtpt", b"XYZ \0\0\0\0" + fixed(0.9642, 1, 0.8249)), (b"desc", text), (b"cprt", text)]
    table, data = struct.pack(">I", len(tags)), b""
    for name, content in tags:
        table += struct.pack(">4sII", name, 132 + 12 * len(tags) + len(data), len(content))
        data += content + bytes(-len(content) % 4)
    header = struct.pack(">I4xI4s4s4s12x4s28x", 132 - 4 + len(table) + len(data), 0x04300000, b"mntr", b"RGB ", b"XYZ ", b"acsp")
    return header + fixed(0.9642, 1, 0.8249) + bytes(48) + table + data


def thumbnail(folder, picture, **options):
    source, target = folder / "photo.jpg", folder / "thumbnail.png"
    picture.save(source, quality=95, subsampling=0, **options)
    command = ["dotnet", "run", "-c", "Release", "--project", ROOT / "src/ResizeImage.Cli", "--", "make", source, target, "--size", f"{SIDE}x{SIDE}"]
    subprocess.run([*map(str, command), "--format", "png"], check=True, stdout=subprocess.DEVNULL)
    return Image.open(target).convert("RGB")


def main():
    photo = ImageOps.exif_transpose(Image.open(sys.argv[1] if len(sys.argv) > 1 else PHOTO)).convert("RGB")
    photo.thumbnail((1600, 1600), Image.LANCZOS)
    srgb = ImageCms.createProfile("sRGB")
    strip = Image.new("RGB", (4 + 3 * (SIDE + 4), 2 * (SIDE + LABEL) + 4), "white")
    draw = ImageDraw.Draw(strip)
    try:
        font = ImageFont.truetype("DejaVuSans.ttf", 12)
    except OSError:
        font = ImageFont.load_default()
    with tempfile.TemporaryDirectory() as folder:
        folder = Path(folder)
        reference = thumbnail(folder, photo)
        for column, (name, space) in enumerate((("sRGB", None), ("Display P3", P3), ("Adobe RGB", ADOBE))):
            icc = profile(*space) if space else None
            picture = ImageCms.profileToProfile(photo, srgb, ImageCms.ImageCmsProfile(io.BytesIO(icc))) if icc else photo
            picture.info.pop("icc_profile", None)
            shown = (("", thumbnail(folder, picture, icc_profile=icc)), (", profile ignored", thumbnail(folder, picture)))
            for row, (what, small) in enumerate(shown):
                x, y = 4 + column * (SIDE + 4), row * (SIDE + LABEL)
                draw.text((x, y + 2), name + (what if icc else ""), "black", font)
                strip.paste(small, (x, y + LABEL))
                difference = sum(ImageStat.Stat(ImageChops.difference(small, reference)).mean) / 3
                print(f"{name + what:40} {difference:5.2f} codes from the thumbnail of sRGB")
    strip.save(ROOT / "docs/color.jpg", quality=86, subsampling=0)


if __name__ == "__main__":
    main()
