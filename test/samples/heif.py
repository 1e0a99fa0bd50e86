"""HEIF files around pictures that x265 encodes: stored items with properties and references, in the simplest form of each box."""

import re
import struct
import subprocess
import tempfile
from pathlib import Path

from PIL import Image

SUBSAMPLING = {"i400": None, "i420": (2, 2), "i422": (2, 1), "i444": (1, 1)}


def planes(picture, csp, depth):
    """Full range Y, Cb and Cr of BT.601, as raw samples."""
    luma, *chroma = picture.convert("RGB").convert("YCbCr").split()
    if csp != "i400":
        across, down = SUBSAMPLING[csp]
        size = (picture.width // across, picture.height // down)
        chroma = [plane.resize(size, Image.BOX) for plane in chroma]
    else:
        chroma = []
    samples = b"".join(plane.tobytes() for plane in (luma, *chroma))
    return samples if depth == 8 else struct.pack(f"<{len(samples)}H", *(sample << (depth - 8) | sample >> (16 - depth) for sample in samples))


def encode(picture, csp="i420", depth=8, options=""):
    """Returns the property hvcC and the data of a picture."""
    if "--ctu" not in options:
        # x265 refuses pictures smaller than a coding tree block.
        options += f" --ctu {max(ctb for ctb in (16, 32, 64) if ctb <= min(picture.size))}"
    with tempfile.TemporaryDirectory() as folder:
        source, output = f"{folder}/source.yuv", f"{folder}/output.hevc"
        Path(source).write_bytes(planes(picture, csp, depth))
        subprocess.run(
            ["x265", "--input", source, "--input-res", f"{picture.width}x{picture.height}", "--fps", "1", "--input-csp", csp, "--input-depth", str(depth), "-D", str(depth),
             "-f", "1", "--keyint", "1", "--no-info", "--no-progress", "--pools", "1", "--frame-threads", "1", "--log-level", "error", *options.split(), "-o", output], check=True)
        units = [unit.rstrip(b"\0") for unit in re.split(b"\0\0\1", Path(output).read_bytes())[1:]]
    kind = lambda unit: unit[0] >> 1 & 63
    sets = [unit for unit in units if 32 <= kind(unit) <= 34]
    data = b"".join(struct.pack(">I", len(unit)) + unit for unit in units if kind(unit) < 32)
    # profile_tier_level: 12 bytes after the ids of the sequence parameter set.
    profile = next(unit for unit in sets if kind(unit) == 33).replace(b"\0\0\3", b"\0\0")[3:15]
    record = b"\1" + profile + struct.pack(">HBBBBHBB", 0xF000, 0xFC, 0xFC | list(SUBSAMPLING).index(csp), 0xF8 | depth - 8, 0xF8 | depth - 8, 0, 0x0F, len(sets))
    for unit in sets:
        record += struct.pack(">BHH", 0x80 | kind(unit), 1, len(unit)) + unit
    return box(b"hvcC", record), data


def box(kind, *contents):
    content = b"".join(contents)
    return struct.pack(">I", 8 + len(content)) + kind + content


def full_box(kind, *contents, version=0):
    return box(kind, bytes((version, 0, 0, 0)), *contents)


def size(width, height):
    return full_box(b"ispe", struct.pack(">II", width, height))


def pixels(channels, depth=8):
    return full_box(b"pixi", bytes((channels, *[depth] * channels)))


def rotation(quarters):
    return box(b"irot", bytes((quarters,)))


def mirror(axis):
    return box(b"imir", bytes((axis,)))


def crop(width, height, left, top):
    """A clean aperture whose center is at (left, top), in pixels from the center of the image."""
    return box(b"clap", struct.pack(">IIIIiIiI", width, 1, height, 1, left, 1, top, 1))


ALPHA = full_box(b"auxC", b"urn:mpeg:hevc:2015:auxid:1\0")
COLOR = box(b"colr", b"nclx" + struct.pack(">HHHB", 1, 13, 6, 0x80))


def grid(rows, columns, width, height):
    """The data of a grid."""
    return struct.pack(">BBBBHH", 0, 0, rows - 1, columns - 1, width, height)


def file(items, references=()):
    """A file. Items are (type, data, properties), numbered from 1, the first one the primary item; references are (type, from, to...)."""
    properties, associations = [], b""
    for number, (_, _, boxes) in enumerate(items, 1):
        associations += struct.pack(">HB", number, len(boxes))
        for one in boxes:
            properties += [one] if one not in properties else []
            essential = one[4:8] in (b"hvcC", b"irot", b"imir", b"clap")
            associations += bytes((properties.index(one) + 1 | 0x80 * essential,))

    def meta(start):
        locations, at = b"", start
        for number, (_, data, _) in enumerate(items, 1):
            locations += struct.pack(">HHHII", number, 0, 1, at, len(data))
            at += len(data)
        entries = b"".join(full_box(b"infe", struct.pack(">HH", number, 0), kind, b"\0", version=2) for number, (kind, _, _) in enumerate(items, 1))
        links = b"".join(box(kind, struct.pack(">HH", of, len(to)), *(struct.pack(">H", one) for one in to)) for kind, of, *to in references)
        return full_box(
            b"meta", full_box(b"hdlr", bytes(4), b"pict", bytes(13)), full_box(b"pitm", struct.pack(">H", 1)),
            full_box(b"iloc", b"\x44\0", struct.pack(">H", len(items)), locations), full_box(b"iinf", struct.pack(">H", len(items)), entries),
            full_box(b"iref", links) if links else b"",
            box(b"iprp", box(b"ipco", *properties), full_box(b"ipma", struct.pack(">I", len(items)), associations)))

    brand = box(b"ftyp", b"heic", bytes(4), b"heicmif1")
    start = len(brand) + len(meta(0)) + 8
    return brand + meta(start) + box(b"mdat", *(data for _, data, _ in items))
