#!/usr/bin/env python3
"""Makes the samples in this folder: see README.md. Usage: python3 make.py [FOLDER]

Needs Pillow, cjpeg, ImageMagick's convert, x265 and the programs of libheif, libwebp and libtiff; .ci/run installs them. Other versions of them make other bytes
of the same kinds.
"""

import io
import struct
import subprocess
import sys
import tempfile
from pathlib import Path

from PIL import Image, ImageCms

import bmp
import heif
import ico
import png
import qoi
import tga
from pictures import drawing, noise, photo, scene, with_alpha

ROOT = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent


def write(name, data):
    path = ROOT / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


def run(*command, stdin=b""):
    return subprocess.run([str(part) for part in command], input=stdin, stdout=subprocess.PIPE, check=True).stdout


def saved(picture, kind, **options):
    buffer = io.BytesIO()
    picture.save(buffer, kind, **options)
    return buffer.getvalue()


def cjpeg(picture, *options):
    return run("cjpeg", *options, stdin=saved(picture, "PPM"))


def exif(orientation, byte_order="II"):
    """An Exif block of the orientation alone."""
    order = "<" if byte_order == "II" else ">"
    return byte_order.encode() + struct.pack(order + "HIHHHIHHI", 42, 8, 1, 0x112, 3, 1, orientation, 0, 0)


def with_segment(jpeg, marker, data):
    return jpeg[:2] + bytes((0xFF, marker)) + struct.pack(">H", len(data) + 2) + data + jpeg[2:]


def with_exif(jpeg, orientation, byte_order="II"):
    return with_segment(jpeg, 0xE1, b"Exif\0\0" + exif(orientation, byte_order))


def srgb_profile():
    """As LittleCMS makes it, without the time of making."""
    profile = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    profile[24:36] = struct.pack(">6H", 2000, 1, 1, 0, 0, 0)
    return bytes(profile)


def photos():
    write("photos/valley.jpg", with_exif(cjpeg(photo(1344, 1008, 31), "-quality", "86", "-sample", "2x2"), 1))
    write("photos/evening.jpg", with_exif(cjpeg(photo(720, 960, 32, 12).transpose(Image.ROTATE_90), "-quality", "84", "-sample", "2x1", "-optimize"), 6, "MM"))
    write("photos/night-progressive.jpg", cjpeg(photo(1100, 825, 33), "-quality", "85", "-sample", "2x2", "-progressive"))


def orientation():
    # How a camera stores a picture that Exif's orientation then puts upright.
    stored = {2: "FLIP_LEFT_RIGHT", 3: "ROTATE_180", 4: "FLIP_TOP_BOTTOM", 5: "TRANSPOSE", 6: "ROTATE_90", 7: "TRANSVERSE", 8: "ROTATE_270"}
    for shape, size, seed in (("landscape", (300, 200), 41), ("portrait", (200, 300), 42)):
        upright = scene(*size, seed)
        for number in range(1, 9):
            picture = upright.transpose(getattr(Image, stored[number])) if number in stored else upright
            file = cjpeg(picture, "-quality", "75", "-optimize")
            write(f"orientation/{shape}_{number}.jpg", with_exif(file, number, "II" if number % 2 else "MM"))


JPEGS = {
    "444-q95": (91, 67, "-sample 1x1 -quality 95"), "422-q85": (101, 75, "-sample 2x1 -quality 85"), "420-q75": (133, 99, "-sample 2x2 -quality 75"),
    "440-q80": (77, 103, "-sample 1x2 -quality 80"), "411-q80": (131, 61, "-sample 4x1 -quality 80"), "410-q70": (95, 71, "-sample 4x2 -quality 70"),
    "441-q70": (63, 97, "-sample 1x4 -quality 70"), "gray-q90": (97, 73, "-grayscale -quality 90"), "rgb-q85": (65, 49, "-rgb -quality 85"),
    "420-q30": (161, 121, "-sample 2x2 -quality 30 -optimize"), "420-q92-optimized": (117, 87, "-sample 2x2 -quality 92 -optimize"),
    "uneven-chroma": (87, 65, "-sample 2x2,1x2,2x1 -quality 80"), "restart-row": (99, 74, "-sample 2x2 -restart 1"),
    "restart-7-blocks": (83, 62, "-sample 2x1 -quality 88 -restart 7B"), "gray-restart-1-block": (40, 30, "-grayscale -restart 1B"),
    "progressive-420": (139, 104, "-progressive -sample 2x2 -quality 80"), "progressive-444": (71, 53, "-progressive -sample 1x1 -quality 93"),
    "progressive-422-restart": (93, 70, "-progressive -sample 2x1 -restart 2"), "progressive-gray": (79, 59, "-progressive -grayscale -quality 60"),
    "progressive-q30": (119, 89, "-progressive -quality 30"), "narrow": (3, 97, "-quality 80"), "flat": (113, 5, "-quality 80"),
    "one-pixel": (1, 1, "-quality 90"), "17x33": (17, 33, "-sample 2x2 -quality 65"), "tiny-420": (24, 18, "-quality 80"),
    "tiny-444-optimized": (23, 17, "-sample 1x1 -quality 85 -optimize"), "tiny-progressive": (25, 19, "-progressive -quality 70"),
    "tiny-restart": (33, 20, "-quality 70 -restart 1B"), "tiny-gray": (26, 22, "-grayscale -quality 75"), "tiny-440": (19, 30, "-sample 1x2"),
}


def jpegs():
    for seed, (name, (width, height, options)) in enumerate(JPEGS.items(), 50):
        write(f"conformance/jpeg/{name}.jpg", cjpeg(scene(width, height, seed), *options.split()))
    noisy = Image.merge("RGB", [noise(45, 35, seed) for seed in range(3)])
    write("conformance/jpeg/noise-q98.jpg", cjpeg(noisy, "-quality", "98", "-sample", "1x1"))
    with tempfile.NamedTemporaryFile("w") as script:
        script.write("0; 1; 2;")
        script.flush()
        write("conformance/jpeg/scan-per-component.jpg", cjpeg(scene(73, 55, 84), "-scans", script.name))
    write("conformance/jpeg/cmyk.jpg", saved(scene(69, 51, 85).convert("CMYK"), "JPEG", quality=85))
    write("conformance/jpeg/srgb-profile.jpg", saved(scene(75, 57, 86), "JPEG", quality=85, icc_profile=srgb_profile()))
    write("conformance/jpeg/comment-and-fill.jpg", with_segment(cjpeg(scene(47, 35, 87), "-quality", "70"), 0xFE, b"made by test/samples/make.py"))


def pngs():
    profile = png.chunk(b"iCCP", b"sRGB\0\0" + png.zlib.compress(srgb_profile(), 9))
    chunks = {
        "gamma": png.chunk(b"gAMA", struct.pack(">I", 100000)), "srgb": png.chunk(b"sRGB", b"\0"), "profile": profile,
        "gamma-and-primaries": png.chunk(b"gAMA", struct.pack(">I", 45455)) + png.chunk(b"cHRM", struct.pack(
            ">8I", 31270, 32900, 68000, 32000, 26500, 69000, 15000, 6000)),
        "orientation": png.chunk(b"eXIf", exif(8)), "text": png.chunk(b"tEXt", b"Software\0make.py"),
    }
    small = with_alpha(scene(29, 23, 100), 100)
    for color, depths in ((png.GRAY, (1, 2, 4, 8, 16)), (png.RGB, (8, 16)), (png.PALETTE, (1, 2, 4, 8)), (png.GRAY_ALPHA, (8, 16)), (png.RGBA, (8, 16))):
        for depth in depths:
            name = {png.GRAY: "gray", png.RGB: "rgb", png.PALETTE: "palette", png.GRAY_ALPHA: "gray-alpha", png.RGBA: "rgba"}[color]
            picture = drawing(29, 23, 90 + depth, min(1 << depth, 200)) if color == png.PALETTE else small
            for interlaced in (False, True):
                data = png.encode(picture, color, depth, interlaced)
                write(f"conformance/png/{name}-{depth}{'-interlaced' if interlaced else ''}.png", data)
    for kind, name in enumerate(("none", "sub", "up", "average", "paeth")):
        write(f"conformance/png/filter-{name}.png", png.encode(scene(37, 28, 101 + kind), png.RGB, 8, filters=kind))
    for name, chunk in chunks.items():
        write(f"conformance/png/{name}.png", png.encode(scene(31, 24, 110), png.RGB, 8, before=chunk))
    transparent = {
        "trns-gray": (png.GRAY, 4, struct.pack(">H", 5)), "trns-gray-16": (png.GRAY, 16, struct.pack(">H", 0x6464)),
        "trns-rgb": (png.RGB, 8, struct.pack(">HHH", *small.getpixel((3, 3))[:3])), "trns-palette": (png.PALETTE, 4, bytes((0, 64, 128, 255, 200))),
    }
    for name, (color, depth, values) in transparent.items():
        picture = drawing(33, 26, 120, 12) if color == png.PALETTE else small
        write(f"conformance/png/{name}.png", png.encode(picture, color, depth, before=png.chunk(b"tRNS", values)))
    write("conformance/png/idat-7-bytes.png", png.encode(scene(19, 14, 121), png.RGB, 8, idat=7))
    write("conformance/png/idat-500-bytes.png", png.encode(scene(67, 50, 122), png.RGB, 8, idat=500, after=png.chunk(b"tEXt", b"Comment\0behind")))
    write("conformance/png/stored.png", png.encode(scene(30, 22, 123), png.RGB, 8, level=0))
    write("conformance/png/fastest.png", png.encode(scene(64, 48, 124), png.RGB, 8, level=1))
    for width, height in ((1, 1), (1, 9), (9, 1), (3, 3), (5, 7)):
        picture = with_alpha(scene(12, 12, 125).resize((width, height)), 5) if width > 2 else scene(12, 12, 125).resize((width, height))
        write(f"conformance/png/interlaced-{width}x{height}.png", png.encode(picture, png.RGB, 8, interlaced=True))
    write("conformance/png/drawing.png", saved(drawing(120, 90, 126, 16), "PNG", optimize=True))
    write("conformance/png/scene.png", saved(scene(150, 112, 127), "PNG", optimize=True))


def local_palette(gif):
    """Moves the global color table to the frame."""
    bits = gif[10] & 7
    end = 13 + (3 << bits + 1)
    assert gif[end] == 0x2C
    header = gif[:10] + bytes((gif[10] & 0x70,)) + gif[11:13]
    return header + gif[end:end + 9] + bytes((gif[end + 9] & 0x40 | 0x80 | bits,)) + gif[13:end] + gif[end + 10:]


def gifs():
    for seed, (width, height, colors) in enumerate(((16, 12, 2), (23, 17, 4), (40, 30, 8), (61, 45, 16), (33, 70, 32), (90, 20, 64), (75, 56, 128), (101, 77, 256)), 140):
        picture = drawing(width, height, seed, colors)
        write(f"conformance/gif/colors-{colors}.gif", saved(picture, "GIF", interlace=0))
        write(f"conformance/gif/colors-{colors}-interlaced.gif", saved(picture, "GIF", interlace=1))
    quantized = scene(95, 71, 150).quantize(256)
    write("conformance/gif/scene.gif", saved(quantized, "GIF", interlace=0))
    write("conformance/gif/scene-interlaced.gif", saved(quantized, "GIF", interlace=1))
    write("conformance/gif/gray-noise.gif", saved(noise(50, 40, 151), "GIF", interlace=0))
    write("conformance/gif/local-palette.gif", local_palette(saved(drawing(47, 35, 152, 64), "GIF", interlace=0)))
    write("conformance/gif/transparent.gif", saved(drawing(52, 39, 153, 32), "GIF", interlace=0, transparency=3))
    write("conformance/gif/transparent-interlaced.gif", saved(drawing(43, 37, 154, 16), "GIF", interlace=1, transparency=0))
    write("conformance/gif/comment.gif", saved(drawing(30, 30, 155, 8), "GIF", interlace=0, comment=b"made by test/samples/make.py"))
    frames = [drawing(44, 33, 160 + i, 16) for i in range(3)]
    write("conformance/gif/animated.gif", saved(frames[0], "GIF", save_all=True, append_images=frames[1:], duration=80, loop=0))
    with tempfile.TemporaryDirectory() as folder:
        names = [f"{folder}/{i}.png" for i in range(2)]
        drawing(20, 14, 165, 8).save(names[0])
        drawing(48, 36, 166, 16).save(names[1])
        write("conformance/gif/animated-small-first-frame.gif", run(
            "convert", "-delay", 10, "-page", "48x36+11+7", names[0], "-page", "48x36+0+0", names[1], "-loop", 0, "gif:-"))


def bmps():
    picture = scene(53, 39, 170)
    for depth, colors in ((1, 2), (4, 16), (8, 250)):
        write(f"conformance/bmp/palette-{depth}.bmp", bmp.encode(drawing(53, 39, 170 + depth, colors), depth))
        write(f"conformance/bmp/palette-{depth}-os2.bmp", bmp.encode(drawing(27, 19, 180 + depth, colors), depth, os2=True))
        write(f"conformance/bmp/palette-{depth}-top-down.bmp", bmp.encode(drawing(31, 21, 190 + depth, colors), depth, top_down=True))
    write("conformance/bmp/rle8.bmp", bmp.encode(drawing(61, 45, 200, 100), 8, bmp.RLE8))
    write("conformance/bmp/rle8-noise.bmp", bmp.encode(scene(40, 30, 201).quantize(256), 8, bmp.RLE8))
    write("conformance/bmp/rle4.bmp", bmp.encode(drawing(59, 43, 202, 16), 4, bmp.RLE4))
    write("conformance/bmp/rgb-555.bmp", bmp.encode(picture, 555))
    write("conformance/bmp/rgb-555-top-down.bmp", bmp.encode(scene(25, 18, 203), 555, top_down=True))
    write("conformance/bmp/rgb-565.bmp", bmp.encode(scene(41, 30, 204), 565, bmp.BITFIELDS))
    for depth in (24, 32):
        write(f"conformance/bmp/rgb-{depth}.bmp", bmp.encode(scene(37, 27, 205), depth))
        write(f"conformance/bmp/rgb-{depth}-top-down.bmp", bmp.encode(scene(22, 30, 206), depth, top_down=True))
    write("conformance/bmp/rgb-24-os2.bmp", bmp.encode(scene(33, 25, 207), 24, os2=True))
    write("conformance/bmp/rgba-32-v4.bmp", bmp.encode(with_alpha(scene(34, 26, 208), 3), 32, bmp.BITFIELDS))
    write("conformance/bmp/one-pixel.bmp", bmp.encode(Image.new("RGB", (1, 1), (200, 100, 50)), 24))


WEBPS = {
    "lossy-q80": (117, 88, "-q 80"), "lossy-q20": (150, 113, "-q 20"), "lossy-q95": (63, 47, "-q 95"), "lossy-simple-filter": (75, 56, "-q 50 -nostrong -f 60"),
    "lossy-no-filter": (70, 52, "-q 60 -f 0"), "lossy-sharp": (71, 54, "-q 40 -f 70 -sharpness 5"), "lossy-1-segment": (60, 45, "-q 75 -segments 1"),
    "lossy-partitions": (90, 130, "-q 70 -partition_limit 50"), "lossy-small": (17, 13, "-q 75"), "lossy-one-pixel": (1, 1, "-q 75"),
    "lossless": (58, 44, "-lossless -z 6"), "lossless-fastest": (45, 33, "-lossless -z 0"), "lossless-best": (43, 31, "-lossless -z 9"),
    "lossless-small": (19, 14, "-lossless"), "near-lossless-60": (55, 41, "-near_lossless 60"), "near-lossless-20": (47, 36, "-near_lossless 20"),
}
ALPHA_WEBPS = {
    "alpha-lossy": "-q 75", "alpha-lossy-quantized": "-q 60 -alpha_q 40", "alpha-raw": "-q 60 -alpha_method 0", "alpha-filtered": "-q 70 -alpha_filter best",
    "alpha-lossless": "-lossless", "alpha-lossless-exact": "-lossless -exact",
}


def webps():
    with tempfile.TemporaryDirectory() as folder:
        source, output = f"{folder}/source.png", f"{folder}/output.webp"

        def cwebp(picture, options):
            picture.save(source)
            run("cwebp", "-quiet", *options.split(), source, "-o", output)
            return Path(output).read_bytes()

        for seed, (name, (width, height, options)) in enumerate(WEBPS.items(), 220):
            write(f"conformance/webp/{name}.webp", cwebp(scene(width, height, seed), options))
        for seed, (name, options) in enumerate(ALPHA_WEBPS.items(), 240):
            write(f"conformance/webp/{name}.webp", cwebp(with_alpha(scene(41, 33, seed), seed), options))
        for colors in (2, 4, 16, 200):
            write(f"conformance/webp/lossless-{colors}-colors.webp", cwebp(drawing(49, 37, 250, colors), "-lossless -z 9"))
        frames = [f"{folder}/{i}.png" for i in range(3)]
        for i, frame in enumerate(frames):
            with_alpha(drawing(42, 32, 260 + i, 20), i).save(frame)
        for name, options in (("lossy", "-lossy -q 70"), ("lossless", "-lossless")):
            run("img2webp", "-loop", 0, *options.split(), "-d", 90, *frames, "-o", output)
            write(f"conformance/webp/animated-{name}.webp", Path(output).read_bytes())
        small, large = f"{folder}/small.webp", f"{folder}/large.webp"
        Path(small).write_bytes(cwebp(scene(20, 16, 263), "-q 80"))
        Path(large).write_bytes(cwebp(with_alpha(scene(48, 36, 264), 264), "-q 60"))
        run("webpmux", "-frame", small, "+100+10+8", "-frame", large, "+100+0+0", "-loop", 0, "-o", output)
        write("conformance/webp/animated-small-first-frame.webp", Path(output).read_bytes())


TIFFS = {
    "gray-packbits": ("L", "-c packbits -r 7"), "gray-big-endian": ("L", "-c none -B -r 5"), "rgb-lzw": ("RGB", "-c lzw:1"), "rgb-lzw-predictor": ("RGB", "-c lzw:2 -r 9"),
    "rgb-deflate": ("RGB", "-c zip:2"), "rgb-tiles-deflate": ("RGB", "-c zip:1 -t -w 16 -l 16"), "rgb-planes-lzw": ("RGB", "-c lzw:2 -p separate"),
    "rgb-planes-tiles": ("RGB", "-c packbits -p separate -t -w 32 -l 16"), "rgb-bigtiff": ("RGB", "-c lzw:2 -8"), "rgba-lzw": ("RGBA", "-c lzw:2"),
    "cmyk-deflate": ("CMYK", "-c zip:2"), "palette-packbits": ("P", "-c packbits"), "rgb-jpeg": ("RGB", "-c jpeg:r:80 -r 16"), "ycbcr-jpeg": ("RGB", "-c jpeg:80 -r 16"),
    "ycbcr-jpeg-tiles": ("RGB", "-c jpeg:80 -t -w 32 -l 16"), "gray-jpeg": ("L", "-c jpeg:80"), "fax-group3": ("1", "-c g3:1d"), "fax-group3-2d": ("1", "-c g3:2d:fill -r 8"),
    "fax-group4": ("1", "-c g4"), "fax-group4-reversed": ("1", "-c g4 -f lsb2msb"), "bilevel-packbits": ("1", "-c packbits"),
}


def tiffs():
    with tempfile.TemporaryDirectory() as folder:
        source, output = f"{folder}/source.tif", f"{folder}/output.tif"
        for seed, (name, (mode, options)) in enumerate(TIFFS.items(), 270):
            picture = scene(43, 31, seed)
            picture = with_alpha(picture, seed) if mode == "RGBA" else drawing(43, 31, seed, 16) if mode == "P" else picture.convert(mode)
            picture.save(source, "TIFF")
            run("tiffcp", *options.split(), source, output)
            write(f"conformance/tiff/{name}.tif", Path(output).read_bytes())


HEICS = {
    "420": ("i420", 8, 40, 30, "--qp 26"), "422": ("i422", 8, 40, 30, "--qp 28"), "444": ("i444", 8, 39, 29, "--qp 28"), "gray": ("i400", 8, 41, 31, "--qp 24"),
    "420-10-bit": ("i420", 10, 40, 30, "--qp 28"), "422-10-bit": ("i422", 10, 36, 28, "--qp 30"), "444-12-bit": ("i444", 12, 33, 27, "--qp 32"),
    "lossless": ("i444", 8, 25, 19, "--lossless"), "transform-skip": ("i420", 8, 42, 32, "--tskip --qp 22 --no-signhide"), "scaling-lists": ("i420", 8, 44, 34, "--scaling-list default --qp 20"),
    "slices": ("i420", 8, 40, 80, "--slices 3 --ctu 16 --qp 30"), "adaptive-qp": ("i420", 8, 72, 72, "--crf 30 --aq-mode 2 --qg-size 16"),
    "no-filters": ("i420", 8, 38, 30, "--no-sao --no-deblock --qp 36"),
}


def heics():
    for seed, (name, (csp, depth, width, height, options)) in enumerate(HEICS.items(), 340):
        configuration, data = heif.encode(scene(width, height, seed), csp, depth, options)
        boxes = [configuration, heif.size(width, height), heif.pixels(1 if csp == "i400" else 3, depth), heif.COLOR]
        write(f"conformance/heif/{name}.heic", heif.file([(b"hvc1", data, boxes)]))
    upright = scene(48, 32, 360)
    configuration, data = heif.encode(upright, options="--qp 27")
    boxes = [configuration, heif.size(48, 32), heif.COLOR]
    for name, transforms in (
            ("rotated", [heif.rotation(1)]), ("mirrored", [heif.mirror(0)]), ("cropped", [heif.crop(30, 20, -4, 3)]),
            ("cropped-rotated-mirrored", [heif.crop(30, 20, 4, -2), heif.rotation(3), heif.mirror(1)])):
        write(f"conformance/heif/{name}.heic", heif.file([(b"hvc1", data, [*boxes, *transforms])]))
    alpha_configuration, alpha = heif.encode(with_alpha(upright, 361).getchannel("A"), "i400", options="--qp 20")
    alpha_boxes = [alpha_configuration, heif.size(48, 32), heif.ALPHA]
    write("conformance/heif/alpha.heic", heif.file([(b"hvc1", data, boxes), (b"hvc1", alpha, alpha_boxes)], [(b"auxl", 2, 1)]))
    picture = scene(120, 90, 362)
    tiles = [heif.encode(picture.crop((x, y, x + 64, y + 64)), options="--qp 30") for y in (0, 64) for x in (0, 64)]
    items = [(b"hvc1", data, [configuration, heif.size(64, 64)]) for configuration, data in tiles]
    thumbnail_configuration, thumbnail = heif.encode(picture.resize((32, 24)), options="--qp 28")
    items = [(b"grid", heif.grid(2, 2, 120, 90), [heif.size(120, 90), heif.COLOR]), *items, (b"hvc1", thumbnail, [thumbnail_configuration, heif.size(32, 24)])]
    write("conformance/heif/grid.heic", heif.file(items, [(b"dimg", 1, 2, 3, 4, 5), (b"thmb", 6, 1)]))
    with tempfile.TemporaryDirectory() as folder:
        source, output = f"{folder}/source.png", f"{folder}/output.heic"
        with_alpha(scene(37, 27, 363), 363).save(source)
        run("heif-enc", "-q", 60, source, "-o", output)
        write("conformance/heif/libheif-alpha.heic", Path(output).read_bytes())


def qois():
    write("conformance/qoi/scene.qoi", qoi.encode(scene(33, 25, 280)))
    write("conformance/qoi/drawing.qoi", qoi.encode(drawing(90, 70, 281, 9).convert("RGB")))
    write("conformance/qoi/alpha.qoi", qoi.encode(with_alpha(scene(27, 21, 282), 282)))
    write("conformance/qoi/linear.qoi", qoi.encode(scene(24, 18, 283), colorspace=1))
    write("conformance/qoi/one-pixel.qoi", qoi.encode(Image.new("RGB", (1, 1), (200, 100, 50))))


def scaled(samples, most):
    return [(sample * most + 127) // 255 for sample in samples]


def raw_samples(samples, most):
    values = scaled(samples, most)
    return bytes(values) if most < 256 else struct.pack(f">{len(values)}H", *values)


def pnms():
    def samples(mode, seed, width=29, height=23):
        picture = with_alpha(scene(width, height, seed), seed).convert("RGBA")
        picture = picture.convert(mode) if mode != "RGB" else picture.convert("RGB")
        return (width, height), picture.tobytes()

    for kind, mode, most in ((5, "L", 255), (5, "L", 15), (5, "L", 65535), (5, "L", 1023), (6, "RGB", 255), (6, "RGB", 100), (6, "RGB", 65535), (6, "RGB", 4095)):
        size, data = samples(mode, 290 + most % 7)
        suffix = "pgm" if kind == 5 else "ppm"
        write(f"conformance/pnm/raw-{most}.{suffix}", b"P%d\n%d %d\n%d\n" % (kind, *size, most) + raw_samples(data, most))
    for kind, mode, most in ((2, "L", 255), (2, "L", 7), (3, "RGB", 255), (3, "RGB", 1000)):
        size, data = samples(mode, 295, 17, 13)
        text = "\n".join(" ".join(map(str, scaled(data, most)[at:at + 12])) for at in range(0, len(data), 12))
        suffix = "pgm" if kind == 2 else "ppm"
        write(f"conformance/pnm/plain-{most}.{suffix}", b"P%d # plain\n# two comments\n%d %d\n%d\n" % (kind, *size, most) + text.encode() + b"\n")
    bits = drawing(29, 23, 296, 2).convert("L").point(lambda level: 255 * (level > 100)).convert("1")
    write("conformance/pnm/raw.pbm", saved(bits, "PPM"))
    text = "\n".join("".join("10"[bool(bits.getpixel((x, y)))] for x in range(29)) for y in range(23))
    write("conformance/pnm/plain.pbm", b"P1\n29 23\n" + text.encode() + b"\n")
    for tuple_type, mode, most in (
            ("GRAYSCALE", "L", 255), ("GRAYSCALE_ALPHA", "LA", 255), ("RGB", "RGB", 255), ("RGB_ALPHA", "RGBA", 255), ("GRAYSCALE_ALPHA", "LA", 65535),
            ("RGB_ALPHA", "RGBA", 65535), ("RGB", "RGB", 1023)):
        size, data = samples(mode, 297)
        header = "P7\n# PAM\nWIDTH %d\nHEIGHT %d\nDEPTH %d\nMAXVAL %d\nTUPLTYPE %s\nENDHDR\n" % (*size, len(mode), most, tuple_type)
        write(f"conformance/pnm/{tuple_type.lower().replace('_', '-')}-{most}.pam", header.encode() + raw_samples(data, most))
    header = b"P7\nWIDTH 29\nHEIGHT 23\nDEPTH 1\nMAXVAL 1\nTUPLTYPE BLACKANDWHITE\nENDHDR\n"
    write("conformance/pnm/blackandwhite.pam", header + bytes(bool(level) for level in bits.getdata()))
    size, data = samples("RGB", 298, 9, 7)
    first = b"P6 9 7 255\n" + data
    write("conformance/pnm/concatenated.ppm", first + b"P6 9 7 255\n" + bytes(len(data)))


def icos():
    for depth, colors in ((1, 2), (4, 16), (8, 200)):
        write(f"conformance/ico/palette-{depth}.ico", ico.encode([(37, 29, depth, ico.bitmap(drawing(37, 29, 300 + depth, colors), depth))]))
    picture = with_alpha(scene(33, 27, 310), 310)
    write("conformance/ico/gray-8.ico", ico.encode([(21, 17, 8, ico.bitmap(noise(21, 17, 311).convert("P"), 8))]))
    write("conformance/ico/rgb-555.ico", ico.encode([(33, 27, 16, ico.bitmap(picture, 555))]))
    write("conformance/ico/rgb-24.ico", ico.encode([(33, 27, 24, ico.bitmap(picture, 24))]))
    write("conformance/ico/rgba-32.ico", ico.encode([(33, 27, 32, ico.bitmap(picture, 32))]))
    write("conformance/ico/rgb-32-mask.ico", ico.encode([(33, 27, 32, ico.bitmap(picture, 32, alpha=False))]))
    write("conformance/ico/png.ico", ico.encode([(33, 27, 32, ico.png(picture))]))
    sizes = [(size, size, 32, ico.bitmap(with_alpha(scene(size, size, 312 + size), size), 32)) for size in (8, 24, 16)]
    shallow = (24, 24, 4, ico.bitmap(drawing(24, 24, 313, 16), 4))
    write("conformance/ico/several.ico", ico.encode([shallow, *sizes]))
    write("conformance/ico/cursor.cur", ico.encode([(32, 32, 4, ico.bitmap(drawing(32, 32, 314, 16), 4))], cursor=True))


def tgas():
    picture, translucent = scene(33, 25, 320), with_alpha(scene(31, 23, 321), 321)
    few = drawing(37, 29, 322, 12)
    for rle in (False, True):
        suffix = "-rle" if rle else ""
        write(f"conformance/tga/palette{suffix}.tga", tga.encode(few, 8, rle, image_id=b"made by make.py"))
        write(f"conformance/tga/palette-16{suffix}.tga", tga.encode(few, 8, rle, True, map_depth=16, first=3))
        write(f"conformance/tga/gray{suffix}.tga", tga.encode(picture.convert("L"), 8, rle))
        write(f"conformance/tga/gray-alpha{suffix}.tga", tga.encode(translucent.convert("LA"), 16, rle))
        for depth in (15, 16, 24):
            write(f"conformance/tga/rgb-{depth}{suffix}.tga", tga.encode(few.convert("RGB") if rle else picture, depth, rle, top_down=depth == 24))
        write(f"conformance/tga/rgba-32{suffix}.tga", tga.encode(translucent, 32, rle))
        write(f"conformance/tga/rgba-32-top-down{suffix}.tga", tga.encode(translucent, 32, rle, top_down=True, attributes=3))
        write(f"conformance/tga/right-to-left{suffix}.tga", tga.encode(picture, 24, rle, right_to_left=True))
    write("conformance/tga/runs-across-rows.tga", tga.encode(few.convert("RGB"), 24, True, cross_rows=True))
    premultiplied = Image.composite(translucent, Image.new("RGBA", translucent.size), translucent.getchannel("A"))
    premultiplied.putalpha(translucent.getchannel("A"))
    write("conformance/tga/premultiplied.tga", tga.encode(premultiplied, 32, attributes=4))
    write("conformance/tga/alpha-ignored.tga", tga.encode(translucent, 32, attributes=1))


def raws():
    """Directories as cameras write them, with previews of cjpeg and without raw pixels."""
    small, large = cjpeg(scene(40, 30, 330), "-quality", "60"), cjpeg(scene(96, 64, 331), "-quality", "70")

    def directory(order, offset, entries, following=0):
        data = struct.pack(order + "H", len(entries))
        for tag, kind, count, value in entries:
            packed = struct.pack(order + {3: "HH", 4: "I", 7: "I"}[kind], *((value, 0) if kind == 3 else (value,)))
            data += struct.pack(order + "HHI", tag, kind, count) + packed
        return data + struct.pack(order + "I", following)

    for name, order, number in (("dng", "<", 42), ("nef", ">", 42)):
        # The main directory has a small preview, its SubIFD the large one.
        first = 8 + 2 + 12 * 6 + 4
        second = first + len(small)
        version = (0xC612, 4, 1, 0x01040000) if name == "dng" else (0xFE, 4, 1, 1)
        main = [(0x112, 3, 1, 6), (0x14A, 4, 1, second), (0x201, 4, 1, first), (0x202, 4, 1, len(small)), version, (0xFFFF, 4, 1, 0)]
        sub = [(0x103, 3, 1, 7), (0x111, 4, 1, second + 2 + 12 * 3 + 4), (0x117, 4, 1, len(large))]
        head = (b"II" if order == "<" else b"MM") + struct.pack(order + "HI", number, 8)
        if name == "nef":
            main[5] = (0x10F, 4, 1, 0)
        write(f"conformance/raw/{name}.{name}", head + directory(order, 8, sorted(main)) + small + directory(order, second, sub) + large)
    # Panasonic: the whole JPEG is a value of the main directory.
    start = 8 + 2 + 12 * 2 + 4
    write("conformance/raw/rw2.rw2", b"IIU\0" + struct.pack("<I", 8) + directory("<", 8, [(0x2E, 7, len(large), start), (0x112, 3, 1, 8)]) + large)
    # Olympus: the preview is in the maker notes.
    write("conformance/raw/orf.orf", b"IIRO" + struct.pack("<I", 8) + directory("<", 8, [(0x112, 3, 1, 1)]) + bytes(9) + large)
    raf = bytearray(b"FUJIFILMCCD-RAW 0201" + bytes(140))
    raf[84:92] = struct.pack(">II", 160, len(with_exif(large, 8)))
    write("conformance/raw/raf.raf", bytes(raf) + with_exif(large, 8))

    def box(kind, *contents):
        content = b"".join(contents)
        return struct.pack(">I", 8 + len(content)) + kind + content

    def movie(offset):
        table = box(b"stbl", box(b"stsz", struct.pack(">III", 0, len(large), 1)), box(b"co64", struct.pack(">IIQ", 0, 1, offset)))
        return box(b"moov", box(b"uuid", bytes(16), box(b"CMT1", exif(3))), box(b"trak", box(b"mdia", box(b"minf", table))))

    brand = box(b"ftyp", b"crx ", bytes(4), b"crx isom")
    write("conformance/raw/cr3.cr3", brand + movie(len(brand) + len(movie(0)) + 8) + box(b"mdat", large))


for make in (photos, orientation, jpegs, pngs, gifs, bmps, webps, tiffs, heics, qois, pnms, icos, tgas, raws):
    make()
