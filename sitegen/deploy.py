"""The published tree, brought to where the public finds it: a branch of a repository, or a folder.

A branch gets one commit without a parent each time: a story that was taken down lives on in no older commit,
here or there. ghp-import makes it, in a repository that is thrown away instead of the site's own. The push is
ours, because that of ghp-import replaces whatever somebody else has pushed in the meantime.
"""

import hashlib
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from sitegen import output, publish
from sitegen.addresses import encode
from sitegen.model import Settings
from sitegen.output import MARK, Tree

FORGES = (".github.io", ".gitlab.io", ".pages.dev", ".netlify.app")
"""Hosts that give sites their names: there a site has no domain of its own."""


class Failed(Exception):
    """It can't be deployed; the text says why, in words."""


@dataclass(frozen=True, slots=True)
class Changes:
    """What the public will find changed: files by their paths, in order."""

    added: tuple[str, ...]
    changed: tuple[str, ...]
    removed: tuple[str, ...]

    def __bool__(self) -> bool:
        return bool(self.added or self.changed or self.removed)


def changes(before: Mapping[str, str], after: Mapping[str, str]) -> Changes:
    """Compare the digests of files by their paths; the list of all files is not worth a word."""
    both = before.keys() & after.keys() - {MARK}
    return Changes(
        tuple(sorted(after.keys() - before.keys() - {MARK})),
        tuple(sorted(path for path in both if before[path] != after[path])),
        tuple(sorted(before.keys() - after.keys() - {MARK})),
    )


def address(path: str) -> str:
    """Return the address at which the public finds a file."""
    return encode(
        "/" + (path.removesuffix("index.html") if path.rpartition("/")[2] == "index.html" else path)
    )


def verified(out: Path) -> Tree:
    """Return the tree that stands, byte for byte as it was looked through; raise Failed where it isn't."""
    standing = output.standing(out)
    for path, digest in standing.tree.digests.items():
        try:
            data = (out / path).read_bytes()
        except OSError:
            raise Failed(f"{out / path} is missing. Run it again.") from None
        if hashlib.sha256(data).hexdigest() != digest:
            raise Failed(f"{out / path} was changed after it was made. Run it again.")
    if standing.foreign:
        raise Failed(f"sitegen did not make {out / standing.foreign[0]}. Remove it, and run it again.")
    return standing.tree


def domain(settings: Settings) -> str:
    """Return the domain that a site has of its own; the empty string for one that a host named."""
    host = settings.origin.partition("//")[2].partition(":")[0].lower()
    return "" if settings.base or host.endswith(FORGES) or "." not in host else host


# -- to a folder ----------------------------------------------------------------------------


def to_folder(out: Path, folder: Path, root: Path) -> Changes:
    """Say what copying the tree to a folder would change; raise Failed where it must not be touched."""
    if reason := output.refused(folder, root):
        raise Failed(f"{folder} can't be the place: {reason}.")
    if folder.resolve() == out.resolve():
        raise Failed(f"{folder} is where the site is built already.")
    output.recover(folder)
    standing = output.standing(folder)
    if standing.foreign:
        named = ", ".join(standing.foreign[:3])
        raise Failed(f"{folder} has files that sitegen did not make: {named}. Name a folder of its own.")
    return changes(standing.tree.digests, output.standing(out).tree.digests)


def copy(out: Path, folder: Path) -> None:
    """Let the tree take the place of what stands in a folder, in one step."""
    tree = verified(out)
    folder.parent.mkdir(parents=True, exist_ok=True)
    with publish.Stage(folder, output.standing(folder).tree) as stage:
        for path in sorted(tree.digests):
            stage.made(path, publish.write(stage.folder, path, (out / path).read_bytes()))
        stage.publish()


# -- to a branch ----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Commit:
    """A commit that is ready to be pushed, in a repository that is thrown away afterwards."""

    repository: Path
    remote: str
    branch: str
    before: str
    """What the branch points to so far; the empty string where it isn't there."""
    name: str
    changes: Changes
    has_history: bool
    """Whether older commits hang on the branch."""


def remote_of(root: Path, named: str) -> str:
    """Return the address of a remote by its name in the site's repository, or the address that it is."""
    if named.startswith("-"):  # git would take it for an option, and some options run programs
        raise Failed(f'"{named}" is no name of a remote, and no address.')
    if "/" in named or ":" in named or "\\" in named:
        return _from(Path.cwd(), named)
    try:
        return _from(root, _git(root, "remote", "get-url", "--", named).strip())
    except Failed:
        hint = "Name one with --remote: a name that git remote lists, or an address."
        raise Failed(f'there is no remote "{named}" here. {hint}') from None


def _from(folder: Path, address: str) -> str:
    """Return the address of a remote; a path on this disk is made whole, because git runs elsewhere."""
    return str((folder / address).resolve()) if (folder / address).exists() else address


def commit(
    root: Path, out: Path, repository: Path, remote: str, branch: str, own_domain: str, force: bool
) -> Commit:
    """Make the commit that a branch is to have; raise Failed where the branch must not be touched."""
    _git(repository, "init", "--quiet", "--bare", ".")
    try:
        _git(repository, "check-ref-format", f"refs/heads/{branch}")
    except Failed:
        raise Failed(f'a branch can\'t be called "{branch}". Take letters, digits and hyphens.') from None
    _let_in(root, repository)
    told = _git(repository, "ls-remote", "--quiet", "--", remote, f"refs/heads/{branch}").split()
    before = told[0] if told else ""
    standing: dict[str, str] = {}
    parents = 0
    if before:
        _git(repository, "fetch", "--quiet", "--depth=1", "--", remote, before_ref := f"refs/heads/{branch}")
        before = _git(repository, "rev-parse", "FETCH_HEAD").strip()
        standing = _files(repository, "FETCH_HEAD")
        parents = _git(repository, "cat-file", "commit", before).partition("\n\n")[0].count("\nparent ")
        if MARK not in standing and standing and not force:
            hint = "Name another one with --branch, or have it replaced with --force."
            raise Failed(f'the branch "{branch}" ({before_ref}) has files that sitegen did not make. {hint}')
    verified(out)
    made = _made(repository, out, own_domain or _kept_domain(repository, standing))
    found = changes(standing, _files(repository, made))
    return Commit(repository, remote, branch, before, made, found, has_history=parents > 0)


ACCESS = r"^(http|credential|url|core\.sshcommand)"
"""What a repository's own settings say on how to get at its remote; in a workflow they hold the key."""


def _let_in(root: Path, repository: Path) -> None:
    """Give the repository that is thrown away the access that the site's own one has."""
    try:
        told = _git(root, "config", "--local", "--null", "--get-regexp", ACCESS)
    except Failed:  # there is no such setting, or no repository
        return
    with (repository / "config").open("a", encoding="utf-8") as config:
        for line in filter(None, told.split("\0")):
            name, _, value = line.partition("\n")
            section, _, rest = name.partition(".")
            inner, _, key = rest.rpartition(".")
            quoted, value = (part.replace("\\", "\\\\").replace('"', '\\"') for part in (inner, value))
            config.write(f'[{section} "{quoted}"]\n' if inner else f"[{section}]\n")
            config.write(f'\t{key} = "{value}"\n')


def _kept_domain(repository: Path, standing: Mapping[str, str]) -> str:
    """Return the domain that somebody has given the branch at its host; the empty string for none."""
    name = _git(repository, "cat-file", "blob", standing["CNAME"]).strip() if "CNAME" in standing else ""
    return name if name.isprintable() else ""


def _made(repository: Path, out: Path, domain: str) -> str:
    """Let ghp-import make the commit of the tree as it is, byte for byte, and return the commit's name.

    It hands names to git as lines of a script; `verified` lets none of two lines through.
    """
    _git(repository, "config", "user.name", "sitegen")
    _git(repository, "config", "user.email", "sitegen@localhost")
    words = ["--branch=made", "--no-history", "--no-jekyll", "--message=Publish the site"]
    words += [f"--cname={domain}"] if domain else []
    # a program of its own, because it works in the current folder, which all threads share; -P keeps it
    # from taking what lies there for a module
    _run(repository, sys.executable, "-P", "-m", "ghp_import", *words, str(out.resolve()))
    return _git(repository, "rev-parse", "refs/heads/made").strip()


def push(ready: Commit) -> None:
    """Let the branch be the commit and nothing else, unless somebody changed it since it was looked at."""
    where = f"refs/heads/{ready.branch}"
    lease = f"--force-with-lease={where}:{ready.before}"
    _git(ready.repository, "push", "--quiet", lease, "--", ready.remote, f"{ready.name}:{where}")


def _files(repository: Path, commit: str) -> dict[str, str]:
    """Return the name of the content of each file of a commit, by its path."""
    lines = _git(repository, "ls-tree", "-r", "-z", commit).split("\0")
    parts = (line.partition("\t") for line in lines if line)
    return {path: about.split()[2] for about, _, path in parts}


def _git(folder: Path, *words: str) -> str:
    """Run git in a folder and return what it prints; raise Failed with what it says."""
    return _run(folder, "git", *words)


def _run(folder: Path, *command: str) -> str:
    """Run git, or what runs it, in a folder and return what it prints; raise Failed with what it says."""
    try:
        done = subprocess.run(  # noqa: S603 - no word of it is a command of somebody else's
            command,
            cwd=folder,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=False,
            env=_environment(),
        )
    except FileNotFoundError:
        raise Failed("git is not installed. Get it from https://git-scm.com, or use --to DIR.") from None
    if done.returncode:
        raise Failed(_in_our_words(done.stderr.decode("utf-8", "replace").strip() or "git stopped"))
    return done.stdout.decode("utf-8", "surrogateescape")


def _environment() -> dict[str, str]:
    """Return the surroundings for git: no repository but the one that is meant, and nobody to ask."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    kept |= {name: value for name, value in os.environ.items() if name in ("GIT_SSH", "GIT_SSH_COMMAND")}
    return {**kept, "GIT_TERMINAL_PROMPT": "0", "LC_ALL": "C"}


def _in_our_words(said: str) -> str:
    if "stale info" in said or "rejected" in said:
        return "somebody else has deployed in the meantime. Look at the site, and run it again."
    if "does not appear to be a git repository" in said or "not found" in said.lower():
        return "the remote can't be found. Look at its address: git remote -v"
    if "could not read Username" in said or "Permission denied" in said or "Authentication failed" in said:
        return "the remote doesn't let this computer in. Sign in with git first, for instance with git push."
    if any(words in said for words in ("Could not resolve host", "Connection", "Failed to connect")):
        return "the remote can't be reached. Is the network there?"
    lines = said.splitlines()
    fatal = (line for line in lines if line.startswith("fatal: "))
    return f"git says: {next(fatal, lines[-1]).removeprefix('fatal: ')}"
