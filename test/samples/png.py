"""A PNG writer for what Pillow does not write: each color type and depth, Adam7, each row filter, several IDAT chunks."""

import struct
import zlib

GRAY, RGB, PALETTE, GRAY_ALPHA, RGBA = 0, 2, 3, 4, 6
CHANNELS = {GRAY: 1, RGB: 3, PALETTE: 1, GRAY_ALPHA: 2, RGBA: 4}
ADAM7 = [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)]


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def samples_of(picture, color_type, depth):
    """Rows of samples; those of 16 bits have low bytes that are not the high ones."""
    mode = {GRAY: "L", RGB: "RGB", PALETTE: "P", GRAY_ALPHA: "LA", RGBA: "RGBA"}[color_type]
    data = (picture if mode == "P" else picture.convert(mode)).tobytes()
    stride = picture.width * CHANNELS[color_type]
    if color_type != PALETTE and depth < 8:
        data = bytes(v >> (8 - depth) for v in data)
    if depth == 16:
        data = [v << 8 | (v * 37 + i * 11) & 255 for i, v in enumerate(data)]
    return [data[y * stride:(y + 1) * stride] for y in range(picture.height)]


def packed(row, depth):
    if depth == 16:
        return struct.pack(f">{len(row)}H", *row)
    if depth == 8:
        return bytes(row)
    per_byte = 8 // depth
    row = list(row) + [0] * (-len(row) % per_byte)
    return bytes(sum(v << (8 - depth * (i + 1)) for i, v in enumerate(row[at:at + per_byte])) for at in range(0, len(row), per_byte))


def filtered(kind, row, above, pixel):
    out = bytearray([kind])
    for i, value in enumerate(row):
        left = row[i - pixel] if i >= pixel else 0
        up = above[i] if above else 0
        corner = above[i - pixel] if above and i >= pixel else 0
        estimate = left + up - corner
        nearest = min((left, up, corner), key=lambda v: abs(estimate - v))
        out.append(value - (0, left, up, (left + up) // 2, nearest)[kind] & 255)
    return bytes(out)


def scanlines(rows, channels, depth, filters):
    """Filter types follow one another, or are all the one given."""
    pixel, above, out = max(1, channels * depth // 8), None, []
    for y, row in enumerate(rows):
        row = packed(row, depth)
        out.append(filtered(y % 5 if filters is None else filters, row, above, pixel))
        above = row
    return b"".join(out)


def encode(picture, color_type, depth, interlaced=False, filters=None, level=9, idat=1 << 20, before=b"", after=b""):
    """`before` and `after` are chunks around the image data."""
    rows, channels = samples_of(picture, color_type, depth), CHANNELS[color_type]
    if interlaced:
        data = b""
        for x0, y0, dx, dy in ADAM7:
            part = [[s for x in range(x0, picture.width, dx) for s in row[x * channels:(x + 1) * channels]] for row in rows[y0::dy]]
            data += scanlines(part, channels, depth, filters) if picture.width > x0 else b""
    else:
        data = scanlines(rows, channels, depth, filters)
    data = zlib.compress(data, level)
    header = struct.pack(">IIBBBBB", picture.width, picture.height, depth, color_type, 0, 0, interlaced)
    if color_type == PALETTE:
        before += chunk(b"PLTE", bytes(picture.getpalette()[:3 * min(1 << depth, max(picture.getdata()) + 1)]))
    idats = b"".join(chunk(b"IDAT", data[at:at + idat]) for at in range(0, len(data), idat))
    # tRNS follows PLTE.
    trns = before.find(b"tRNS") - 4
    if color_type == PALETTE and trns >= 0:
        end = trns + 12 + struct.unpack_from(">I", before, trns)[0]
        before = before[:trns] + before[end:] + before[trns:end]
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + before + idats + after + chunk(b"IEND", b"")
