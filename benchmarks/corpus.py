"""Corpus: any number of invented stories, the same for a seed on every machine.

A story depends only on its number, so a small corpus is the beginning of a large one, and none has to be in
memory.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from random import Random

from benchmarks import words

SEED = 2030

FIELDS, SCHOOLS, TOPICS = 12, 40, 30
"""The number of each; every story has one field, one school, and one to three topics."""

WORDS = 300
"""Words in each story's text, on average."""

ENOUGH = 250
"""Words after which no paragraph is added; the last one and the text after it make up the rest."""

PAGE_SIZE = 24
"""Stories on one page of a list."""

FEED_SIZE = 50

TODAY = date(2026, 9, 1)
"""The date of builds, for generators that accept one."""

FIRST_DAY = date(2020, 1, 6)

PHOTO = "portrait.jpg"
"""The file name of a photo beside its story's text."""

PORTRAITS = 8
"""Photos that the stories of a campaign share, so that their cards are measured and not the photos."""

SOCIAL, WITH_PORTRAIT, IN_OTHER_SCRIPTS, WITH_RARE_MARKDOWN = 0.9, 0.6, 0.15, 0.15
"""The shares of a campaign's stories."""


@dataclass(frozen=True, slots=True)
class Term:
    """A field, a school or a topic."""

    slug: str
    label: str


@dataclass(frozen=True, slots=True)
class Story:
    """A story, as every generator gets it; `body` is Markdown with plain quotation marks."""

    number: int
    slug: str
    name: str
    initials: str
    tint: int
    school: Term
    year: str
    field: Term
    day: date
    quote: str
    topics: tuple[Term, ...]
    body: str
    photo: bool
    social: bool = False
    """Whether it has a social card."""
    portrait: str = ""
    """The file name of a photo that several stories share."""


@dataclass(frozen=True, slots=True)
class Corpus:
    """A number of stories. `photos` is whether each has a headshot.

    A `campaign` is like the stories that people write: most have a social card, more than half a photo, some
    a name with accents or in another alphabet, some a table or a footnote.
    """

    size: int
    photos: bool = False
    seed: int = SEED
    campaign: bool = False

    @property
    def name(self) -> str:
        """The name of its folders."""
        kind = "-photos" if self.photos else "-campaign" if self.campaign else ""
        return f"{self.size}{kind}"

    def story(self, number: int) -> Story:
        """Return one story; `number` counts from 0, the newest."""
        plain = _story(self.seed, number, self.photos)
        return _of_campaign(self.seed, plain) if self.campaign else plain

    def stories(self) -> Iterator[Story]:
        """Yield all stories, the newest first."""
        return (self.story(number) for number in range(self.size))


def terms() -> dict[str, tuple[Term, ...]]:
    """Return all fields, schools and topics."""
    return {
        "fields": _terms(words.FIELDS[:FIELDS]),
        "schools": _terms(
            [f"{place} {kind}" for kind in words.SCHOOL_KINDS for place in words.PLACES][:SCHOOLS]
        ),
        "topics": _terms(words.TOPICS[:TOPICS]),
    }


def with_new_sentence(story: Story, sentence: str) -> Story:
    """Return the story with one more sentence at the end of its text."""
    return replace(story, body=f"{story.body} {sentence}")


def _terms(labels: list[str]) -> tuple[Term, ...]:
    return tuple(Term(label.lower().replace(" ", "-"), label) for label in labels)


@cache
def _terms_once() -> dict[str, tuple[Term, ...]]:
    return terms()


def _story(seed: int, number: int, photo: bool) -> Story:
    random = Random(f"{seed}:{number}")
    first = words.FIRST_NAMES[number % len(words.FIRST_NAMES)]
    last = _surname(number // len(words.FIRST_NAMES))
    known = _terms_once()
    return Story(
        number=number,
        slug=f"{first}-{last}".lower(),
        name=f"{first} {last}",
        initials=first[0] + last[0],
        tint=random.randrange(6),
        school=random.choice(known["schools"]),
        year=random.choice(words.YEARS),
        field=random.choice(known["fields"]),
        day=FIRST_DAY + timedelta(days=2_400 - number % 2_400),
        quote=_quote(random),
        topics=tuple(random.sample(known["topics"], random.randint(1, 3))),
        body=_body(random, first),
        photo=photo,
    )


def _of_campaign(seed: int, plain: Story) -> Story:
    """Return a story as one of a campaign."""
    random = Random(f"{seed}:campaign:{plain.number}")
    social = random.random() < SOCIAL
    portrait = f"{random.randrange(PORTRAITS):03}.jpg" if random.random() < WITH_PORTRAIT else ""
    name = random.choice(words.NAMES) if random.random() < IN_OTHER_SCRIPTS else plain.name
    body = plain.body
    if random.random() < WITH_RARE_MARKDOWN:
        body = f"{random.choice(words.RARE_MARKDOWN)}\n\n{body}"
    initials = "".join(part[0] for part in name.split())
    return replace(plain, name=name, initials=initials, body=body, social=social, portrait=portrait)


def _surname(number: int) -> str:
    """Return a surname that is unique to a number."""
    syllables = len(words.ONSETS), len(words.NUCLEI), len(words.CODAS)
    parts = []
    for table, count in zip((words.ONSETS, words.NUCLEI, words.CODAS), syllables, strict=True):
        parts.append(table[number % count])
        number //= count
    if number:
        raise ValueError("There are not so many surnames.")
    return "".join(parts).capitalize()


# -- texts ----------------------------------------------------------------------------------


def _quote(random: Random) -> str:
    does, thing, reason = map(random.choice, (words.DOES, words.OBJECTS, words.REASONS))
    return f"I {does} {thing} because {reason}."


def _sentence(random: Random, first: str) -> str:
    """Return a sentence with one of the shapes of `words.SHAPES`, each gap filled."""
    sentence = random.choice(words.SHAPES).format(
        first=first,
        does=random.choice(words.DOES_THIRD),
        do=random.choice(words.DOES),
        thing=random.choice(words.OBJECTS),
        other=random.choice(words.OBJECTS),
        place=random.choice(words.SITES),
        when=random.choice(words.TIMES),
        reason=random.choice(words.REASONS),
        person=random.choice(words.PEOPLE),
        feeling=random.choice(words.FEELINGS),
    )
    return sentence[0].upper() + sentence[1:]


def _paragraph(random: Random, first: str) -> str:
    return " ".join(_sentence(random, first) for _ in range(random.randint(3, 5)))


def _body(random: Random, first: str) -> str:
    """Return a Markdown text of about 300 words: paragraphs, a short list, and other blocks."""
    blocks = [_paragraph(random, first)]
    heading, bullets = random.random() < 0.5, random.randint(1, 3)
    while sum(len(block.split()) for block in blocks) < ENOUGH:
        if len(blocks) == bullets:
            things = random.sample(words.OBJECTS, 3)
            blocks.append("\n".join(f"- {thing[0].upper()}{thing[1:]}" for thing in things))
        if heading and len(blocks) >= 3:
            blocks.append(f"## {random.choice(words.HEADINGS)}")
            heading = False
        blocks.append(_paragraph(random, first))
    links = random.sample(range(len(words.LINKS)), random.randint(1, 2))
    blocks[0] += f" {words.LINKS[links[0]]}"
    blocks[-1] += f" {words.EMPHASES[random.randrange(len(words.EMPHASES))].format(first=first)}"
    if len(links) > 1:
        blocks[-1] += f" {words.LINKS[links[1]]}"
    return "\n\n".join(blocks)
