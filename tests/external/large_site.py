"""Large site: invented stories, drawn photos, every kind of page, every use."""

import io
import random
from datetime import date, timedelta
from pathlib import Path

from PIL import Image, ImageDraw, ImageFilter

STORIES, PHOTOS = 200, 12

FIRST = [
    "Ada",
    "Bao",
    "Chidi",
    "Dara",
    "Émile",
    "Fatou",
    "Gia",
    "Hanh",
    "Iris",
    "Jonas",
    "Kofi",
    "Lucía",
    "Minh",
    "Noor",
    "Ọlá",
    "Priya",
    "Quinn",
    "Rosa",
]
LAST = [
    "Abara",
    "Brandt",
    "Castillo",
    "Đặng",
    "Estrada",
    "Fofana",
    "Goldberg",
    "Huynh",
    "Ivanova",
    "Jensen",
    "Kowalska",
    "Łuczak",
]
SCHOOLS = [f"{name} High School" for name in ("Central", "Harbor", "Hill", "North", "River", "Union")]
FIELDS = ["Astronomy", "Bioengineering", "Chemistry", "Computer Science", "Ecology", "Robotics", "Statistics"]
TOPICS = ["mentoring", "research", "robotics", "water", "college", "coding"]
WORDS = [
    "we",
    "build",
    "test",
    "measure",
    "learn",
    "ask",
    "again",
    "the",
    "a",
    "first",
    "second",
    "small",
    "large",
    "river",
    "bridge",
    "code",
    "sensor",
    "light",
    "water",
    "team",
    "school",
    "summer",
    "teacher",
    "question",
    "answer",
    "garden",
    "city",
    "data",
    "model",
    "machine",
    "friend",
    "idea",
    "because",
    "with",
    "without",
    "before",
    "after",
    "every",
    "some",
    "my",
    "our",
    "its",
    "then",
    "when",
    "while",
    "and",
    "but",
    "so",
]


def write(root: Path, url: str) -> None:
    """Write the content of the site below a folder; it is always the same."""
    rng = random.Random(2030)
    stories = root / "content/stories"
    stories.mkdir(parents=True)
    photos = [_portrait(rng) for _ in range(PHOTOS)]
    for number in range(STORIES):
        slug = f"{FIRST[number % len(FIRST)]}-{number}".lower()
        if number % 4:
            (stories / f"{slug}.jpg").write_bytes(photos[number % PHOTOS])
        (stories / f"{slug}.md").write_text(_story(rng, number, slug), encoding="utf-8")
    for path, text in _pages(rng).items():
        file = root / "content" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    (root / "content/members-in-action/fair.jpg").write_bytes(_portrait(rng, (1600, 1067)))
    menu = "".join(
        f"  - {{label: {each.title()}, to: {each}/index.md}}\n" for each in ("stories", "networks")
    )
    (root / "content/site.yaml").write_text(
        f"name: Example Collective\nshort_name: Example\nurl: {url}\n"
        "description: A collective of invented people who say what they do in science and why.\n"
        f"navigation:\n{menu}  - {{label: Mission, to: mission.md}}\n  - {{label: FAQ, to: faq.md}}\n"
        "contact: {name: Kim Okafor, role: Manager, email: kim@example.org}\n"
        "announcement: {text: The spring fair, from: 2020-01-01, until: 2099-12-31, date: 2030-05-04,\n"
        "  link: {label: Our mission, to: mission.md}}\n",
        encoding="utf-8",
    )


def _story(rng: random.Random, number: int, slug: str) -> str:
    name = f"{FIRST[number % len(FIRST)]} {rng.choice(LAST)}"
    photo = f"headshot: {slug}.jpg\nalt: {name} before a wall in one color\n" if number % 4 else ""
    topics = ", ".join(rng.sample(TOPICS, rng.randint(1, 3)))
    return (
        f"---\nname: {name}\nschool: {rng.choice(SCHOOLS)}\nyear: {rng.choice(('Junior', 'Senior'))}\n"
        f"field: {rng.choice(FIELDS)}\ndate: {date(2026, 10, 1) - timedelta(number * 3)}\n{photo}"
        f"quote: {_sentence(rng, rng.choice((4, 9, 16, 30)))}\ntopics: [{topics}]\n"
        f"consent:\n  form: V-{number:04}\n  given: 2026-01-10\n  by: self\n  until: 2099-01-10\n"
        f"  covers: [website, photo, full-name, school, social, search]\n---\n{_text(rng, 5)}"
    )


def _pages(rng: random.Random) -> dict[str, str]:
    def page(title: str, body: str, **front: str) -> str:
        keys = {"title": title, "summary": _sentence(rng, 14), **front}
        return "---\n" + "".join(f"{key}: {value}\n" for key, value in keys.items()) + f"---\n{body}"

    sections = "".join(f"## {_sentence(rng, 4)}\n\n{_text(rng, 2)}" for _ in range(5))
    return {
        "index.md": page("The collective", _text(rng, 1)),
        "mission.md": page("Mission", _text(rng, 3), statement=_sentence(rng, 18)),
        "vision.md": page("Vision", _text(rng, 3), statement=_sentence(rng, 18)),
        "join.md": page("Join", _text(rng, 4)),
        "faq.md": page("Questions", sections, layout="faq"),
        "collective-impact.md": page("Collective impact", sections, layout="collective-impact"),
        "about-ecosystems.md": page("Ecosystems", sections, layout="pillars"),
        "stories/index.md": page("Stories", _text(rng, 1)),
        "networks/index.md": page("Networks", _text(rng, 1)),
        "networks/example-network.md": page("Example network", _text(rng, 3)),
        "members-in-action/index.md": page("Members", _text(rng, 1)),
        "members-in-action/fair.md": (
            "---\ntitle: The fair\ndate: 2026-05-02\nphoto: fair.jpg\nalt: A fair\ncaption: The fair.\n"
            f"people: false\n---\n{_text(rng, 1)}"
        ),
    }


def _sentence(rng: random.Random, words: int) -> str:
    return " ".join(rng.choices(WORDS, k=words)).capitalize() + "."


def _text(rng: random.Random, paragraphs: int) -> str:
    return "".join(
        " ".join(_sentence(rng, rng.randint(6, 18)) for _ in range(5)) + "\n\n" for _ in range(paragraphs)
    )


def _portrait(rng: random.Random, size: tuple[int, int] = (1200, 1200)) -> bytes:
    """Return an abstract portrait: grain, light from one side, a head and shoulders."""
    width, height = size
    ground = Image.linear_gradient("L").resize(size).rotate(rng.choice((0, 90)), expand=False)
    colours = [tuple(rng.randint(30, 220) for _ in range(3)) for _ in range(3)]
    image = Image.composite(Image.new("RGB", size, colours[0]), Image.new("RGB", size, colours[1]), ground)
    pen, middle = ImageDraw.Draw(image), width // 2
    pen.ellipse((middle - 420, height * 0.62, middle + 420, height * 1.5), colours[2])
    pen.ellipse((middle - 200, height * 0.2, middle + 200, height * 0.66), rng.choice(("#8d5a3b", "#c58c6c")))
    grain = Image.effect_noise(size, 40).convert("RGB")
    target = io.BytesIO()
    Image.blend(image, grain, 0.12).filter(ImageFilter.GaussianBlur(1)).save(target, "JPEG", quality=85)
    return target.getvalue()
