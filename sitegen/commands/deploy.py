"""Deployment: publishes the built site to a git branch or to a folder.

The branch gets a single commit without a parent, so that no older commit contains a story that was taken
down. ghp-import makes the commit in a temporary repository. The push uses `--force-with-lease`, because
ghp-import's own push would overwrite a deployment that was made in the meantime.
"""

import hashlib
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from sitegen.commands import git_access
from sitegen.core.settings import Settings
from sitegen.core.urls import encode
from sitegen.engine import output_tree, staging
from sitegen.engine.output_tree import MARK, PublishedTree

FORGES = (".github.io", ".gitlab.io", ".pages.dev", ".netlify.app")
"""Domains of hosting services; a site below them has no domain of its own."""


class DeployError(Exception):
    """The site can't be deployed; the message says why, in words for people."""


@dataclass(frozen=True, slots=True)
class Changes:
    """Differences between two trees: sorted paths."""

    added: tuple[str, ...]
    changed: tuple[str, ...]
    removed: tuple[str, ...]

    def __bool__(self) -> bool:
        return bool(self.added or self.changed or self.removed)


def changes(before: Mapping[str, str], after: Mapping[str, str]) -> Changes:
    """Compare digests by path; the manifest itself is left out."""
    both = before.keys() & after.keys() - {MARK}
    return Changes(
        tuple(sorted(after.keys() - before.keys() - {MARK})),
        tuple(sorted(path for path in both if before[path] != after[path])),
        tuple(sorted(before.keys() - after.keys() - {MARK})),
    )


def address(path: str) -> str:
    """Return the URL path of a file."""
    return encode(
        "/" + (path.removesuffix("index.html") if path.rpartition("/")[2] == "index.html" else path)
    )


def verified(out: Path, keep: Sequence[str] = ()) -> PublishedTree:
    """Return the published tree after comparing all digests; raise DeployError if a file differs.

    `keep` are the globs of files that others may put there.
    """
    standing = output_tree.read_published(out).keeping(keep)
    for path, digest in standing.tree.digests.items():
        try:
            data = (out / path).read_bytes()
        except OSError:
            raise DeployError(f"{out / path} is missing. Run sitegen deploy again.") from None
        if hashlib.sha256(data).hexdigest() != digest:
            raise DeployError(f"{out / path} was changed after the build. Run sitegen deploy again.")
    if standing.foreign:
        raise DeployError(f"sitegen did not make {out / standing.foreign[0]}. Remove it, then deploy again.")
    if closed := [path for path in standing.kept if path.endswith("/")]:
        raise DeployError(f"{out / closed[0]} can't be read. Give yourself permission, then deploy again.")
    return standing


def is_intact(out: Path, keep: Sequence[str] = ()) -> bool:
    """Whether every published file has the bytes that a build made."""
    try:
        verified(out, keep)
    except DeployError:
        return False
    return True


def domain(settings: Settings) -> str:
    """Return the custom domain of a site; "" if its address belongs to a hosting service."""
    host = settings.origin.partition("//")[2].partition(":")[0].lower()
    return "" if settings.base or host.endswith(FORGES) or "." not in host else host


# -- to a folder ----------------------------------------------------------------------------


def to_folder(out: Path, folder: Path, root: Path, keep: Sequence[str] = ()) -> Changes:
    """Return what copying the site to a folder would change; raise DeployError if it must not be used.

    `keep` are the globs of files that others may put into either folder.
    """
    if reason := output_tree.refusal_reason(folder, root):
        raise DeployError(f"The site can't be copied to {folder}: {reason}. Choose another folder.")
    if folder.resolve() == out.resolve():
        raise DeployError(f"{folder} is the folder the site is built in. Choose another folder.")
    output_tree.recover(folder)
    standing = output_tree.read_published(folder).keeping(keep)
    if standing.foreign:
        named = ", ".join(standing.foreign[:3])
        raise DeployError(f"{folder} has files that sitegen did not make: {named}. Choose an empty folder.")
    built = verified(out, keep)
    before = {**standing.tree.digests, **_digests(folder, {*standing.kept} & {*built.kept})}
    return changes(before, {**built.tree.digests, **_digests(out, built.kept)})


def _digests(folder: Path, paths: Iterable[str]) -> dict[str, str]:
    return {path: hashlib.sha256((folder / path).read_bytes()).hexdigest() for path in paths}


def copy(out: Path, folder: Path, keep: Sequence[str] = ()) -> None:
    """Replace the content of a folder by the built site, and by the kept files in it, with an atomic swap.

    Files in the folder that `keep` names stay.
    """
    built = verified(out, keep)
    folder.parent.mkdir(parents=True, exist_ok=True)
    standing = output_tree.read_published(folder).keeping(keep)
    with staging.Stage(folder, standing.tree) as stage:
        for path in sorted(built.tree.digests):
            stage.made(path, staging.write(stage.folder, path, (out / path).read_bytes()))
        for path in built.kept:
            staging.write(stage.folder, path, (out / path).read_bytes())
        stage.finish(kept={*standing.kept} - {*built.kept})
        stage.publish()


# -- to a branch ----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Commit:
    """A commit that is ready to be pushed, in a temporary repository."""

    repository: Path
    remote: str
    branch: str
    before: str
    """The commit that the branch points to; "" if there is no such branch."""
    name: str
    changes: Changes
    has_history: bool
    """Whether the branch has older commits."""


def remote_of(root: Path, named: str) -> str:
    """Return the address that git pushes to for a remote, given by its name or by its address."""
    if named.startswith("-"):  # git would read it as an option, and some options run programs
        raise DeployError(f'"{named}" is neither the name nor the address of a remote.')
    if "/" in named or ":" in named or "\\" in named:
        return _from(Path.cwd(), named)
    try:
        listed = _git_of_site(root, "remote", "get-url", "--push", "--all", "--", named).splitlines()
    except DeployError as error:
        if "safe.directory" in str(error):
            raise
        hint = "Name one with --remote: a name that git remote lists, or an address."
        raise DeployError(f'There is no remote "{named}" here. {hint}') from None
    if len(listed) != 1:
        addresses = ", ".join(map(git_access.without_credentials, listed))
        raise DeployError(f'"{named}" has several addresses. Name one with --remote: {addresses}')
    return _from(root, listed[0])


def _from(folder: Path, address: str) -> str:
    """Return the address of a remote; local paths become absolute, because git runs in another folder."""
    return str((folder / address).resolve()) if (folder / address).exists() else address


def commit(
    root: Path,
    out: Path,
    repository: Path,
    remote: str,
    branch: str,
    own_domain: str,
    force: bool,
    keep: Sequence[str] = (),
) -> Commit:
    """Make the new commit of a branch; raise DeployError if the branch must not be replaced.

    `keep` are the globs of files of others that are deployed, too.
    """
    _git(repository, "init", "--quiet", "--bare", "--template=", ".")
    try:
        _git(repository, "check-ref-format", f"refs/heads/{branch}")
    except DeployError:
        raise DeployError(
            f'"{branch}" can\'t be the name of a branch. Use letters, digits and hyphens.'
        ) from None
    _copy_access(root, repository)
    listed = _git(repository, "ls-remote", "--quiet", "--", remote, f"refs/heads/{branch}").split()
    before = listed[0] if listed else ""
    standing: dict[str, str] = {}
    parents = 0
    if before:
        _git(repository, "fetch", "--quiet", "--depth=1", "--", remote, before_ref := f"refs/heads/{branch}")
        before = _git(repository, "rev-parse", "FETCH_HEAD").strip()
        standing = _files(repository, "FETCH_HEAD")
        parents = _git(repository, "cat-file", "commit", before).partition("\n\n")[0].count("\nparent ")
        if MARK not in standing and standing and not force:
            hint = "Choose another branch with --branch, or replace this one with --force."
            raise DeployError(
                f'The branch "{branch}" ({before_ref}) has files that sitegen did not make. {hint}'
            )
    site = _without_litter(out, verified(out, keep), repository / "site")
    made = _made(repository, site, own_domain or _kept_domain(repository, standing))
    found = changes(standing, _files(repository, made))
    return Commit(repository, remote, branch, before, made, found, has_history=parents > 0)


def _copy_access(root: Path, repository: Path) -> None:
    """Copy the settings for access to the remote from the site's repository to the temporary one."""
    words = ("config", "--includes", "--null", "--get-regexp", git_access.ACCESS)
    here, there = (_output(folder, git, *words) for folder, git in ((root, _git_of_site), (repository, _git)))
    with (repository / "config").open("a", encoding="utf-8", errors="surrogateescape") as config:
        config.write(git_access.missing_settings(here, there))


def _output(folder: Path, git: Callable[..., str], *words: str) -> str:
    """Return what git prints; "" if it fails, because there is no such setting, or no repository."""
    try:
        return git(folder, *words)
    except DeployError:
        return ""


def _kept_domain(repository: Path, standing: Mapping[str, str]) -> str:
    """Return the domain in the branch's CNAME file, which GitHub writes; "" if there is none."""
    name = _git(repository, "cat-file", "blob", standing["CNAME"]).strip() if "CNAME" in standing else ""
    return name if name.isprintable() else ""


def _without_litter(out: Path, published: PublishedTree, folder: Path) -> Path:
    """Return the output folder, or a copy if file managers and the like have left files in it."""
    if not any(published.listing.litter()):
        return out
    for path in (*published.tree.digests, *published.kept, MARK):
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(out / path, folder / path)
    return folder


def _made(repository: Path, out: Path, domain: str) -> str:
    """Make the commit with ghp-import, and return its hash.

    ghp-import passes file names to git as lines of a script; `verified` refuses names with line breaks.
    """
    # ghp-import reads them, even if the environment has others
    _git(repository, "config", "user.name", "sitegen")
    _git(repository, "config", "user.email", "sitegen@localhost")
    words = ["--branch=made", "--no-history", "--no-jekyll", "--message=Publish the site"]
    words += [f"--cname={domain}"] if domain else []
    # in a process of its own, because it changes the current folder, which all threads share; -P keeps it
    # from importing modules from that folder
    environment = git_access.without_settings(git_access.environment(repository))
    _run(repository, environment, sys.executable, "-P", "-m", "ghp_import", *words, str(out.resolve()))
    return _git(repository, "rev-parse", "refs/heads/made").strip()


def push(ready: Commit) -> None:
    """Push the commit as the whole branch; raise DeployError if the branch has changed meanwhile."""
    where = f"refs/heads/{ready.branch}"
    lease = f"--force-with-lease={where}:{ready.before}"
    _git(ready.repository, "push", "--quiet", lease, "--", ready.remote, f"{ready.name}:{where}")


def _files(repository: Path, commit: str) -> dict[str, str]:
    """Return the blob hash of each file of a commit, by path."""
    lines = _git(repository, "ls-tree", "-r", "-z", commit).split("\0")
    parts = (line.partition("\t") for line in lines if line)
    return {path: about.split()[2] for about, _, path in parts}


def _git(repository: Path, *words: str) -> str:
    """Run git in a temporary repository and return its output; raise DeployError if it fails."""
    return _run(repository, git_access.environment(repository), "git", *words)


def _git_of_site(root: Path, *words: str) -> str:
    """Run git in the repository of the site and return its output; raise DeployError if it fails."""
    return _run(root, git_access.environment(None), "git", *words)


def _run(folder: Path, environment: Mapping[str, str], *command: str) -> str:
    """Run a command in a folder and return its output; raise DeployError if it fails."""
    try:
        done = subprocess.run(  # noqa: S603 - a list of arguments, no shell
            command,
            cwd=folder,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=False,
            env=environment,
        )
    except FileNotFoundError:
        raise DeployError(
            "git is not installed. Get it from https://git-scm.com, or copy the site with --to DIR."
        ) from None
    if done.returncode:
        said = done.stderr.decode("utf-8", "replace").strip()
        raise DeployError(git_access.explained(said or "git stopped"))
    return done.stdout.decode("utf-8", "surrogateescape")
