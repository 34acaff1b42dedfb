"""What a liaison is asked for a new file: the same questions on a terminal and as options."""

from collections.abc import Mapping
from dataclasses import dataclass

KeyPath = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """One thing to be told: the key that it goes to, the option, the words, and an example."""

    path: KeyPath
    option: str
    words: str
    example: str
    required: bool = False
    asked: bool = True
    """Whether it is asked on a terminal, or only taken as an option."""
    several: bool = False
    """Whether the answer is a list, with commas between."""


PHOTO: KeyPath = ("photo",)
"""The way to a photo that is to be copied; what it is called in the file is not for people to say."""

ABOUT_THE_PHOTO: frozenset[KeyPath] = frozenset({("alt",), ("caption",), ("people",)})
"""What is asked only where there is a photo."""

QUOTE: KeyPath = ("quote",)
"""The way to the quote, round which the website sets quotation marks of its own."""

CONSENT = (
    Question(
        ("consent", "form"),
        "--consent-form",
        "Number under which the signed form is filed",
        "R-0042",
    ),
    Question(("consent", "given"), "--consent-given", "Day of the signature", "2024-10-20", required=True),
    Question(("consent", "by"), "--consent-by", "Who signed: self or guardian", "guardian"),
    Question(
        ("consent", "covers"),
        "--covers",
        "What it covers, with commas between: website, photo, full-name, school, social, search",
        "website, photo",
        required=True,
        several=True,
    ),
    Question(("consent", "until"), "--consent-until", "Last day of the consent", "2026-10-20", asked=False),
)

ALT = Question(("alt",), "--alt", "What the photo shows, for people who can't see it", "Maya at her bench")

STORY = (
    Question(("name",), "NAME", "First and last name", "Maya Lopez", required=True),
    Question(QUOTE, "--quote", "The sentence that leads the story", "I build what I need.", required=True),
    Question(("field",), "--field", "Field", "Robotics"),
    Question(("school",), "--school", "School", "Central High School"),
    Question(("year",), "--year", "Year at school", "11th grade"),
    Question(("role",), "--role", "Role in the collective", "Mentor", asked=False),
    Question(("title",), "--title", "Title; made from name and field if left out", "Maya", asked=False),
    Question(("topics",), "--topics", "Topics, with commas between", "robotics", asked=False, several=True),
    Question(("date",), "--date", "Day of the story; today if left out", "2024-11-04", asked=False),
    Question(PHOTO, "--photo", "Photo: the path of a picture file", "Pictures/maya.jpg"),
    ALT,
    *CONSENT,
)
ITEM = (
    Question(("title",), "TITLE", "What happened", "A table at the science fair", required=True),
    Question(("date",), "--date", "Day on which it happened", "2024-09-14", required=True),
    Question(PHOTO, "--photo", "Photo: the path of a picture file", "Pictures/table.jpg"),
    ALT,
    Question(("caption",), "--caption", "Words below the photo", "Our table in May."),
    Question(("people",), "--people", "Can people be recognized in the photo? yes or no", "no"),
    *CONSENT,
)
NETWORK = (
    Question(("title",), "TITLE", "Name of the network", "Philadelphia STEM Ecosystem", required=True),
    Question(("summary",), "--summary", "What it is, in one sentence", "It brings providers together."),
    Question(("since",), "--since", "Year in which it began", "2015"),
    Question(("website",), "--website", "Its own website", "https://example.org"),
)
PAGE = (
    Question(("title",), "TITLE", "Heading of the page", "Our partners", required=True),
    Question(("summary",), "--summary", "What it says, in one sentence", "Who works with us."),
)

QUESTIONS: Mapping[str, tuple[Question, ...]] = {
    "story": STORY,
    "page": PAGE,
    "network": NETWORK,
    "item": ITEM,
}
"""By the kind of content, in the order in which they are asked."""
