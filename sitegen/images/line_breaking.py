"""Line breaking: balanced lines at the largest size that fits a box.

It knows no fonts: `measure` returns the width of a text in ems (multiples of the font size).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache

Measure = Callable[[str], float]


@dataclass(frozen=True, slots=True)
class Lines:
    """Lines of text and their size, in pixels."""

    size: int
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TextBox:
    """A box for a text: width and height in pixels, sizes to try from the largest, leading in ems.

    At sizes up to `broken`, words that are too long for a line are broken instead of drawn smaller.
    """

    width: int
    height: int
    sizes: tuple[int, ...]
    leading: float
    broken: int = 0


def fit(text: str, box: TextBox, measure: Measure) -> Lines:
    """Return a text in balanced lines, at the largest size at which it fits into a box.

    If it doesn't fit even at the smallest size, it is cut and ends in an ellipsis.
    """
    measure = cache(measure)
    for size in box.sizes:
        width, is_last = box.width / size, size == box.sizes[-1]
        words = text.split()
        if max(map(measure, words), default=0.0) > width:
            if size > box.broken and not is_last:
                continue
            words = [piece for word in words for piece in _pieces(word, width, measure)]
        lines, most = _filled(words, width, measure), _most(box, size)
        if len(lines) <= most:
            return Lines(size, _balanced(words, lines, width, measure))
    return Lines(size, _cut(lines, width, most, measure))


def _most(box: TextBox, size: int) -> int:
    """Return how many lines fit; the last one needs no leading below it."""
    return max(1, 1 + int((box.height - size) // (box.leading * size)))


def _filled(words: Sequence[str], width: float, measure: Measure) -> tuple[str, ...]:
    """Return lines filled greedily, one after the other."""
    lines: list[str] = []
    space, used = measure(" "), 0.0
    for word in words:
        wide = measure(word)
        if lines and used + space + wide <= width:
            lines[-1] += f" {word}"
            used += space + wide
        else:
            lines.append(word)
            used = wide
    return tuple(lines)


def _balanced(
    words: Sequence[str], lines: tuple[str, ...], width: float, measure: Measure
) -> tuple[str, ...]:
    """Return as many lines, in the narrowest width in which the words still fit into that many."""
    if len(lines) < 2:
        return lines
    narrow, wide = max(map(measure, words), default=0.0), width
    for _ in range(8):
        middle = (narrow + wide) / 2
        tried = _filled(words, middle, measure)
        if len(tried) <= len(lines):
            wide, lines = middle, tried
        else:
            narrow = middle
    return lines


def _cut(lines: tuple[str, ...], width: float, most: int, measure: Measure) -> tuple[str, ...]:
    last = lines[most - 1]
    while last and measure(f"{last}…") > width:
        last = last[:-1]
    return (*lines[: most - 1], f"{last.rstrip(' ,;:.')}…")


def _pieces(word: str, width: float, measure: Measure) -> list[str]:
    """Return a word in pieces that each fit into a line."""
    pieces = [""]
    for letter in word:
        if pieces[-1] and measure(pieces[-1] + letter) > width:
            pieces.append("")
        pieces[-1] += letter
    return pieces
