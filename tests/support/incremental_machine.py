"""State machine of edits, each followed by a build that is compared with a clean one."""

from __future__ import annotations

import contextlib
import functools
import hashlib
import itertools
import json
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule

from sitegen.build import build
from sitegen.engine import file_state
from sitegen.pipeline import up_to_date
from sitegen.pipeline.request import BuildReport, BuildRequest
from tests.support.incremental_oracle import (
    DISK,
    FOLDERS,
    NEVER,
    PAGE,
    Files,
    assert_same,
    clean,
    files,
    inputs,
    kept,
    said,
    words,
)
from tests.support.mutations import (
    ASSETS,
    BODIES,
    COVERS,
    DAMAGE,
    KEYS,
    MISTAKES,
    PAGE_KEYS,
    PAGES,
    PHOTOS,
    SETTINGS_KEYS,
    SLUGS,
    TEMPLATES,
    TIMES,
    another_word,
    on,
    overwrite,
    padded,
    set_time,
    with_key,
)
from tests.support.site import SETTINGS, TODAY, Site

STARTER = Path(__file__).parents[2]
"""The starter, whose templates are used by a site without its own."""


class Stopped(BaseException):
    """A build is interrupted, as by Ctrl-C."""


@functools.cache
def another_sites_cache() -> tuple[bytes, ...]:
    """Return the cache of a different site."""
    with tempfile.TemporaryDirectory() as folder:
        site = Site(Path(folder) / "other").page("mission").story().build()
        return tuple(data for data in files(site.root / ".sitegen").values() if data)


BUILDS = (
    *["build"] * 10,
    *["wait"] * 6,
    *("check", "stop 0", "stop 1", "stop 4", "clean", "two workers", "elsewhere", "new process"),
)  # fmt: skip
"""Ways to build after an edit: mostly once; `wait` makes the next edit first, and all others do something
before the build that is compared."""


@dataclass(frozen=True)
class Edit:
    """One edit: its method and its arguments."""

    name: str
    values: Mapping[str, Any]

    def __repr__(self) -> str:
        return f"{self.name}({', '.join(f'{key}={value!r}' for key, value in self.values.items())})"


Change = Callable[..., None]
EDITS: dict[str, st.SearchStrategy[dict[str, Any]]] = {}
OFTEN: list[str] = []
"""The name of each kind of edit, repeated by its weight."""


def edit(often: int = 2, **drawn: st.SearchStrategy[Any]) -> Callable[[Change], Change]:
    """A method of History that edits the site; its arguments are drawn."""

    def counted(change: Change) -> Change:
        EDITS[change.__name__] = st.fixed_dictionaries(drawn)
        OFTEN.extend([change.__name__] * often)
        return change

    return counted


NUMBERS = st.integers(0, 40)
"""An index, modulo the number of candidates."""

MISLEADING = st.sampled_from([*["as before"] * 4, *TIMES])


def one_of(several: Mapping[str, Any] | tuple[str, ...]) -> st.SearchStrategy[str]:
    return st.sampled_from(tuple(several))


def pairs(keys: Mapping[str, tuple[str | None, ...]]) -> st.SearchStrategy[tuple[str, str | None]]:
    return st.sampled_from([(key, value) for key, values in keys.items() for value in values])


class History(RuleBasedStateMachine):
    """A site and the edits to it; each ends with a build that is compared with a clean one.

    The edits are one rule, not a rule each: Hypothesis would leave out half of the rules in every history.
    """

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(dir=DISK))
        self.site = Site(self.folder / "site")
        self.today = TODAY
        self.count = 0
        self.waiting = False
        self.older: list[Files] = []
        self.good: dict[str, tuple[bytes, int]] = {}
        self.site.write(
            "content/site.yaml",
            self.filled(f"{SETTINGS}announcement: {{text: Come {{c}}, from: {on(2)}, until: {on(2)}}}\n"),
        )
        self.site.page("mission", self.filled(BODIES[6]), aliases="[/before/]")
        self.site.page("networks/one", self.filled("A network, {c}."))
        for number, name in enumerate(PHOTOS[:2]):
            self.site.write(f"content/stories/{name}", padded(number, name[-4:]))
        for number, slug in enumerate(SLUGS[:4]):
            self.write_story(slug, BODIES[2 * number], PHOTOS[0] if number % 2 else None)
        # so that every day of the next three makes a difference
        self.set_key(self.story(2), ("consent.until", str(on(1))))
        self.set_key(self.story(3), ("publish", str(on(1))))
        self.publish()

    def teardown(self) -> None:
        try:
            if self.waiting:
                self.publish()
        finally:
            shutil.rmtree(self.folder)

    # -- writing

    @property
    def root(self) -> Path:
        return self.site.root

    @property
    def out(self) -> Path:
        return self.site.out

    def word(self) -> str:
        self.count += 1
        return f"qvx{self.count:05}z"

    def filled(self, text: str) -> str:
        """Return a text with new unique words in it."""
        linked = self.story(self.count)
        slug = (linked.parent if linked.name == "index.md" else linked).stem if linked else SLUGS[0]
        text = text.replace("{slug}", slug)
        return text.replace("{c}", self.word()).replace("{d}", self.word())

    def write_story(self, slug: str, body: str, photo: str | None, covers: str = COVERS[0]) -> None:
        self.site.story(
            slug,
            self.filled(body),
            {"covers": covers},
            name=f"{slug.title()} {self.word()}",
            quote=f"I build {self.word()}.",
            headshot=photo,
            alt=f"A person {self.word()}",
        )

    def pick(self, number: int, *patterns: str) -> Path | None:
        """Return one of the files that fit a pattern, or None where there is none."""
        found = sorted({file for pattern in patterns for file in self.root.glob(pattern) if file.is_file()})
        return found[number % len(found)] if found else None

    def story(self, number: int) -> Path | None:
        names = [f"content/stories/{slug}" for slug in SLUGS]
        return self.pick(number, *(f"{name}.md" for name in names), *(f"{name}/index.md" for name in names))

    def photo(self, number: int) -> Path | None:
        return self.pick(number, *(f"content/**/lens*{suffix}" for suffix in (".jpg", ".png")))

    def text(self, number: int) -> Path | None:
        """Return one of the text files that the site is made of."""
        return self.pick(number, "content/**/*.md", "content/site.yaml", "templates/**/*", "assets/**/*")

    # -- building and comparing

    def build(self, **order: Any) -> BuildReport:
        explain = order.pop("explain", lambda _: None)
        made = BuildRequest(self.root, order.pop("out", self.out), self.today, **order)
        return up_to_date.nothing_to_do(made) or build(made, explain=explain)

    def foreign(self) -> set[str]:
        """Return the files in `public/` that its mark names neither by path nor by digest."""
        return self.foreign_and_damaged()[0]

    def foreign_and_damaged(self) -> tuple[set[str], bool]:
        """Return the foreign files, and whether a mark is there that can't be one of a build."""
        found = files(self.out)
        if (mark := found.pop(".sitegen", None)) is None:
            return set(found), False
        parts = (line.partition("  ") for line in mark.decode("utf-8", "replace").splitlines())
        listed = {path: digest for digest, _, path in parts}
        unlisted = found.keys() - listed.keys()
        whole = "".join(f"{digest}  {path}\n" for path, digest in sorted(listed.items()))
        if listed and listed.keys() <= found.keys() and mark == whole.encode():
            return set(unlisted), False
        digests = {path: hashlib.sha256((self.out / path).read_bytes()).hexdigest() for path in unlisted}
        named = {path for path in unlisted if digests[path].encode() in mark or f" {path}\n".encode() in mark}
        return set(unlisted) - named, bool(named) or not listed or mark != whole.encode()

    def go_on(self, then: str) -> None:
        """Build after an edit, in one of the ways of BUILDS."""
        self.waiting = then == "wait"
        if self.waiting:
            return
        force = bool(self.foreign())
        match then.split():
            case ["check"]:
                self.check(force)
            case ["stop", after]:
                self.stop(int(after), force)
            case ["clean"]:
                self.publish(clean=True)
            case ["two", _]:
                self.publish(workers=2)
            case ["elsewhere"]:
                self.build_elsewhere()
            case ["new", _]:
                self.build_in_a_new_process(force)
        self.publish()

    def publish(self, **order: Any) -> None:
        """Build, and compare everything with a clean build."""
        wanted = clean(self.root, self.today)
        before, remembered = self.published_tree(), kept(self.root)
        others, damaged = self.foreign_and_damaged()
        foreign = {path: data for path, data in before.items() if path in others}
        if foreign and not damaged:
            assert self.build(**order).site_at_fault
            assert self.published_tree() == before
        report = self.build(**order, force=bool(foreign))
        assert said(report) == wanted.said
        assert report.site_at_fault == wanted.at_fault
        if wanted.at_fault:
            assert self.published_tree() == before, "the old site is not in place"
            assert kept(self.root) <= remembered | self.public_words(report)
            self.assert_tidy()
            self.restore()
            if clean(self.root, self.today).at_fault:  # other stories are public than when it was published
                shutil.rmtree(self.root / "templates")
            assert not clean(self.root, self.today).at_fault
            return self.publish()
        # a file that equals one of the new tree is not lost, and is not moved
        self.assert_moved_aside(
            {path: data for path, data in foreign.items() if wanted.files.get(path) != data}
        )
        assert_same(files(self.out), wanted.files)
        self.assert_private(report)
        self.assert_tidy()
        for _ in range(3):  # from the second on, the up-to-date check ends the build
            again = self.build()
            assert (again.made, again.removed) == (0, 0), "nothing changed, but something was made"
            assert said(again) == wanted.said, "nothing changed, but something else is said"
            time.sleep(file_state.GRAIN / 1e9 / 2)
        assert_same(files(self.out), wanted.files)
        self.assert_private(again)
        self.older.append(files(self.root / ".sitegen"))
        self.good = {path: (data, self.time(path)) for path, data in inputs(self.root).items()}
        return None

    def time(self, path: str) -> int:
        return (self.root / path).stat().st_mtime_ns

    def published_tree(self) -> dict[str, bytes]:
        """Return the published tree, wherever an interrupted build left it."""
        return files(self.out) or files(self.root / ".public.old")

    def public_words(self, report: BuildReport) -> set[bytes]:
        """Return every unique word in public source files."""
        secret = {each.path for each in report.withheld} | {
            # of site.yaml only the part with the problem is left out
            each.where.path
            for each in report.problems
            if each.is_error and not each.part
        }
        return words({path: data for path, data in inputs(self.root).items() if path not in secret})

    def assert_private(self, report: BuildReport) -> None:
        """Check that the published tree and the cache have only words that are public now."""
        allowed = self.public_words(report)
        assert words(files(self.out)) <= allowed, "something that is not public is published"
        assert kept(self.root) <= allowed, "something that is not public is remembered"
        assert not words(files(self.out), NEVER)
        assert not kept(self.root, NEVER)
        withheld = (each.path.removeprefix("content/") for each in report.withheld)
        pages = {re.sub(r"(/index)?\.md$", "/index.html", path).encode() for path in withheld}
        pages -= {path.encode() for path in files(self.out)}  # another file's, which is public
        assert not kept(self.root, PAGE) & pages, "a page that is not public is remembered"

    def assert_tidy(self) -> None:
        left = {path.name for path in self.root.iterdir()} - {*FOLDERS, "public", ".sitegen"}
        assert not left, f"{left} are left over"

    def assert_moved_aside(self, foreign: Files) -> None:
        """Check that no foreign file is lost, and remove them."""
        aside = self.root / "public-moved-aside-1"
        assert files(aside) == foreign
        shutil.rmtree(aside, ignore_errors=True)

    def check(self, force: bool) -> None:
        before = files(self.root)
        report = self.build(publish=False, force=force)
        assert files(self.root) == before, "a check has written something"
        assert said(report) == clean(self.root, self.today).said

    def stop(self, after: int, force: bool) -> None:
        """Interrupt a build after so many reported reasons; with fewer it finishes."""
        before, reasons = self.published_tree(), itertools.count()

        def explain(_: str) -> None:
            if next(reasons) == after:
                raise Stopped

        with contextlib.suppress(Stopped):
            self.build(explain=explain, force=force)
            shutil.rmtree(self.root / "public-moved-aside-1", ignore_errors=True)
            return
        assert self.published_tree() == before, "a build that was stopped has changed something"
        self.assert_tidy()

    def build_elsewhere(self) -> None:
        wanted, elsewhere = clean(self.root, self.today), self.folder / "elsewhere"
        report = self.build(out=elsewhere)
        assert said(report) == wanted.said
        assert_same(files(elsewhere), wanted.files)
        shutil.rmtree(elsewhere, ignore_errors=True)

    def build_in_a_new_process(self, force: bool) -> None:
        wanted = clean(self.root, self.today)
        order = ["build", "--date", str(self.today), "--json", *(["--force"] if force else [])]
        done = subprocess.run(
            [sys.executable, "-m", "sitegen", "--root", str(self.root), *order],
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert "Traceback" not in done.stderr, done.stderr
        result = json.loads(done.stdout)
        assert {key: result[key] for key in wanted.said} == wanted.said
        if not wanted.at_fault:
            assert_same(files(self.out), wanted.files)
        shutil.rmtree(self.root / "public-moved-aside-1", ignore_errors=True)

    def restore(self, times: bool = False) -> None:
        """Restore all inputs as they were when last published, with or without their mtimes."""
        for path in inputs(self.root).keys() - self.good.keys():
            (self.root / path).unlink()
        for path, (data, moment) in self.good.items():
            file = self.root / path
            if not file.exists() or file.read_bytes() != data:
                self.site.write(path, data)
            if times:
                set_time(file, moment)

    # -- stories

    @edit(often=1)
    def nothing(self) -> None:
        """No edit; the first one, so that Hypothesis shrinks irrelevant edits to it."""

    @edit(
        slug=one_of(SLUGS), body=one_of(BODIES), photo=st.sampled_from((None, *PHOTOS)), covers=one_of(COVERS)
    )
    def write_a_story(self, slug: str, body: str, photo: str | None, covers: str) -> None:
        self.write_story(slug, body, photo, covers)

    @edit(often=3, number=NUMBERS, body=one_of(BODIES))
    def write_another_body(self, number: int, body: str) -> None:
        if file := self.story(number):
            front, fence, _ = file.read_bytes().rpartition(b"\n---\n")
            file.write_bytes(front + fence + self.filled(body).encode())

    @edit(often=6, number=NUMBERS, entry=pairs(KEYS))
    def set_a_key_of_a_story(self, number: int, entry: tuple[str, str | None]) -> None:
        self.set_key(self.story(number), entry)

    def set_key(self, file: Path | None, entry: tuple[str, str | None]) -> None:
        if file:
            key, value = entry
            text = file.read_bytes().decode("utf-8", "surrogateescape")
            changed = with_key(text, key, None if value is None else self.filled(value))
            file.write_bytes(changed.encode("utf-8", "surrogateescape"))

    @edit(number=NUMBERS, slug=one_of(SLUGS))
    def rename_a_story(self, number: int, slug: str) -> None:
        if file := self.story(number):
            moved = file.parent if file.name == "index.md" else file
            target = moved.with_name(slug + moved.suffix)
            if not target.exists():
                moved.rename(target)

    @edit(number=NUMBERS, photos=st.booleans())
    def change_the_shape_of_a_story(self, number: int, photos: bool) -> None:
        file = self.story(number)
        if file is None:
            return
        if file.name == "index.md":
            target = file.parent.with_suffix(".md")
        else:
            target = file.with_suffix("") / "index.md"
            target.parent.mkdir(exist_ok=True)
        if not target.exists():
            file.rename(target)
        for photo in file.parent.glob("lens*") if photos else ():
            shutil.copy2(photo, target.parent / photo.name)

    @edit(number=NUMBERS)
    def delete_a_story(self, number: int) -> None:
        if file := self.story(number):
            file.unlink()

    # -- any text

    @edit(number=NUMBERS, mistake=one_of(MISTAKES))
    def make_a_mistake(self, number: int, mistake: str) -> None:
        if file := self.text(number):
            file.write_bytes(MISTAKES[mistake](file.read_bytes()))

    @edit(times=st.booleans())
    def take_back_what_was_not_published(self, times: bool) -> None:
        self.restore(times)

    @edit(number=NUMBERS, time=one_of(TIMES))
    def touch_a_file(self, number: int, time: str) -> None:
        if file := self.pick(number, "content/**/*", "templates/**/*", "assets/**/*"):
            set_time(file, TIMES[time](file.stat().st_mtime_ns))

    @edit(often=5, number=NUMBERS, time=MISLEADING, by=one_of(("itself", "another file")))
    def change_a_word(self, number: int, time: str, by: str) -> None:
        """With `as before` the size and mtime of the file stay the same."""
        if file := self.text(number):
            changed = another_word(file.read_bytes(), self.word())
            overwrite(file, changed, TIMES[time](file.stat().st_mtime_ns), by)

    @edit(number=NUMBERS, other=NUMBERS)
    def copy_one_story_over_another(self, number: int, other: int) -> None:
        one, two = self.story(number), self.story(other)
        if one and two and one != two:
            shutil.copy2(one, two)

    @edit(number=NUMBERS)
    def change_a_word_while_the_site_is_built(self, number: int) -> None:
        file = self.text(number)

        def explain(_: str) -> None:
            nonlocal file
            if file:
                changed = another_word(file.read_bytes(), self.word())
                overwrite(file, changed, file.stat().st_mtime_ns, "itself")
                file = None

        self.build(clean=True, explain=explain)
        shutil.rmtree(self.root / "public-moved-aside-1", ignore_errors=True)

    # -- photos

    @edit(name=one_of(PHOTOS), folder=st.sampled_from(("stories", "stories/ann", "members-in-action", ".")))
    def put_a_photo(self, name: str, folder: str) -> None:
        if folder != "stories/ann" or (self.root / "content" / folder).is_dir():
            self.count += 1
            self.site.write(f"content/{folder}/{name}", padded(self.count, name[-4:]))

    @edit(often=4, number=NUMBERS, time=MISLEADING, by=one_of(("itself", "another file")))
    def change_a_photo(self, number: int, time: str, by: str) -> None:
        """With `as before` the size and mtime of the file stay the same."""
        if file := self.photo(number):
            self.count += 1
            overwrite(file, padded(self.count, file.suffix), TIMES[time](file.stat().st_mtime_ns), by)

    @edit(number=NUMBERS, other=NUMBERS)
    def exchange_two_photos(self, number: int, other: int) -> None:
        one, two = self.photo(number), self.photo(other)
        if one and two and one.suffix == two.suffix:
            between = one.with_name("between")
            one.rename(between)
            two.rename(one) if one != two else None
            between.rename(two)

    @edit(number=NUMBERS, name=one_of(PHOTOS))
    def rename_a_photo(self, number: int, name: str) -> None:
        if file := self.photo(number):
            file.rename(file.with_name(name))

    @edit(often=1, number=NUMBERS)
    def delete_a_photo(self, number: int) -> None:
        if file := self.photo(number):
            file.unlink()

    @edit(number=NUMBERS, damage=one_of(DAMAGE), where=st.integers(0, 2000))
    def damage_a_photo(self, number: int, damage: str, where: int) -> None:
        if file := self.photo(number):
            file.write_bytes(DAMAGE[damage](file.read_bytes(), where))

    # -- pages, networks, items, settings, templates, assets

    @edit(name=one_of(PAGES), body=one_of(BODIES))
    def write_a_page(self, name: str, body: str) -> None:
        self.site.page(name, self.filled(body), summary=self.filled("About {c}."))

    @edit(often=3, number=NUMBERS, entry=pairs(PAGE_KEYS))
    def set_a_key_of_a_page(self, number: int, entry: tuple[str, str | None]) -> None:
        self.set_key(self.pick(number, *(f"content/{name}.md" for name in PAGES)), entry)

    @edit(number=NUMBERS)
    def delete_a_page(self, number: int) -> None:
        if file := self.pick(number, *(f"content/{name}.md" for name in PAGES)):
            file.unlink()

    @edit(name=one_of(("fair", "open-day")), body=one_of(BODIES), people=st.booleans(), covers=one_of(COVERS))
    def write_an_item(self, name: str, body: str, people: bool, covers: str) -> None:
        front = "title: At the fair {c}\ndate: 2026-01-02\nphoto: lens03.jpg\nalt: A table {d}\n"
        consent = (
            f"people: true\nconsent:\n  given: {on(-9)}\n  until: {on(9)}\n  covers: {covers}\n"
            if people
            else "people: false\n"
        )
        self.site.write(
            f"content/members-in-action/{name}.md", self.filled(f"---\n{front}{consent}---\n{body}\n")
        )
        if not (self.root / "content/members-in-action/lens03.jpg").exists():
            self.site.write("content/members-in-action/lens03.jpg", padded(self.count, ".jpg"))

    @edit(number=NUMBERS)
    def delete_an_item(self, number: int) -> None:
        if file := self.pick(number, "content/members-in-action/*.md"):
            file.unlink()

    @edit(often=5, entry=pairs(SETTINGS_KEYS))
    def change_a_setting(self, entry: tuple[str, str | None]) -> None:
        key, value = entry
        file = self.root / "content/site.yaml"
        # a front matter without a fence
        text = with_key(
            "---\n" + file.read_bytes().decode("utf-8", "replace"), key, value and self.filled(value)
        )
        self.site.write("content/site.yaml", text.removeprefix("---\n"))

    @edit(often=5, name=one_of(TEMPLATES))
    def write_a_template(self, name: str) -> None:
        text = (STARTER / "templates" / f"{name}.html").read_text()
        note = self.filled("<!-- {c} -->")
        marked, done = re.subn(r"(?m)^( *<[a-z][^{}\n]*>)$", rf"\1{note}", text, count=1)
        self.site.write(f"templates/{name}.html", marked if done else text + note)

    @edit(name=one_of((*TEMPLATES, "own")), text=st.sampled_from((
        "{% extends 'base.html' %}{% block main %}{c}{{ here.title }}{% endblock %}",
        "{% include ['own-part.html', 'figure.html'] ignore missing %}{c}",
        "{c} {{ nothing.here }}", "{c} {% if %}", "{c} {{ 'extra.css' | asset }}",
    )))  # fmt: skip
    def write_another_template(self, name: str, text: str) -> None:
        self.site.write(f"templates/{name}.html", text.replace("{c}", self.word()))

    @edit(number=NUMBERS)
    def delete_a_template(self, number: int) -> None:
        if file := self.pick(number, "templates/**/*"):
            file.unlink()

    @edit(name=one_of(ASSETS))
    def write_an_asset(self, name: str) -> None:
        self.site.write(f"assets/{name}", self.filled("/* {c} */"))

    @edit(number=NUMBERS)
    def delete_an_asset(self, number: int) -> None:
        if file := self.pick(number, "assets/**/*"):
            file.unlink()

    # -- around the site

    @edit(often=4, day=st.sampled_from((0, 1, -1, 2, -30, 30, 45, 55, 400, -400, 1000)))
    def come_to_another_day(self, day: int) -> None:
        self.today = on(day)

    @edit(often=1, times=st.booleans())
    def move_the_site_to_another_folder(self, times: bool) -> None:
        old = self.root
        self.site.root = self.folder / f"{old.name}-moved"
        self.site.out = self.root / "public"
        shutil.copytree(
            old, self.root, symlinks=True, copy_function=shutil.copy2 if times else shutil.copyfile
        )
        shutil.rmtree(old)

    @edit(often=1)
    def forget_everything(self) -> None:
        shutil.rmtree(self.root / ".sitegen", ignore_errors=True)

    @edit(number=NUMBERS, damage=one_of(DAMAGE), where=st.integers(0, 5000))
    def damage_the_memory(self, number: int, damage: str, where: int) -> None:
        if file := self.pick(number, ".sitegen/**/*"):
            file.write_bytes(DAMAGE[damage](file.read_bytes(), where))

    @edit(number=NUMBERS, other=NUMBERS)
    def put_another_sites_memory_in_its_place(self, number: int, other: int) -> None:
        if file := self.pick(number, ".sitegen/**/*"):
            file.write_bytes(another_sites_cache()[other % len(another_sites_cache())])

    @edit(ago=NUMBERS, instead=st.booleans())
    def bring_back_an_older_memory(self, ago: int, instead: bool) -> None:
        """Next to the current files, or in place of them."""
        older = self.older[-1 - ago % len(self.older)]
        names = list(files(self.root / ".sitegen")) if instead else list(older)
        for name, data in zip(names, older.values(), strict=False):
            self.site.write(f".sitegen/{name}", data)

    @edit(number=NUMBERS, how=one_of(("defaced", "deleted", "touched", "linked", "an older one")))
    def meddle_with_a_published_file(self, number: int, how: str) -> None:
        file = self.pick(number, "public/**/*[!n]")
        if file is None:
            return
        match how:
            case "defaced":
                file.write_bytes(file.read_bytes() + b"<!-- defaced -->")
            case "deleted":
                file.unlink()
            case "touched":
                set_time(file, 0)
            case "linked":
                moved = self.folder / f"linked-{self.word()}"
                shutil.move(file, moved)
                file.symlink_to(moved)
            case "an older one":
                overwrite(file, file.read_bytes()[::-1], 10**18, "another file")

    @edit(
        often=1,
        how=one_of(("deleted", "empty", "cut short", "flipped", "zeroed")),
        where=st.integers(0, 9000),
    )
    def meddle_with_the_mark(self, how: str, where: int) -> None:
        mark = self.out / ".sitegen"
        if mark.exists():
            mark.unlink() if how == "deleted" else mark.write_bytes(DAMAGE[how](mark.read_bytes(), where))

    @edit(often=1, name=one_of(("notes.txt", "stories/more/notes.html")))
    def put_a_file_among_the_published(self, name: str) -> None:
        self.site.write(f"public/{name}", "A foreign file.")

    @edit(often=1, left=one_of(("nothing", "a new one", "an old one", "the old one aside")))
    def leave_what_a_killed_build_leaves(self, left: str) -> None:
        match left:
            case "nothing":
                shutil.rmtree(self.out, ignore_errors=True)
            case "a new one":
                self.site.write(".public.new/stories/index.html", "Half of ")
            case "an old one":
                self.site.write(".public.old/index.html", "Yesterday's.")
            case "the old one aside":
                shutil.rmtree(self.root / ".public.old", ignore_errors=True)
                self.out.rename(self.root / ".public.old") if self.out.exists() else None

    # -- all of them

    @rule(
        step=st.sampled_from(OFTEN).flatmap(lambda name: st.builds(Edit, st.just(name), EDITS[name])),
        then=st.sampled_from(BUILDS),
    )
    def do(self, step: Edit, then: str) -> None:
        if step.name != "nothing":
            getattr(self, step.name)(**step.values)
            self.go_on(then)
