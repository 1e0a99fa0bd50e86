"""A writer of icons and cursors: bitmaps of 1 to 32 bits with a mask, and PNG."""

import io
import struct

import bmp


def bitmap(picture, depth, masked=True, alpha=True):
    """The picture has mode P for up to 8 bits, else RGBA; its alpha from 128 on is opaque in the mask."""
    width, height = picture.size
    rows, colors = bmp.rows_of(picture), b""
    transparent = [[False] * width for _ in range(height)]
    if depth <= 8:
        palette = picture.getpalette()[:3 << depth]
        palette += [0] * ((3 << depth) - len(palette))
        colors = b"".join(bytes((palette[i + 2], palette[i + 1], palette[i], 0)) for i in range(0, len(palette), 3))
        transparent = [[masked and (x + y) % 5 == 0 for x in range(width)] for y in range(height)]
    else:
        transparent = [[masked and pixel[3] < 128 for pixel in row] for row in rows]
        if not alpha:
            rows = [[(*pixel[:3], 0) for pixel in row] for row in rows]
    pixels = b"".join(bmp.row_of(row, depth) for row in reversed(rows))
    mask = b"".join(bmp.row_of([int(flag) for flag in row], 1) for row in reversed(transparent))
    return bmp.info_header(width, 2 * height, 16 if depth == 555 else depth, bmp.RGB, len(pixels) + len(mask)) + colors + pixels + mask


def png(picture):
    buffer = io.BytesIO()
    picture.save(buffer, "PNG", optimize=True)
    return buffer.getvalue()


def encode(images, cursor=False):
    """`images` are (width, height, bits, bytes of the image)."""
    out = struct.pack("<HHH", 0, 2 if cursor else 1, len(images))
    offset = 6 + 16 * len(images)
    for width, height, bits, data in images:
        hotspot = (3, 4) if cursor else (1, bits)
        out += struct.pack("<BBBBHHII", width % 256, height % 256, 0, 0, *hotspot, len(data), offset)
        offset += len(data)
    return out + b"".join(data for *_, data in images)
