"""Public texts: phrases that visitors may see anyway, so they are no leak.

A sentence or a link that a public text shares with a withheld story is public. So is what pages combine from
several public texts, such as a name and a field.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from html import unescape

from sitegen.audit.phrases import Phrases
from sitegen.core.visible_text import Phrase, seen, words

MOST_PIECES = 4
"""Adjacent texts of a page that one phrase can extend over."""


@dataclass(frozen=True, slots=True)
class PublicText:
    """The lines of a public text; the path of its file, or the empty string for the program's own words."""

    path: str
    lines: tuple[str, ...]


class PublicTexts:
    """Index of public texts."""

    def __init__(self, texts: Iterable[PublicText]) -> None:
        self.lines = [(text.path, [*map(words, _readings(text.lines))]) for text in texts]

    def saying(self, wanted: Phrases) -> Mapping[Phrase, list[str]]:
        """Return the phrases that a line contains, each with the paths of the texts with such a line."""
        found: dict[Phrase, list[str]] = {}
        for path, lines in self.lines:
            spoken = tuple(word for line in lines for word in (*line, ""))
            for phrase in wanted.said(spoken):
                found.setdefault(phrase, []).append(path)
        return found

    def is_combination(self, phrase: Phrase, pieces: int = MOST_PIECES) -> bool:
        """Return whether a phrase is the end of one line, then whole lines, then the beginning of another."""
        return any(
            self._has(phrase[:cut], "", "\n") and self._goes_on(phrase[cut:], pieces - 1)
            for cut in range(1, len(phrase))
        )

    def _goes_on(self, rest: Phrase, pieces: int) -> bool:
        """Return whether words are the beginning of a line, perhaps after whole lines."""
        if self._has(rest, "\n", ""):
            return True
        return pieces > 1 and any(
            self._has(rest[:cut], "\n", "\n") and self._goes_on(rest[cut:], pieces - 1)
            for cut in range(1, len(rest))
        )

    def _has(self, piece: Phrase, before: str, after: str) -> bool:
        """Return whether a line contains a piece; a line break `before` or `after` it means its start or end.

        Numbers are always contained, because every page counts something.
        """
        return all(map(str.isdecimal, piece)) or f"{before} {' '.join(piece)} {after}" in self._text

    @cached_property
    def _text(self) -> str:
        return "\n" + "".join(f" {' '.join(line)} \n" for line in self._all_lines())

    def _all_lines(self) -> Iterator[Phrase]:
        return (line for _, lines in self.lines for line in dict.fromkeys(lines) if line)


def _readings(lines: tuple[str, ...]) -> Iterator[str]:
    """Yield each line as it is, with its entities decoded, and the text of that if it is HTML again.

    The scanner decodes twice, because feeds escape HTML a second time.
    """
    for line in lines:
        yield line
        if "&" in line:
            decoded = unescape(line)
            yield from (decoded, *seen(decoded))
