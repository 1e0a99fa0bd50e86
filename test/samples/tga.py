"""A TGA writer: types 1, 2, 3, 9, 10 and 11, each origin, run-length encoding, footer and extension area."""

import struct


def pixel_bytes(pixel, depth):
    if depth in (15, 16):
        alpha = pixel[3] >> 7 if len(pixel) > 3 else 0
        return struct.pack("<H", alpha << 15 | pixel[0] >> 3 << 10 | pixel[1] >> 3 << 5 | pixel[2] >> 3)
    if depth == 24:
        return bytes((pixel[2], pixel[1], pixel[0]))
    return bytes((pixel[2], pixel[1], pixel[0], pixel[3] if len(pixel) > 3 else 255))


def run_length(pixels):
    """Packets of up to 128 pixels; a run where there are two of a color or more."""
    out, at = bytearray(), 0
    while at < len(pixels):
        end = at + 1
        while end < len(pixels) and end - at < 128 and pixels[end] == pixels[at]:
            end += 1
        if end - at > 1:
            out += bytes((0x7F + end - at,)) + pixels[at]
        else:
            while end < len(pixels) and end - at < 128 and not (end + 1 < len(pixels) and pixels[end] == pixels[end + 1]):
                end += 1
            out += bytes((end - at - 1,)) + b"".join(pixels[at:end])
        at = end
    return bytes(out)


def encode(picture, depth, rle=False, top_down=False, right_to_left=False, cross_rows=False, image_id=b"", map_depth=24, first=0, attributes=None):
    """The picture has mode P, L, LA, RGB or RGBA; `attributes` adds an extension area with this attributes type."""
    width, height = picture.size
    data = list(picture.getdata())
    kind = {"P": 1, "L": 3, "LA": 3}.get(picture.mode, 2)
    colors, map_fields = b"", (0, 0, 0)
    if kind == 1:
        palette = picture.getpalette()
        used = max(data) + 1
        colors = b"".join(pixel_bytes(palette[3 * i:3 * i + 3], map_depth) for i in range(used))
        map_fields = (first, used, map_depth)
        stored = [bytes((index + first,)) for index in data]
    elif kind == 3:
        stored = [bytes((level,)) if isinstance(level, int) else bytes(level) for level in data]
    else:
        stored = [pixel_bytes(pixel, depth) for pixel in data]
    rows = [stored[y * width:(y + 1) * width] for y in range(height)]
    if right_to_left:
        rows = [row[::-1] for row in rows]
    if not top_down:
        rows.reverse()
    if rle:
        pixels = run_length([pixel for row in rows for pixel in row]) if cross_rows else b"".join(run_length(row) for row in rows)
    else:
        pixels = b"".join(pixel for row in rows for pixel in row)
    alpha = 8 if picture.mode == "LA" or depth == 32 and picture.mode == "RGBA" else 1 if depth == 16 and picture.mode == "RGBA" else 0
    descriptor = alpha | 0x20 * top_down | 0x10 * right_to_left
    header = struct.pack("<BBBHHBHHHHBB", len(image_id), kind == 1, kind + 8 * rle, *map_fields, 0, 0, width, height, depth, descriptor)
    file = header + image_id + colors + pixels
    if attributes is not None:
        area = bytearray(495)
        area[:2] = struct.pack("<H", 495)
        area[494] = attributes
        file += bytes(area) + struct.pack("<II", len(file), 0) + b"TRUEVISION-XFILE.\0"
    return file
