"""Makes thumbnails with Pillow (https://python-pillow.org) for a driver that sends a line per photo, so the start of Python is not measured.

First line out: name and version. Then in: PHOTO. Out: milliseconds from bytes in memory to bytes in memory.
"""

import io
import sys
import time
from pathlib import Path

import PIL
from PIL import Image, ImageOps, features

SIZE = (200, 200)


def thumbnail(data):
    photo = Image.open(io.BytesIO(data))
    # Decodes at a reduced scale that leaves at least a factor of 2 to resampling, as Image.thumbnail does.
    photo.draft("RGB", (2 * SIZE[0], 2 * SIZE[1]))
    photo = ImageOps.fit(ImageOps.exif_transpose(photo).convert("RGB"), SIZE, Image.Resampling.LANCZOS)
    output = io.BytesIO()
    photo.save(output, "JPEG", quality=80)
    return output.getvalue()


print(f"Pillow {PIL.__version__}, libjpeg-turbo {features.version_feature('libjpeg_turbo')}", flush=True)
for line in sys.stdin:
    data = Path(line.rstrip("\n")).read_bytes()
    start = time.perf_counter()
    thumbnail(data)
    print(f"{(time.perf_counter() - start) * 1000:.3f}", flush=True)
