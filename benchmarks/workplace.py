"""Working folder of the benchmark: tools, sites, photos."""

import hashlib
import os
import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from benchmarks.contestant import NOTE, Bench, Contestant
from benchmarks.corpus import Corpus, with_new_sentence

HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Workplace:
    """The benchmark's folder; only results are written outside of it."""

    root: Path

    def make(self) -> None:
        """Create the folder, so that git and linters ignore it."""
        self.root.mkdir(parents=True, exist_ok=True)
        (self.root / ".gitignore").write_text("*\n", encoding="utf-8")

    def tool(self, contestant: Contestant) -> Path:
        """Return where a contestant is installed."""
        return self.root / "tools" / (contestant.installed_as or contestant.key)

    def bench(self, contestant: Contestant, corpus: Corpus) -> Bench:
        """Return where a contestant builds a corpus."""
        site = self.root / "sites" / f"{contestant.key}-{corpus.name}"
        return Bench(self.tool(contestant), site, site / contestant.output)

    @property
    def trash(self) -> Path:
        """Folder of old builds that were moved away."""
        return self.root / "trash"

    @property
    def photos(self) -> Path:
        """The folder of the photos."""
        return self.root / "photos"


def lay_out(workplace: Workplace, contestant: Contestant, corpus: Corpus) -> None:
    """Write a contestant's site, or restore it."""
    bench = workplace.bench(contestant, corpus)
    stamp = bench.site.with_suffix(".stamp")
    digest = _recipe(contestant)
    if not stamp.is_file() or stamp.read_text() != digest:
        stamp.unlink(missing_ok=True)
        shutil.rmtree(bench.site, ignore_errors=True)
        for story in corpus.stories():
            _write(bench.site, dict([contestant.write(story)]))
            if (story.photo or story.portrait) and contestant.photo:
                photo = bench.site / contestant.photo(story)
                photo.parent.mkdir(parents=True, exist_ok=True)
                if not photo.exists():
                    os.link(workplace.photos / (story.portrait or f"{story.number:03}.jpg"), photo)
        stamp.parent.mkdir(parents=True, exist_ok=True)
        stamp.write_text(digest)
    _write(bench.site, contestant.skeleton(corpus))


def forget(workplace: Workplace, contestant: Contestant, bench: Bench) -> None:
    """Move away the output and the caches of a contestant.

    `tidy` removes them after all measurements: for a minute after files were removed, ext4 avoids their inode
    numbers, which can make each new file twenty times as slow.
    """
    for path in (bench.output, *(bench.site / cache for cache in contestant.caches)):
        if path.exists():
            workplace.trash.mkdir(exist_ok=True)
            path.rename(Path(tempfile.mkdtemp(dir=workplace.trash)) / path.name)


def tidy(workplace: Workplace) -> None:
    """Remove the folders that were moved away."""
    shutil.rmtree(workplace.trash, ignore_errors=True)


def edit_story(contestant: Contestant, corpus: Corpus, bench: Bench, number: int, sentence: str) -> None:
    """Append a sentence to a story's text; without a sentence, restore the text."""
    story = corpus.story(number)
    path, text = contestant.write(with_new_sentence(story, sentence) if sentence else story)
    _write(bench.site, {path: text})


def edit_template(contestant: Contestant, corpus: Corpus, bench: Bench, sentence: str) -> None:
    """Append a sentence to the note in the base template; without one, restore the template."""
    text = contestant.skeleton(corpus)[contestant.base]
    if not isinstance(text, str) or NOTE not in text:
        raise ValueError(f"{contestant.key}: {contestant.base} doesn't have the note.")
    _write(bench.site, {contestant.base: text.replace(NOTE, f"{NOTE} {sentence}".rstrip(), 1)})


def _write(site: Path, texts: Mapping[str, str] | Mapping[str, str | bytes]) -> None:
    """Write files that have changed; some generators compare modification times."""
    for path, text in texts.items():
        file = site / path
        data = text if isinstance(text, bytes) else text.encode()
        if not file.is_file() or file.read_bytes() != data:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(data)


def _recipe(contestant: Contestant) -> str:
    """Return a digest of the code that writes stories, so that a change to it writes them anew."""
    code = (
        "corpus.py",
        "words.py",
        "photos.py",
        "peers/shared.py",
        f"peers/{contestant.installed_as or contestant.key}.py",
    )
    digest = hashlib.blake2b(digest_size=16)
    for name in code:
        digest.update((HERE / name).read_bytes())
    return digest.hexdigest()
