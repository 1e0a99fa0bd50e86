"""Pictures drawn from a seed: clouds with the spectrum of nature, ridges and houses with hard edges, text, noise. Needs Pillow alone."""

from random import Random

from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageFont, ImageOps


# In pixels; raw pixels of a camera are this soft.
BLUR = 1.0


def noise(width, height, seed):
    return Image.frombytes("L", (width, height), Random(seed).randbytes(width * height))


def clouds(width, height, seed, roughness=0.6):
    """Fractal noise: each octave has `roughness` of the contrast of the one before."""
    cells, weight, octaves = 2, 1.0, []
    while cells < width:
        octave = noise(cells + 1, max(2, cells * height // width) + 1, seed * 100 + cells)
        octaves.append((weight, octave.resize((width, height), Image.BICUBIC)))
        cells, weight = cells * 2, weight * roughness
    picture, total = octaves[-1][1], octaves[-1][0]
    for weight, octave in reversed(octaves[:-1]):
        total += weight
        picture = Image.blend(picture, octave, weight / total)
    return ImageOps.autocontrast(picture)


def colored(gray, dark, middle, light):
    return ImageOps.colorize(gray, dark, light, mid=middle)


def ridge(width, height, random, top, steps):
    """A mask below a skyline that walks at random: a hard edge of all slopes."""
    mask = Image.new("L", (width, height))
    points, y = [(0, height)], top
    for i in range(steps + 1):
        points.append((i * width // steps, y))
        y = min(height - 1, max(0, y + random.randint(-height // 14, height // 14)))
    ImageDraw.Draw(mask).polygon(points + [(width, height)], fill=255)
    return mask


def houses(picture, random, count):
    """Rectangles with windows: periodic detail down to a pixel."""
    draw = ImageDraw.Draw(picture)
    width, height = picture.size
    for _ in range(count):
        w, h = random.randint(width // 24, width // 8), random.randint(height // 10, height // 3)
        x, y = random.randint(0, width - w), height - h
        wall = tuple(random.randint(60, 220) for _ in range(3))
        draw.rectangle((x, y, x + w, height), fill=wall)
        pitch = random.choice((3, 5, 8, 12))
        for row in range(y + pitch, height - pitch, 2 * pitch):
            for column in range(x + pitch, x + w - pitch, 2 * pitch):
                lit = random.random() < 0.3
                draw.rectangle((column, row, column + pitch // 2, row + pitch - 1), fill=(250, 230, 140) if lit else (20, 24, 40))


def lines(picture, random, count):
    draw = ImageDraw.Draw(picture)
    width, height = picture.size
    for _ in range(count):
        ends = [random.randint(0, width), random.randint(0, height), random.randint(0, width), random.randint(0, height)]
        draw.line(ends, fill=tuple(random.randint(0, 255) for _ in range(3)), width=random.choice((1, 1, 2, 3)))


def text(picture, random, count):
    draw, font = ImageDraw.Draw(picture), ImageFont.load_default()
    width, height = picture.size
    for _ in range(count):
        word = "".join(random.choice("RESIZEimage0123456789#%&") for _ in range(9))
        place = (random.randint(0, width * 3 // 4), random.randint(0, height - 8))
        draw.text(place, word, fill=random.choice(((255, 255, 255), (0, 0, 0), (200, 30, 30))), font=font)


def grain(picture, seed, strength):
    """Noise of a sensor."""
    layer = Image.merge("RGB", [noise(*picture.size, seed + i) for i in range(3)])
    return ImageChops.add(picture, layer.point(lambda v: v * strength // 256), 1, -strength // 2)


PALETTES = [
    (((30, 70, 150), (140, 180, 220), (250, 245, 235)), ((20, 40, 20), (70, 100, 50), (180, 170, 110))),
    (((60, 20, 70), (230, 110, 70), (255, 220, 150)), ((15, 10, 25), (70, 45, 60), (170, 120, 90))),
    (((10, 14, 30), (40, 60, 90), (150, 170, 190)), ((5, 20, 12), (30, 70, 60), (130, 150, 120))),
]


def photo(width, height, seed, strength=8):
    """A scene as a camera sees it: the lens and the color filters of the sensor blur it, and then comes the grain."""
    return grain(scene(width, height, seed, 0).filter(ImageFilter.GaussianBlur(BLUR)), seed, strength)


def scene(width, height, seed, strength=8):
    """A landscape: sky, ridges from far to near, houses, wires, writing, grain."""
    if min(width, height) < 24:
        return scene(width + 48, height + 48, seed, strength).crop((24, 40, 24 + width, 40 + height))
    random = Random(seed)
    sky, land = PALETTES[seed % len(PALETTES)]
    picture = colored(clouds(width, height, seed, 0.5), *sky)
    for layer in range(3):
        ground = colored(clouds(width, height, seed * 7 + layer + 1, 0.72), *land)
        picture.paste(ground, mask=ridge(width, height, random, height * (4 + 2 * layer) // 11, 9 + 8 * layer))
    houses(picture, random, 7)
    lines(picture, random, 6)
    text(picture, random, max(1, width // 60))
    return grain(picture, seed, strength)


def drawing(width, height, seed, colors):
    """Few flat colors, as in icons and diagrams."""
    random = Random(seed)
    picture = Image.new("P", (width, height))
    picture.putpalette([random.randint(0, 255) for _ in range(3 * colors)])
    draw = ImageDraw.Draw(picture)
    for i in range(3 * colors):
        x, y = random.randint(-width // 4, width), random.randint(-height // 4, height)
        box = (x, y, x + random.randint(1, width // 2 + 1), y + random.randint(1, height // 2 + 1))
        (draw.ellipse if i % 3 else draw.rectangle)(box, fill=i % colors)
    draw.text((1, 1), "R#5", fill=colors - 1, font=ImageFont.load_default())
    return picture


def alpha(width, height, seed):
    """Opaque, transparent and all between: a disk with soft clouds beside it."""
    mask = clouds(width, height, seed).point(lambda v: max(0, min(255, 3 * v - 256)))
    draw = ImageDraw.Draw(mask)
    draw.ellipse((width // 6, height // 6, width // 2, height * 2 // 3), fill=255)
    draw.rectangle((width * 2 // 3, 0, width, height // 3), fill=0)
    return mask


def with_alpha(picture, seed):
    picture = picture.convert("RGB")
    picture.putalpha(alpha(*picture.size, seed))
    return picture
