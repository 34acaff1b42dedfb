"""Shapes: sites that are large in one way each, the same on every machine."""

import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from random import Random

from benchmarks import photos
from benchmarks.corpus import SEED, Corpus
from benchmarks.peers.sitegen import SITEGEN

Files = Iterator[tuple[str, str | bytes]]
"""Paths below the folder of a site, with the files' content."""

PHOTO = (1600, 1200)
"""Pixels; every width of a figure is made of it."""

AROUND = 1_000
"""Ordinary stories besides those of a shape."""


@dataclass(frozen=True, slots=True)
class Shape:
    """A way in which a site can be large, and how large; `files` gives those of any size."""

    key: str
    label: str
    size: int
    files: Callable[[int], Files]
    cards: bool = False


def _stories(size: int) -> Files:
    """Yield stories of 300 words, with 12 fields, 40 schools and 30 topics."""
    return (SITEGEN.write(story) for story in Corpus(size).stories())


def _one_topic(size: int) -> Files:
    return (_story(number, topics="[Rivers]") for number in range(size))


def _topics(size: int) -> Files:
    """Yield one story for each topic; it has the next topic, too."""
    return (
        _story(number, topics=f"[Topic {number}, Topic {(number + 1) % size}]", field="Robotics")
        for number in range(size)
    )


def _schools(size: int) -> Files:
    return (_story(number, school=f"School Number {number}", field="Robotics") for number in range(size))


def _withheld(size: int) -> Files:
    """Yield stories whose consent has ended, among others: none of their words may be published."""
    yield from (_story(AROUND + number, until="2026-08-01") for number in range(size))
    yield from (_story(number) for number in range(AROUND))


def _pages(size: int) -> Files:
    return ((f"content/page-{number}.md", _page(f"Page {number}")) for number in range(size))


def _networks(size: int) -> Files:
    return ((f"content/networks/network-{number}.md", _page(f"Network {number}")) for number in range(size))


def _items(size: int) -> Files:
    for number in range(size):
        front = f"title: Table {number}\ndate: 2026-05-{number % 28 + 1:02}\npeople: false"
        yield f"content/members-in-action/item-{number}.md", f"---\n{front}\n---\n{TEXT}\n"


def _aliases(size: int) -> Files:
    """Yield pages with twenty old addresses each."""
    for number in range(0, size, 20):
        old = ", ".join(f"/old/{alias}/" for alias in range(number, min(size, number + 20)))
        yield f"content/page-{number}.md", _page(f"Page {number}", f"aliases: [{old}]\n")


def _links(size: int) -> Files:
    """Yield one story with many links, each a paragraph: the brackets in one paragraph are limited."""
    yield from (_story(number) for number in range(AROUND))
    lines = "\n\n".join(f"[Story](story-{number}.md)" for number in range(size))
    yield "content/stories/hub.md", _story(AROUND, text=lines)[1]


def _questions(size: int) -> Files:
    """Yield a page of questions, as short as possible: the length of a text is limited."""
    text = "\n\n".join(f"## Why {number}?\n\nYes." for number in range(size))
    yield "content/faq.md", f"---\ntitle: Questions\nlayout: faq\n---\n{text}\n"


def _photos(size: int) -> Files:
    """Yield one story with photos, no two alike."""
    for number in range(size):
        data = io.BytesIO()
        random = Random(f"{SEED}:volume:{number}")
        photo = photos.draw(random, PHOTO[0] // 4, PHOTO[1] // 4).resize(PHOTO)
        photo.save(data, "JPEG", quality=88)
        yield f"content/stories/walk/{number}.jpg", data.getvalue()
    pictures = "\n\n".join(f"![A photo of a walk]({number}.jpg)" for number in range(size))
    yield "content/stories/walk/index.md", _story(0, text=pictures)[1]


def _cards(size: int) -> Files:
    return (_story(number, covers="[website, full-name, search, social]") for number in range(size))


TEXT = "We built it together on Saturdays, and then *we showed it* to everybody who came by."


def _story(
    number: int,
    text: str = TEXT,
    covers: str = "[website, full-name, school, photo, search]",
    until: str = "2027-06-01",
    **front: str,
) -> tuple[str, str]:
    """Return path and text of a story of one sentence, with further keys of its front matter."""
    lines = "".join(f"{key}: {value}\n" for key, value in front.items())
    day = f"2025-{number % 12 + 1:02}-{number % 28 + 1:02}"
    return f"content/stories/story-{number}.md", (
        f"---\nname: Ana Number{number}\ndate: {day}\nquote: This is what I learned on day {number}.\n{lines}"
        f"consent:\n  form: R-{number:06}\n  given: 2025-06-10\n  by: self\n  covers: {covers}\n"
        f"  until: {until}\n---\n{text}\n"
    )


def _page(title: str, more: str = "") -> str:
    return f"---\ntitle: {title}\nsummary: What it is about.\n{more}---\n{TEXT}\n"


SHAPES = (
    Shape("stories", "stories of 300 words", 100_000, _stories),
    Shape("one-topic", "stories in one topic", 50_000, _one_topic),
    Shape("topics", "topics, with as many stories", 5_000, _topics),
    Shape("schools", "schools, with as many stories", 5_000, _schools),
    Shape("withheld", "withheld stories beside 1,000", 10_000, _withheld),
    Shape("pages", "pages", 2_000, _pages),
    Shape("networks", "networks", 500, _networks),
    Shape("items", "items of members in action", 1_000, _items),
    Shape("aliases", "aliases", 10_000, _aliases),
    Shape("links", "links in one story", 1_000, _links),
    Shape("questions", "questions on one page", 1_000, _questions),
    Shape("photos", "photos in one story", 500, _photos),
    Shape("cards", "stories with social cards", 400, _cards, cards=True),
)
