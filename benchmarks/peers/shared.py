"""Helpers of the contestants' modules: reading folders, front matter, installing."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path

from benchmarks.contestant import Page
from benchmarks.corpus import Story

REPOSITORY = Path(__file__).resolve().parents[2]
SITES = REPOSITORY / "benchmarks" / "sites"


class ToolError(Exception):
    """A program is missing on this machine; the text says which, and how to install it."""


def folder(path: Path, into: str = "") -> dict[str, str]:
    """Return the text of every file of a folder, by its path below it, or below another one."""
    return {
        str(Path(into) / file.relative_to(path)): file.read_text(encoding="utf-8")
        for file in sorted(path.rglob("*"))
        if file.is_file() and "__pycache__" not in file.parts
    }


def assets(into: str) -> dict[str, str]:
    """Return the style sheet and the icon that all pages use."""
    return {f"{into}/{name}": (REPOSITORY / "assets" / name).read_text("utf-8") for name in USED}


USED = ("icon.svg", "style.css")


def of_site(key: str) -> Mapping[str, str]:
    """Return the hand-written files of a contestant's site."""
    return folder(SITES / key)


def yaml(story: Story, values: Mapping[str, object]) -> str:
    """Return a file of YAML front matter and Markdown. JSON's strings and lists are YAML's, too."""
    lines = (f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in values.items())
    return "\n".join(["---", *lines, "---", story.body, ""])


def ordinary_path(page: Page, root: str = "") -> str:
    """Return the path of a page with its own folder, such as `stories/SLUG/index.html`."""
    below = {"story": f"stories/{page.slug}", "list": "stories"}.get(
        page.kind, f"{root}{page.kind}/{page.slug}"
    )
    number = f"/page/{page.number}" if page.number > 1 else ""
    return f"{below}{number}/index.html"


# -- installing -----------------------------------------------------------------------------


def venv(tool: Path, packages: Iterable[str]) -> Path:
    """Install packages from PyPI into a virtual environment, unless they are there; return its Python."""
    python = tool / "bin" / "python"
    done = tool / "installed.txt"
    if not done.is_file():
        shutil.rmtree(tool, ignore_errors=True)
        run([sys.executable, "-m", "venv", str(tool)])
        quiet = ["--quiet", "--disable-pip-version-check"]
        run([str(python), "-m", "pip", "install", *quiet, *packages])
        done.write_text(" ".join(packages))
    return python


def version(python: Path, package: str) -> str:
    """Return the version of an installed package."""
    code = f"from importlib.metadata import version; print(version({package!r}))"
    return run([str(python), "-c", code]).strip()


def npm(tool: Path, packages: Iterable[str]) -> None:
    """Install packages from npm into a folder, unless they are there."""
    if shutil.which("npm") is None:
        raise ToolError("npm is not installed: apt-get install npm")
    done = tool / "installed.txt"
    if not done.is_file():
        shutil.rmtree(tool, ignore_errors=True)
        tool.mkdir(parents=True)
        (tool / "package.json").write_text('{"type": "module", "private": true}\n')
        run(["npm", "install", "--no-audit", "--no-fund", *packages], tool)
        done.write_text(" ".join(packages))


def run(command: list[str], folder: Path | None = None) -> str:
    """Return what a command prints; raise `ToolError` with its last output if it fails."""
    done = subprocess.run(
        command, cwd=folder, capture_output=True, text=True, check=False, env={**os.environ, "NO_COLOR": "1"}
    )
    if done.returncode:
        said = (done.stderr or done.stdout).strip().splitlines()[-3:]
        raise ToolError(f"{' '.join(command[:6])} failed: {' '.join(said)}")
    return done.stdout
