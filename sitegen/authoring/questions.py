"""Questions: what is asked for each kind of new file, or given as options."""

from collections.abc import Mapping
from dataclasses import dataclass

from sitegen.core.model import Scope

KeyPath = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """A question: the key path of its answer, the option, the wording, and an example."""

    path: KeyPath
    option: str
    words: str
    example: str
    required: bool = False
    asked: bool = True
    """Whether it is asked in a terminal; otherwise it is an option only."""
    several: bool = False
    """Whether the answer is a list, separated by commas."""
    yes_or_no: bool = False
    """Whether the answer is yes or no, or their first letters."""
    is_past_day: bool = False
    """Whether the answer is a day that has been, in any words."""


PHOTO: KeyPath = ("photo",)
"""The path of a photo to copy; it is no key of the file, which gets the name of the copy."""

PEOPLE: KeyPath = ("people",)
"""Whether people can be recognized in the photo of an item."""

ABOUT_THE_PHOTO: frozenset[KeyPath] = frozenset({("alt",), ("caption",), PEOPLE})
"""Questions that are asked only if there is a photo."""

QUOTE: KeyPath = ("quote",)
"""The quote; quotation marks around it are removed, because the website adds its own."""

NAME: KeyPath = ("name",)
SHOWN_AS: KeyPath = ("shown_as",)
"""The name without the last name, asked for only where no rule can tell which word is the first name."""

CONSENT = (
    Question(
        ("consent", "form"),
        "--consent-form",
        "Number of the signed form in your files",
        "R-0042",
    ),
    Question(
        ("consent", "given"),
        "--consent-given",
        "Day of the signature",
        "yesterday",
        required=True,
        is_past_day=True,
    ),
    Question(("consent", "by"), "--consent-by", "Who signed: self (the student) or guardian", "guardian"),
    Question(
        ("consent", "covers"),
        "--covers",
        "What may be public, separated by commas: website, photo, full name, school, social media, search",
        "website, photo",
        required=True,
        several=True,
    ),
    Question(("consent", "until"), "--consent-until", "Last day of the consent", "2026-10-20", asked=False),
)

ALT = Question(("alt",), "--alt", "What the photo shows, for people who can't see it", "Maya at her bench")

PERSON = (
    Question(NAME, "NAME", "First and last name", "Maya Lopez", required=True),
    Question(SHOWN_AS, "--shown-as", "Name that the public sees if not the full name", "Maya", asked=False),
)
"""What is asked about one of several people, besides consent."""

OTHERS: Mapping[str, str] = {
    "story": "Another person in this story",
    "item": "Name of a person who can be recognized",
}
"""What is asked, until nobody is left, about people each of whom has a consent of their own."""

STORY = (
    *PERSON,
    Question(
        QUOTE,
        "--quote",
        "A sentence to use as the headline",
        "I build what I need.",
        required=True,
    ),
    Question(("field",), "--field", "Field", "Robotics"),
    Question(("school",), "--school", "School", "Central High School"),
    Question(("year",), "--year", "Grade or year at school", "11th grade"),
    Question(("role",), "--role", "Role in the collective", "Mentor", asked=False),
    Question(("title",), "--title", "Title; made from name and field if left out", "Maya", asked=False),
    Question(("topics",), "--topics", "Topics, separated by commas", "robotics", asked=False, several=True),
    Question(("date",), "--date", "Date of the story; today if left out", "2026-11-04", asked=False),
    Question(PHOTO, "--photo", "A photo (drag it into this window)", "Pictures/maya.jpg"),
    ALT,
    *CONSENT,
)
ITEM = (
    Question(("title",), "TITLE", "What happened", "A table at the science fair", required=True),
    Question(("date",), "--date", "Day on which it happened", "last Friday", required=True, is_past_day=True),
    Question(PHOTO, "--photo", "A photo (drag it into this window)", "Pictures/table.jpg"),
    ALT,
    Question(("caption",), "--caption", "Caption below the photo", "Our table in May."),
    Question(
        PEOPLE,
        "--people",
        "Can people be recognized in the photo? yes or no",
        "no",
        yes_or_no=True,
    ),
    *CONSENT,
)
NETWORK = (
    Question(("title",), "TITLE", "Name of the network", "Philadelphia STEM Ecosystem", required=True),
    Question(("summary",), "--summary", "What it is, in one sentence", "It brings providers together."),
    Question(("since",), "--since", "Year in which it started", "2015"),
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
"""Questions in the order in which they are asked, by kind of content."""


@dataclass(frozen=True, slots=True)
class Use:
    """A use of a story that a person says yes or no to: its name, and what it means, in plain words."""

    name: str
    words: str


USES: Mapping[Scope, Use] = {
    Scope.WEBSITE: Use(
        "Website",
        "Your story is on this site, where anybody can read it. Say no, and there is no story.",
    ),
    Scope.PHOTO: Use("Photo", "Your picture is shown. Say no, and your initials are shown instead."),
    Scope.FULL_NAME: Use(
        "Full name", "Your first and last name are shown. Say no, and only your first name is."
    ),
    Scope.SCHOOL: Use("School", "Your school is named. Say no, and it is not."),
    Scope.SOCIAL: Use(
        "Social",
        "Your story may be shared on the collective's social media, and your page has links for sharing it. "
        "Say no, and it has none.",
    ),
    Scope.SEARCH: Use(
        "Search",
        "People may find your story with a search engine. "
        "Say no, and search engines are asked to leave it out.",
    ),
}
"""The uses in the words of the join page, in which young people read them before they sign."""
