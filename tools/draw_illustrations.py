"""Illustrations: flat, geometric posters in one shared palette.

They show a double helix before a gear, a constellation that widens from one rising star, and a
table of pamphlets under bunting. The same code always draws the same pictures.
Run `python tools/draw_illustrations.py` from the repository's root to write them under content/;
`--out DIR` writes them under another folder, by the same relative paths.
"""

import argparse
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise, product
from math import cos, dist, pi, radians, sin
from pathlib import Path

from PIL import Image, ImageDraw

INK, PAPER, BRICK, GOLD = "#14213d", "#fbf4e6", "#c8553d", "#f2b134"
TEAL, PLUM, SKY, BLUSH = "#2a7f7b", "#5b2a4e", "#a9d6e5", "#f0a988"

SCALE = 3  # pictures are drawn this many times larger, then reduced, so that edges are smooth
Point = tuple[float, float]


@dataclass(frozen=True)
class Sheet:
    """A sheet of poster paper, addressed in the pixels of the finished picture."""

    pen: ImageDraw.ImageDraw

    def shape(self, points: Sequence[Point], fill: str) -> None:
        self.pen.polygon([(x * SCALE, y * SCALE) for x, y in points], fill)

    def box(self, left: float, top: float, right: float, bottom: float, fill: str) -> None:
        self.shape([(left, top), (right, top), (right, bottom), (left, bottom)], fill)

    def disc(self, centre: Point, radius: float, fill: str) -> None:
        self.pen.circle((centre[0] * SCALE, centre[1] * SCALE), radius * SCALE, fill)

    def stroke(self, start: Point, end: Point, width: float, fill: str) -> None:
        """A straight bar with round ends, which Pillow's own lines do not have."""
        self.pen.line([(x * SCALE, y * SCALE) for x, y in (start, end)], fill, round(width * SCALE))
        self.disc(start, width / 2, fill)
        self.disc(end, width / 2, fill)

    def star(self, centre: Point, radii: Sequence[float], fill: str) -> None:
        """A starburst with its corners at the given distances, taken in turn from the top."""
        step = 2 * pi / len(radii)
        self.shape([polar(centre, r, i * step - pi / 2) for i, r in enumerate(radii)], fill)


def paint(size: tuple[int, int], ground: str, draw: Callable[[Sheet], None]) -> Image.Image:
    large = Image.new("RGB", (size[0] * SCALE, size[1] * SCALE), ground)
    draw(Sheet(ImageDraw.Draw(large)))
    return large.resize(size, Image.Resampling.LANCZOS)


def polar(centre: Point, radius: float, angle: float) -> Point:
    return centre[0] + radius * cos(angle), centre[1] + radius * sin(angle)


def helix(turn: float, strand: int, along: float = 0) -> Point:
    """The position of a strand after `turn` radians, moved `along` the helix's tilted axis."""
    tilt, reach, pitch = radians(24), 330, 940
    on_axis = polar((800, 800), pitch * turn / (2 * pi) + along, tilt + pi / 2)
    return polar(on_axis, reach * cos(turn + strand * pi), tilt)


def draw_band(page: Sheet, half_turn: int, strand: int, fill: str) -> None:
    turns = [(half_turn + i / 60) * pi for i in range(61)]
    edge = [helix(t, strand, -84) for t in turns]
    page.shape(edge + [helix(t, strand, 84) for t in reversed(turns)], fill)


def draw_rung(page: Sheet, turn: float) -> None:
    """A rung is two coloured rods joined by a bolt, as in a kit of parts."""
    left, right = helix(turn, 0), helix(turn, 1)
    middle = ((left[0] + right[0]) / 2, (left[1] + right[1]) / 2)
    for end, colour in ((left, PAPER), (right, INK)):
        page.stroke(middle, end, 36, colour)
        page.disc(end, 30, colour)
    page.disc(middle, 38, INK)
    page.disc(middle, 17, PAPER)


def draw_gear(page: Sheet, centre: Point, teeth: int, fill: str) -> None:
    """The radius follows from the number of teeth, so that gears of any size mesh."""
    step, root = 2 * pi / teeth, 31.4 * teeth - 38
    tooth = ((-0.29, root - 4), (-0.18, root + 72), (0.18, root + 72), (0.29, root - 4))
    corners = product(range(teeth), tooth)
    page.disc(centre, root, fill)
    page.shape([polar(centre, r, (i + part) * step) for i, (part, r) in corners], fill)


def draw_helix(page: Sheet) -> None:
    draw_gear(page, (800, 800), 20, GOLD)
    page.disc((800, 800), 470, BLUSH)
    for corner in ((176, 176), (1424, 1424)):
        draw_gear(page, corner, 8, PLUM)
        page.disc(corner, 90, BRICK)
    # Half turns that pass behind come first, in the darker colours of the bands' insides.
    for k in range(-4, 4):
        draw_band(page, k, (k + 1) % 2, (INK, TEAL)[k % 2])
    for k, offset in product(range(-4, 4), (-0.16, 0.16)):
        draw_rung(page, (k + offset) * pi)
    for k in range(-4, 4):
        draw_band(page, k, k % 2, (PAPER, PLUM)[k % 2])
        for i in range(1, 8):
            page.disc(helix((k + i / 8) * pi, k % 2), 15, (BRICK, GOLD)[k % 2])


def draw_ring(page: Sheet, inner: Sequence[Point], outer: Sequence[Point]) -> None:
    """Every star is reached from the ring inside it, and some from a neighbour as well."""
    for star in outer:
        page.stroke(star, min((dist(star, near), near) for near in inner)[1], 9, PAPER)
    for one, other in list(pairwise(outer))[2::4]:
        page.stroke(one, other, 9, PAPER)
    for i, star in enumerate(outer):
        page.disc(star, 23 + i * 5 % 11, (PAPER, GOLD, SKY)[i % 3])


def draw_constellation(page: Sheet) -> None:
    origin = (800, 1220)
    for radius, colour in ((800, PLUM), (500, BRICK), (310, BLUSH), (200, GOLD)):
        page.disc(origin, radius, colour)
    rings: list[list[Point]] = [[origin]]
    rng = random.Random(4613)  # a seed whose links neither cross nor crowd
    for distance, count in ((380, 4), (620, 7), (860, 11), (1090, 16)):
        # A little unevenness keeps the widening fans of stars from looking ruled.
        turns = [(i + 0.5 + rng.uniform(-0.2, 0.2)) / count for i in range(count)]
        angles = [radians(160 * turn - 170) for turn in turns]
        rings.append([polar(origin, distance * rng.uniform(0.92, 1.06), a) for a in angles])
    # From the outside in, so that each star covers the ends of all its links.
    for outer, inner in pairwise(reversed(rings)):
        draw_ring(page, inner, outer)
    page.disc((800, 3220), 1960, TEAL)
    page.disc((300, 3700), 2200, INK)
    page.star(origin, [240, 52, 130, 52] * 4, PAPER)


def draw_houses(page: Sheet) -> None:
    """Brick row houses with flat roofs at uneven heights and two windows per story."""
    for i, top in enumerate((465, 430, 480, 440, 415, 470, 430, 475)):
        left = i * 250
        page.box(left, top, left + 250, 1110, (BRICK, BLUSH)[i % 2])
        page.box(left - 6, top - 26, left + 256, top + 8, PLUM)
        # No lower windows behind the people.
        for x, y in product((45, 145), range(top + 46, 960 if i in (0, 7) else top + 99, 200)):
            page.box(left + x, y, left + x + 60, y + 100, PAPER)


def draw_bunting(page: Sheet, top: float, flags: Sequence[str]) -> None:
    string = [(126 * i - 71.0, top + 2.63 * i * (17 - i)) for i in range(18)]
    for i, ((x, y), end) in enumerate(pairwise(string)):
        dx, dy = end[0] - x, end[1] - y
        # Each flag is perpendicular to its piece of string, so the row swings outward.
        corners = ((0.06, 0), (0.94, 0), (0.5, 1.05))
        page.shape([(x + dx * a - dy * b, y + dy * a + dx * b) for a, b in corners], flags[i % 5])
        page.stroke((x, y), end, 9, INK)


def draw_table(page: Sheet) -> None:
    page.box(200, 1085, 1800, 1280, PLUM)
    for x in range(250, 1800, 100):
        page.shape([polar((x, 1084), 50, a * pi / 30) for a in range(31)], GOLD)
    for x in range(300, 1800, 200):
        page.star((x, 1205), [44, 10, 26, 10] * 4, PAPER)
    page.shape([(290, 960), (1710, 960), (1800, 1085), (200, 1085)], TEAL)


def draw_leaflet(page: Sheet, x: float, base: float, colour: str) -> None:
    """A pamphlet folded in three, upright on the table."""
    feet = [(x + i * 46, base - 16 * (i % 2)) for i in range(4)]
    for ((ax, ay), (bx, by)), fill in zip(pairwise(feet), (PAPER, colour, PAPER), strict=True):
        page.shape([(ax, ay), (bx, by), (bx, by - 140), (ax, ay - 140)], fill)
    page.disc((x + 23, base - 100), 13, colour)
    for y in (112, 92, 72):
        page.stroke((x + 104, base - y), (x + 126, base - y + 4), 7, colour)


def draw_day_of_hope(page: Sheet) -> None:
    page.disc((1345, 340), 215, GOLD)
    draw_houses(page)
    page.box(0, 1110, 2000, 1333, PAPER)
    page.shape([(200, 1280), (1800, 1280), (1700, 1310), (100, 1310)], BLUSH)
    bodies = (GOLD, INK, SKY, PLUM, SKY, GOLD, INK)
    heads = (PLUM, SKY, TEAL, GOLD, INK, TEAL, PAPER)
    for i, rise in enumerate((0, -34, 18, -20, 26, -40, 8)):
        page.disc((370 + i * 210, 931 + rise), 128, bodies[i])
        page.disc((370 + i * 210, 716 + rise), 74, heads[i])
    draw_table(page)
    for i, colour in enumerate((BRICK, PLUM, GOLD, BRICK, GOLD, PLUM)):
        draw_leaflet(page, 406 + i * 210, 1040, colour)
    draw_bunting(page, -136, (PLUM, BRICK, GOLD, TEAL, PAPER))
    draw_bunting(page, 36, (PAPER, PLUM, BRICK, GOLD, TEAL))


def draw_all() -> dict[str, Image.Image]:
    """Every picture, by its path relative to the folder it is written into."""
    return {
        "stories/makayla-cheng.jpg": paint((1600, 1600), BRICK, draw_helix),
        "stories/mariah-wright-moses.jpg": paint((1600, 1600), INK, draw_constellation),
        "members-in-action/philly-day-of-hope.jpg": paint((2000, 1333), SKY, draw_day_of_hope),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description="Draw the site's abstract illustrations.")
    parser.add_argument("--out", type=Path, default=Path("content"), help="folder to write into")
    out: Path = parser.parse_args().out
    for name, picture in draw_all().items():
        path = out / name
        path.parent.mkdir(parents=True, exist_ok=True)
        picture.save(path, quality=88, optimize=True, progressive=True, subsampling="4:2:2")


if __name__ == "__main__":
    main()
