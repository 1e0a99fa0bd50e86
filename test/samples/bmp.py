"""A BMP writer: depths of 1 to 32 bits, bit fields, RLE4 and RLE8, rows from the top, OS/2."""

import struct

RGB, RLE8, RLE4, BITFIELDS = 0, 1, 2, 3


def file_of(info, colors, pixels):
    offset = 14 + len(info) + len(colors)
    return b"BM" + struct.pack("<IHHI", offset + len(pixels), 0, 0, offset) + info + colors + pixels


def info_header(width, height, depth, compression, size, used=0):
    return struct.pack("<IiiHHIIiiII", 40, width, height, 1, depth, compression, size, 2835, 2835, used, 0)


def core_header(width, height, depth):
    return struct.pack("<IHHHH", 12, width, height, 1, depth)


def padded(row):
    return row + bytes(-len(row) % 4)


def row_of(pixels, depth):
    """A row of indices of 1, 4 or 8 bits, or of (r, g, b) or (r, g, b, a)."""
    if depth in (1, 4, 8):
        per_byte = 8 // depth
        pixels = list(pixels) + [0] * (-len(pixels) % per_byte)
        return padded(bytes(sum(v << (8 - depth * (i + 1)) for i, v in enumerate(pixels[at:at + per_byte])) for at in range(0, len(pixels), per_byte)))
    if depth == 24:
        return padded(b"".join(bytes((p[2], p[1], p[0])) for p in pixels))
    if depth == 32:
        return b"".join(bytes((p[2], p[1], p[0], p[3] if len(p) > 3 else 0)) for p in pixels)
    if depth == 555:
        return padded(b"".join(struct.pack("<H", p[0] >> 3 << 10 | p[1] >> 3 << 5 | p[2] >> 3) for p in pixels))
    return padded(b"".join(struct.pack("<H", p[0] >> 3 << 11 | p[1] >> 2 << 5 | p[2] >> 3) for p in pixels))


def run_length(rows, depth):
    """Runs where there are three of a color or more, else literal pixels of up to 60; ends of rows and of the file."""
    out = bytearray()
    for row in rows:
        at = 0
        while at < len(row):
            end = at
            while end < len(row) and end - at < 250 and row[end] == row[at]:
                end += 1
            if end - at >= 3 or len(row) - at < 3:
                out += bytes((end - at, row[at] * (17 if depth == 4 else 1)))
            else:
                end = at
                while end < len(row) and end - at < 60 and not (end + 2 < len(row) and row[end] == row[end + 1] == row[end + 2]):
                    end += 1
                if end - at < 3:
                    end = at + 1
                    out += bytes((1, row[at] * (17 if depth == 4 else 1)))
                else:
                    pixels = list(row[at:end])
                    if depth == 4:
                        pixels += [0] * (len(pixels) % 2)
                        pixels = [a << 4 | b for a, b in zip(pixels[::2], pixels[1::2])]
                    out += bytes((0, end - at)) + bytes(pixels) + bytes(len(pixels) % 2)
            at = end
        out += b"\0\0"
    return bytes(out) + b"\0\1"


def rows_of(picture):
    pixels = list(picture.getdata())
    return [pixels[y * picture.width:(y + 1) * picture.width] for y in range(picture.height)]


def encode(picture, depth, compression=RGB, top_down=False, os2=False):
    """`depth` is 1, 4, 8, 24, 32, 555 or 565; the picture has mode P, RGB or RGBA."""
    rows, colors, bits = rows_of(picture), b"", 16 if depth > 32 else depth
    if depth <= 8:
        palette = picture.getpalette()[:3 << depth]
        palette += [0] * ((3 << depth) - len(palette))
        colors = b"".join(bytes((palette[i + 2], palette[i + 1], palette[i])) + (b"" if os2 else b"\0") for i in range(0, len(palette), 3))
    if not top_down:
        rows.reverse()
    pixels = run_length(rows, depth) if compression in (RLE8, RLE4) else b"".join(row_of(row, depth) for row in rows)
    if os2:
        return file_of(core_header(*picture.size, bits), colors, pixels)
    info = info_header(picture.width, -picture.height if top_down else picture.height, bits, compression, len(pixels))
    if depth == 565:
        colors = struct.pack("<III", 0xF800, 0x7E0, 0x1F)
    if compression == BITFIELDS and depth == 32:
        # BITMAPV4HEADER, with a mask for alpha.
        info = struct.pack("<I", 108) + info[4:] + struct.pack("<IIII", 0xFF0000, 0xFF00, 0xFF, 0xFF000000) + b"BGRs" + bytes(48)
    return file_of(info, colors, pixels)
