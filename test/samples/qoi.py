"""A QOI writer with every kind of chunk (specification 1.0)."""

import struct


def encode(picture, colorspace=0):
    """The picture has mode RGB or RGBA."""
    channels = len(picture.mode)
    out = bytearray(b"qoif" + struct.pack(">IIBB", *picture.size, channels, colorspace))
    seen, last, run = [(0, 0, 0, 0)] * 64, (0, 0, 0, 255), 0
    for pixel in list(picture.getdata()) + [None]:
        pixel = pixel if pixel is None or channels == 4 else (*pixel, 255)
        if pixel == last and run < 62:
            run += 1
            continue
        if run:
            out.append(0xC0 | run - 1)
            run = 0
        if pixel is None:
            break
        if pixel == last:
            run = 1
            continue
        index = (pixel[0] * 3 + pixel[1] * 5 + pixel[2] * 7 + pixel[3] * 11) % 64
        r, g, b = ((new - old + 128 & 255) - 128 for new, old in zip(pixel[:3], last[:3]))
        if seen[index] == pixel:
            out.append(index)
        elif pixel[3] != last[3]:
            out += bytes((0xFF, *pixel))
        elif all(-2 <= step <= 1 for step in (r, g, b)):
            out.append(0x40 | r + 2 << 4 | g + 2 << 2 | b + 2)
        elif -32 <= g <= 31 and -8 <= r - g <= 7 and -8 <= b - g <= 7:
            out += bytes((0x80 | g + 32, r - g + 8 << 4 | b - g + 8))
        else:
            out += bytes((0xFE, *pixel[:3]))
        seen[index] = last = pixel
    return bytes(out) + bytes(7) + b"\1"
