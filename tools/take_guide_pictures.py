"""Guide pictures: the real program in a terminal and a browser, for docs/liaison.md.

Run `.venv/bin/python -m tools.take_guide_pictures` after a change of messages; it needs the tests' tools.
"""

import io
import re
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from click.testing import CliRunner
from PIL import Image, ImageDraw
from playwright.sync_api import Browser, Page
from rich.console import Console
from rich.terminal_theme import TerminalTheme
from rich.text import Text

from sitegen.cli.main import sitegen
from tests.support.browser import started
from tests.support.preview import previewed
from tests.support.site import Site
from tests.support.terminal import Terminal
from tools.take_screenshots import TARGET, compressed

SITE = "riverside"
"""The folder of the new site."""

WIDTH = 92
"""Letters in a line of the terminal."""

ANSWERS = """\
Timestamp,What is your full name?,One sentence about you,Your story,Headshot
11/4/2026,Ben Ito,I like rain.,I measure it.,ben.jpg
11/5/2026,Zoe Park,I ask why.,And why not.,
11/6/2026,,I forgot my name.,,
"""

CONSENT = """\
consent:
  form: R-0042
  given: 2026-10-20
  by: self
  covers: [website, photo, full-name, school]
"""

SCREEN = """\
<meta charset="utf-8"><style>
pre { background: #14213d; border-radius: 8px; color: #f7efdf; display: inline-block;
  font: 15px/1.4 monospace; margin: 0; padding: 18px 22px; }
pre code { font: inherit; }
</style><pre><code>{code}</code></pre>"""

COLORS = TerminalTheme(
    (20, 33, 61),
    (247, 239, 223),
    [
        (20, 33, 61),
        (255, 150, 130),
        (140, 220, 150),
        (244, 183, 47),
        (150, 190, 255),
        (230, 160, 230),
        (130, 215, 220),
        (247, 239, 223),
    ],
)
"""Ground, text, and the eight colors of terminals; each has 7 to 1 on the ground and more."""

DAY = ("--date", "2026-11-21")


@dataclass(frozen=True, slots=True)
class Screen:
    """A terminal screen: the picture's name, the command, and its output."""

    name: str
    command: str
    said: str


SAID = Path(__file__).with_name("guide_pictures.txt")
"""The text of the pictures, which a test compares with the current output."""


def main() -> None:
    """Follow the guide on a new site, and write each picture into docs/images/."""
    with tempfile.TemporaryDirectory() as name, started() as browser:
        screens = list(walk(Path(name)))
        for screen in screens:
            _shoot(browser, screen)
        _in_the_preview(Path(name) / SITE, browser)
    SAID.write_text(as_text(screens), encoding="utf-8")


def as_text(screens: Iterable[Screen]) -> str:
    """Return the text of screens, without colors and numbers that depend on the files."""
    text = "\n".join(f"$ sitegen {each.command}\n{Text.from_ansi(each.said).plain}" for each in screens)
    return re.sub(r"(?<=/images/)[0-9a-f]+|(?<=byte of )\d+", "…", text)


def walk(folder: Path) -> Iterator[Screen]:
    """Walk from a new site to a withdrawal; in the end the story is a draft again, to be looked at."""
    _prepare(folder)
    site = folder / SITE
    begun = _typed(folder, "init", SITE).expect("Name").answer("Riverside STEM")
    begun.expect("Web address").answer("https://riverside.example").expect("Main").answer()
    yield _ended("guide-init", f"init {SITE}", begun.expect("Second").answer())

    new = _typed(site, "new", "story").expect("First and last").answer("Maya Lopez")
    new.expect("A sentence").answer("I build what I wish existed.").expect("Field").answer("Robotics")
    new.expect("School").answer("Central High School").expect("Grade or year").answer("11th grade")
    new.expect("A photo").answer("../IMG_7.jpg").expect("What the photo").answer("Maya, smiling")
    new.expect("Another person").answer()
    yield _ended("guide-new", "new story", new.expect("signed consent form?").answer("n"))

    _date_all(site)
    story = site / "content/stories/maya-lopez.md"
    written = story.read_text(encoding="utf-8") + "Maya started with a broken toaster.\n"
    story.write_text(written.replace("\nfield:", "\nfeild:").replace("Maya, smiling", "IMG_7.jpg"), "utf-8")
    # not at a terminal, where a slow machine draws a bar first
    done = CliRunner(env={"NO_COLOR": ""}).invoke(sitegen, ["--root", str(site), "check", *DAY], color=True)
    yield Screen("guide-check", "check", done.output)

    words = ("import", "../responses.csv", "--photos", "../photos", "--dry-run")
    yield _ended("guide-import", " ".join(words), _typed(site, *words))

    story.write_text(written.replace("draft: true\n", CONSENT), encoding="utf-8")
    _typed(site, "build", *DAY).exit_code()
    yield _ended("guide-withdraw", "withdraw maya-lopez", _typed(site, "withdraw", "maya-lopez", *DAY))
    story.write_text(written, encoding="utf-8")


def _prepare(folder: Path) -> None:
    """Write the files that a liaison receives next to the site: a photo, and form answers."""
    (folder / "photos").mkdir()
    for file in ("IMG_7.jpg", "photos/ben.jpg"):
        _portrait().save(folder / file)
    (folder / "responses.csv").write_text(ANSWERS, encoding="utf-8")


def _date_all(site: Path) -> None:
    """Give all content the day of the guide: commands write that of the clock."""
    for file in (site / "content").rglob("*.md"):
        text = file.read_text(encoding="utf-8")
        file.write_text(re.sub(r"(?m)^date: .*", f"date: {DAY[1]}", text), encoding="utf-8")


def _ended(name: str, command: str, terminal: Terminal) -> Screen:
    terminal.exit_code()
    return Screen(name, command, terminal.said)


def _typed(folder: Path, *words: str) -> Terminal:
    """Type a command at a terminal that shows colors."""
    return Terminal(*words, folder=folder, NO_COLOR="", COLUMNS=str(WIDTH), TERM="xterm-256color")


PAGES = (("guide-preview", "/stories/maya-lopez/", 620), ("guide-dashboard", "/_preview/", 480))
"""Pages of the preview: the picture's name, the address, the window's height in pixels."""


def _in_the_preview(root: Path, browser: Browser) -> None:
    """Take pictures of a draft, of the dashboard, and of a story's way through the desk."""
    with previewed(Site.at(root), "--to", str(root.parent / "published")) as preview:
        for name, address, height in PAGES:
            page = browser.new_page(viewport={"width": 1100, "height": height})
            page.goto(preview.origin + address, wait_until="load")
            _keep(name, page.screenshot())
            page.close()
        _at_the_desk(browser.new_page(viewport={"width": 1100, "height": 700}), f"{preview.origin}/_desk/")


def _at_the_desk(page: Page, desk: str) -> None:
    """Record the consent for the draft, publish it and take it down, with a picture of each step."""
    page.goto(desk, wait_until="networkidle")
    _keep("guide-desk-list", page.screenshot(clip={"x": 0, "y": 0, "width": 1100, "height": 460}))
    page.get_by_role("link", name="Maya Lopez").click()
    page.get_by_label("Number of the signed form").fill("R-0042")
    page.get_by_label("Day of the signature").fill("2026-10-20")
    for use in ("Website", "Photo", "Full name", "School"):
        page.get_by_role("checkbox", name=use, exact=True).check()
    page.get_by_role("checkbox", name="Keep this as a draft").uncheck()
    page.locator("#view").get_by_text("until October 20, 2028").wait_for()
    page.get_by_label("Day of the signature").evaluate("field => field.scrollIntoView()")
    page.frame_locator("#page").get_by_role("img").first.wait_for()
    _keep("guide-desk-form", page.screenshot())
    page.get_by_role("button", name="Save").click()
    page.get_by_role("link", name="publish", exact=True).click()
    page.get_by_role("button", name="Show what will change").click()
    page.get_by_role("button", name="Publish now").wait_for()
    _keep("guide-desk-publish", page.screenshot(clip={"x": 0, "y": 0, "width": 1100, "height": 460}))
    page.get_by_role("button", name="Publish now").click()
    page.goto(f"{desk}stories/maya-lopez/")
    page.get_by_role("link", name="Take this story down").click()
    page.get_by_role("button", name="Take it down now").click()
    page.get_by_role("heading", name="Receipt").wait_for()
    _keep("guide-desk-receipt", page.screenshot())
    page.close()


def _shoot(browser: Browser, screen: Screen) -> None:
    """Take a picture of a terminal's output."""
    console = Console(
        record=True, width=WIDTH, file=io.StringIO(), color_system="truecolor", force_terminal=True
    )
    console.print(Text(f"$ sitegen {screen.command}", style="bold"))
    console.print(Text.from_ansi(screen.said.rstrip("\n")))
    page = browser.new_page(viewport={"width": 1100, "height": 800})
    page.set_content(console.export_html(theme=COLORS, code_format=SCREEN_FORMAT, inline_styles=True))
    _keep(screen.name, page.locator("pre").screenshot())
    page.close()


def _keep(name: str, png: bytes) -> None:
    data = compressed(png)
    (TARGET / f"{name}.webp").write_bytes(data)
    print(f"{name}: {len(data):,} bytes")


def _portrait() -> Image.Image:
    """Draw an invented person."""
    image = Image.new("RGB", (900, 1200), "#2a7f79")
    draw = ImageDraw.Draw(image)
    draw.ellipse((210, 170, 690, 760), fill="#2b1a14")
    draw.rounded_rectangle((120, 860, 780, 1400), 220, fill="#f4b72f")
    draw.rectangle((390, 660, 510, 920), fill="#a86b45")
    draw.ellipse((270, 250, 630, 740), fill="#bd7c52")
    for x in (365, 535):
        draw.ellipse((x - 16, 455, x + 16, 487), fill="#2b1a14")
    draw.arc((370, 510, 530, 650), 20, 160, fill="#2b1a14", width=12)
    return image


# str.format reads the braces of a style as places to fill in
SCREEN_FORMAT = SCREEN.replace("{", "{{").replace("}", "}}").replace("{{code}}", "{code}")


if __name__ == "__main__":
    main()
