"""SVG of the results for the README: panels of bars, each with its own scale.

Bars begin at 0 and are linear, so that their lengths can be compared within a panel. The picture has its own
background, because it can't know that of the page.
"""

import statistics
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape

from benchmarks.report import US, Results, number

WIDTH, MARGIN, GAP = 880, 28, 32
COLUMN = (WIDTH - 2 * MARGIN - GAP) / 2
ROW, HEADING, SPACE = 24, 30, 22
"""Heights in pixels: of a bar with its label, of a panel's heading, of the space below a panel."""

NAMES, VALUES = 124, 68
"""Widths in pixels that are reserved for names and, after the longest bar, for its value."""

TOP = 114

OUTLIER = 20
"""Times the panel's median; a longer bar is drawn with a gap, so that the others are distinguishable."""

LEGEND = "Each panel has its own scale. A bar with a gap is cut short."

STYLE = """
svg { font: 14px system-ui, -apple-system, "Segoe UI", sans-serif; }
.ground { fill: #ffffff; stroke: #d0d7de; }
text { fill: #1f2328; }
.soft { fill: #59636e; }
.title { font-size: 19px; font-weight: 600; }
.heading { font-size: 15px; font-weight: 600; }
.bar { fill: #9aa4b0; }
.us { fill: #c8553d; }
.gap { fill: #ffffff; }
.ours { font-weight: 600; }
@media (prefers-color-scheme: dark) {
  .ground { fill: #0d1117; stroke: #3d444d; }
  text { fill: #f0f6fc; }
  .soft { fill: #9198a1; }
  .bar { fill: #656c76; }
  .us { fill: #f2845c; }
  .gap { fill: #0d1117; }
}
"""


@dataclass(frozen=True, slots=True)
class Bar:
    """A contestant's seconds."""

    name: str
    seconds: float
    ours: bool


@dataclass(frozen=True, slots=True)
class Panel:
    """A scenario with its bars."""

    heading: str
    bars: tuple[Bar, ...]

    @property
    def scale(self) -> float:
        """The seconds that fill the width: of the longest bar without a gap."""
        most = OUTLIER * statistics.median(bar.seconds for bar in self.bars)
        return max(bar.seconds for bar in self.bars if bar.seconds <= most)

    @property
    def height(self) -> float:
        """Pixels."""
        return HEADING + ROW * len(self.bars) + SPACE


def draw(results: Results) -> str:
    """Return an SVG of the median seconds of every scenario in which at least two took part."""
    panels = [_panel(results, scenario) for scenario in results.scenarios]
    panels = [panel for panel in panels if len(panel.bars) > 1]
    rows = [panels[start : start + 2] for start in range(0, len(panels), 2)]
    height = TOP + sum(max(panel.height for panel in row) for row in rows) + MARGIN - SPACE
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height:g}" width="{WIDTH}"'
            f' height="{height:g}" role="img" aria-labelledby="title desc">',
            '<title id="title">Seconds to build the same site with sitegen and with other generators</title>',
            f'<desc id="desc">{escape(_in_words(panels))}</desc>',
            f"<style>{STYLE}</style>",
            f'<rect class="ground" x="0.5" y="0.5" width="{WIDTH - 1}" height="{height - 1:g}" rx="8"/>',
            f'<text class="title" x="{MARGIN}" y="42">Seconds to build the same site; less is better</text>',
            f'<text class="soft" x="{MARGIN}" y="66">{escape(_circumstances(results))}</text>',
            f'<text class="soft" x="{MARGIN}" y="86">{LEGEND}</text>',
            *_rows(rows),
            "</svg>",
            "",
        ]
    )


def _panel(results: Results, scenario: str) -> Panel:
    medians = ((key, results.median(scenario, key, "wall")) for key in results.names)
    return Panel(
        scenario,
        tuple(Bar(results.names[key], median, key == US) for key, median in medians if median is not None),
    )


def _rows(rows: Sequence[Sequence[Panel]]) -> Iterator[str]:
    top = float(TOP)
    for row in rows:
        for column, panel in enumerate(row):
            yield from _drawn(panel, MARGIN + column * (COLUMN + GAP), top)
        top += max(panel.height for panel in row)


def _drawn(panel: Panel, left: float, top: float) -> Iterator[str]:
    """Yield the elements of a panel, its upper left corner at the given place in pixels."""
    yield f'<text class="heading" x="{left:g}" y="{top + 15:g}">{escape(panel.heading)}</text>'
    start, widest = left + NAMES, COLUMN - NAMES - VALUES
    for place, bar in enumerate(panel.bars):
        y = top + HEADING + place * ROW
        # a very short bar would be invisible
        width = max(2.0, widest * min(1.0, bar.seconds / panel.scale))
        ours = ' class="ours"' if bar.ours else ""
        yield f'<text{ours} x="{start - 8:g}" y="{y + 13:g}" text-anchor="end">{escape(bar.name)}</text>'
        yield (
            f'<rect class="{"us" if bar.ours else "bar"}" x="{start:g}" y="{y:g}"'
            f' width="{width:.1f}" height="{ROW - 7}" rx="2"/>'
        )
        if bar.seconds > panel.scale:
            x = start + width / 2
            yield f'<path class="gap" d="M{x:g} {y + ROW - 5:g}l8 -{ROW - 3}h6l-8 {ROW - 3}z"/>'
        yield f'<text{ours} x="{start + width + 7:.1f}" y="{y + 13:g}">{number(bar.seconds)}</text>'


def _in_words(panels: Sequence[Panel]) -> str:
    return " ".join(
        f"{panel.heading}: {', '.join(f'{bar.name} {number(bar.seconds)} seconds' for bar in panel.bars)}."
        for panel in panels
    )


def _circumstances(results: Results) -> str:
    machine = ", ".join(results.machine[key] for key in ("processor", "cores", "memory"))
    return f"Medians of runs in turn on one machine ({machine})."
