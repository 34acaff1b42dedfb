"""Git access: environment, settings and refusals for a temporary repository.

`git push` in the site's repository decides what works. Its settings can depend on the place of the repository
(`includeIf`, as actions/checkout writes since version 6), so the values that hold there are copied.
"""

import os
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

CHOOSES_A_REPOSITORY = (
    *("GIT_ALTERNATE_OBJECT_DIRECTORIES", "GIT_COMMON_DIR", "GIT_CONFIG", "GIT_DEFAULT_HASH", "GIT_DIR"),
    *(
        "GIT_DEFAULT_REF_FORMAT",
        "GIT_GRAFT_FILE",
        "GIT_IMPLICIT_WORK_TREE",
        "GIT_INDEX_FILE",
        "GIT_NAMESPACE",
    ),
    *("GIT_NO_REPLACE_OBJECTS", "GIT_OBJECT_DIRECTORY", "GIT_PREFIX", "GIT_QUARANTINE_PATH"),
    *("GIT_REPLACE_REF_BASE", "GIT_SHALLOW_FILE", "GIT_TEMPLATE_DIR", "GIT_WORK_TREE"),
)
"""Variables that lead git to another repository, or change one (git rev-parse --local-env-vars)."""

ACCESS = r"^(http|credential|url|protocol|ssh|core\.(sshcommand|askpass|gitproxy))"
"""Names of git settings for access to a remote."""

NOBODY = {
    "GIT_AUTHOR_NAME": "sitegen",
    "GIT_AUTHOR_EMAIL": "sitegen@localhost",
    "GIT_COMMITTER_NAME": "sitegen",
    "GIT_COMMITTER_EMAIL": "sitegen@localhost",
}
"""A commit on the public branch has no person's name, regardless of the settings."""


def environment(repository: Path | None) -> dict[str, str]:
    """Return the variables for git: all of this process, except those that choose another repository.

    `repository` is a temporary one: git finds no bare repository by itself with safe.bareRepository=explicit.
    With None, git looks for the repository that the current folder is in.
    """
    kept = {name: value for name, value in os.environ.items() if name not in CHOOSES_A_REPOSITORY}
    dates = ("GIT_AUTHOR_DATE", "GIT_COMMITTER_DATE")
    kept = {name: value for name, value in kept.items() if name not in dates}
    chosen = {"GIT_DIR": str(repository)} if repository else {}
    return {**kept, **NOBODY, **chosen, "GIT_TERMINAL_PROMPT": "0", "LC_ALL": "C"}


def without_settings(environment: dict[str, str]) -> dict[str, str]:
    """Return an environment without the git settings in it, which take precedence over a repository's own."""
    names = ("GIT_CONFIG_COUNT", "GIT_CONFIG_PARAMETERS")
    return {name: value for name, value in environment.items() if name not in names}


def missing_settings(here: str, there: str) -> str:
    """Return the settings that hold in one repository but not in another, as lines of a config file.

    Both are what `git config --null --get-regexp` prints. A value that both have must not be there twice: a
    server refuses a request with two equal headers.
    """
    known = Counter(there.split("\0"))
    lines: list[str] = []
    for entry in filter(None, here.split("\0")):
        if known[entry]:
            known[entry] -= 1
        else:
            lines.extend(_lines_of(entry))
    return "".join(lines)


def _lines_of(entry: str) -> Iterator[str]:
    name, has_value, value = entry.partition("\n")
    section, _, rest = name.partition(".")
    inner, _, key = rest.rpartition(".")
    yield f'[{section} "{_quoted(inner)}"]\n' if inner else f"[{section}]\n"
    yield f'\t{key} = "{_quoted(value)}"\n' if has_value else f"\t{key}\n"


def _quoted(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t")


# -- refusals -------------------------------------------------------------------------------

REFUSALS = (
    (
        r"dubious ownership",
        "The repository belongs to another user, and git doesn't trust it. If you do, run: "
        "git config --global --add safe.directory FOLDER",
    ),
    (
        r"cannot lock ref .*Unable to create .*File exists",
        "Another program is writing to the branch, or was stopped while it did. Deploy again later; if that "
        "fails too, delete the .lock file that the remote names.",
    ),
    (
        r"cannot lock ref .*cannot create|refname conflict|directory file conflict",
        "The remote has a branch with a similar name, which is in the way. Choose another one with --branch.",
    ),
    (
        r"Unable to create .*Permission denied|unable to create temporary|insufficient permission",
        "The remote's folder can't be written. Give yourself permission to write there.",
    ),
    (
        r"stale info|incorrect old value|cannot lock ref|remote ref updated since checkout|fetch first",
        "The site was deployed from another computer in the meantime. Look at it, then deploy again.",
    ),
    (
        r"GH006|protected branch|GH013",
        "The branch is protected: its host doesn't let it be replaced. Allow force pushes in the host's "
        "settings, or choose another one with --branch.",
    ),
    (
        r"non-fast-forward",
        "The remote keeps the history of its branches, and sitegen replaces it so that no old version stays. "
        "Set receive.denyNonFastForwards to false there, or delete the branch and deploy again.",
    ),
    (
        r"branch is currently checked out|refusing to update checked out branch",
        "The branch is checked out in the remote's own folder. Choose another one with --branch.",
    ),
    (r"hook declined|hook exited|pre-push", "A check of the repository (a hook) refused the site."),
    (r"\[remote rejected\]|\[rejected\]", "The remote refused the site."),
    (
        r"does not appear to be a git repository|[Rr]epository .*not found|not found: ?did you run",
        "The remote can't be found. Check its address: git remote -v",
    ),
    (
        r"Host key verification failed|REMOTE HOST IDENTIFICATION HAS CHANGED",
        "This machine doesn't know the remote's key, or knows another one. Run git push once, and compare "
        "the key that it shows.",
    ),
    (
        r"marked as read only|denied to deploy key",
        "The key of this machine may read there, but not write. Allow that in the host's settings.",
    ),
    (
        r"could not read (Username|Password)|Permission denied|Authentication failed|returned error: 40[13]",
        "The remote refused access. Sign in with git first, for example with git push.",
    ),
    (
        r"Could not resolve host|Connection|Failed to connect|timed out",
        "The remote can't be reached. Check your internet connection, then deploy again.",
    ),
    (r"[Nn]ot found", "The remote can't be found. Check its address: git remote -v"),
)
"""What git says, as a pattern, and what it means; the first one that matches counts."""

OWN_WORDS = re.compile(r"^remote: *(?:(?:fatal|error): *)?(.*\S)", re.MULTILINE)
"""What the remote itself says: the reason that its owner gave."""


def explained(said: str) -> str:
    """Return in plain words why git failed, with the words of the remote if it has any."""
    meaning = next((words for pattern, words in REFUSALS if re.search(pattern, said)), "")
    if meaning:
        return f"{_with_folder(meaning, said)}{_own_words(said)}"
    lines = said.splitlines()
    fatal = (line for line in lines if line.startswith("fatal: "))
    return f"git reports: {_without_control(next(fatal, lines[-1]).removeprefix('fatal: '))}"


def without_credentials(address: str) -> str:
    """Return a web address without the user name and password in it, which could be a token."""
    return re.sub(r"(https?://)[^/@\s]+@", r"\1", address)


def _with_folder(meaning: str, said: str) -> str:
    found = re.search(r"dubious ownership in repository at '(.*)'", said)
    return meaning.replace("FOLDER", _without_control(found[1])) if found else meaning


def _own_words(said: str) -> str:
    spoken = [_without_control(line) for line in OWN_WORDS.findall(said)][:MOST_LINES]
    return f" It says: {' '.join(spoken)}" if spoken else ""


def _without_control(text: str) -> str:
    """Return what a remote says without control characters, which could change what a terminal shows."""
    return "".join(letter for letter in text if letter.isprintable())


MOST_LINES = 6
"""Lines of a remote's own words that are passed on."""
