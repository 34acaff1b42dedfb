"""Git access: deploy goes where `git push` goes, and says why it was refused."""

import os
from pathlib import Path

import pytest

from sitegen.commands import git_access
from tests.commands.test_deploy import bare, deployed, git, run
from tests.support.site import Site

__all__ = ["bare"]


def _goes_through(site: Site, bare: Path, *words: str) -> None:
    done = run(site, "--yes", *words)
    assert done.returncode == 0, done.stderr
    assert "mission/index.html" in deployed(bare)


def test_the_site_goes_to_the_address_for_pushes(site: Site, bare: Path, tmp_path: Path) -> None:
    git(tmp_path, "init", "--quiet", "--bare", "other.git")
    git(site.root, "remote", "set-url", "--push", "origin", str(tmp_path / "other.git"))
    _goes_through(site, tmp_path / "other.git")
    assert git(bare, "branch") == ""
    git(site.root, "config", "--unset", "remote.origin.pushurl")
    git(site.root, "config", f"url.{tmp_path}/bare.git.pushInsteadOf", "https://git.example/site")
    git(site.root, "remote", "set-url", "origin", "https://git.example/site")
    _goes_through(site, bare)


def test_several_addresses_for_pushes_are_a_question(site: Site, bare: Path, tmp_path: Path) -> None:
    for name in ("a", "b"):
        git(site.root, "remote", "set-url", "--add", "--push", "origin", f"{tmp_path}/{name}.git")
    done = run(site, "--yes")
    assert done.returncode == 1
    assert f"Name one with --remote: {tmp_path}/a.git, {tmp_path}/b.git" in done.stderr


@pytest.mark.parametrize("place", ["local", "global"])
def test_credentials_that_hold_for_the_sites_repository_only_are_used(
    site: Site, bare: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    credentials = tmp_path / "git-credentials-1.config"
    git(tmp_path, "config", "--file", str(credentials), f"url.{tmp_path}/.insteadOf", "https://git.example/")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(tmp_path / "gitconfig"))
    key = f"includeIf.gitdir:{site.root}/.git.path"
    git(site.root, "config", f"--{place}", key, str(credentials))
    _goes_through(site, bare, "--remote", "https://git.example/bare.git")


def test_a_setting_that_holds_everywhere_is_not_sent_twice() -> None:
    header = "http.https://git.example/.extraheader\nAUTHORIZATION: basic x\0"
    other = 'credential.helper\n!f() { echo "a\\b"; }; f\0http.x.emptyauth\0'
    assert git_access.missing_settings(header + other, header + other) == ""
    assert git_access.missing_settings(header * 2, header).count("extraheader") == 1
    lines = git_access.missing_settings(header + other, header)
    assert lines == ('[credential]\n\thelper = "!f() { echo \\"a\\\\b\\"; }; f"\n[http "x"]\n\temptyauth\n')


def test_settings_in_the_environment_are_used(
    site: Site, bare: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = [
        (f"url.{tmp_path}/.insteadOf", "https://git.example/"),
        ("safe.bareRepository", "explicit"),
        ("user.name", "Ana Example"),
    ]
    with monkeypatch.context() as patched:
        patched.setenv("GIT_CONFIG_COUNT", "3")
        for number, (key, value) in enumerate(settings):
            patched.setenv(f"GIT_CONFIG_KEY_{number}", key)
            patched.setenv(f"GIT_CONFIG_VALUE_{number}", value)
        patched.setenv("GIT_AUTHOR_NAME", "Ana Example")
        for name in ("GIT_DIR", "GIT_INDEX_FILE", "GIT_WORK_TREE", "GIT_NAMESPACE"):
            patched.setenv(name, str(tmp_path / "nowhere"))
        done = run(site, "--yes", "--remote", "https://git.example/bare.git")
    assert done.returncode == 0, done.stderr
    assert "mission/index.html" in deployed(bare)
    assert git(bare, "log", "--format=%an %cn", "gh-pages") == "sitegen sitegen"


def test_bare_repositories_that_must_be_named_explicitly_work(
    site: Site, bare: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "gitconfig").write_text("[safe]\n\tbareRepository = explicit\n")
    with monkeypatch.context() as patched:
        patched.setenv("GIT_CONFIG_GLOBAL", str(tmp_path / "gitconfig"))
        done = run(site, "--yes")
    assert done.returncode == 0, done.stderr
    assert "mission/index.html" in deployed(bare)


@pytest.mark.parametrize("name", ["GIT_ASKPASS", "GIT_SSL_CAINFO", "GIT_CONFIG_GLOBAL", "GIT_SSH_COMMAND"])
def test_variables_for_access_are_kept(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(name, "x")
    assert git_access.environment(None)[name] == "x"


# -- refusals -------------------------------------------------------------------------------


def _hook(bare: Path, *lines: str) -> None:
    said = "".join(f'echo "{line}" >&2\n' for line in lines)
    hook = bare / "hooks/pre-receive"
    hook.write_text(f"#!/bin/sh\n{said}exit 1\n")
    hook.chmod(0o755)


def test_refusals_are_told_apart(site: Site, bare: Path) -> None:
    assert run(site, "--yes").returncode == 0
    site.page("vision")
    git(bare, "config", "receive.denyNonFastForwards", "true")
    told = [run(site, "--yes").stderr]
    assert "keeps the history of its branches" in told[-1]
    git(bare, "config", "--unset", "receive.denyNonFastForwards")
    _hook(bare, "No pictures over 9 MB.")
    told.append(run(site, "--yes").stderr)
    assert "(a hook) refused the site. It says: No pictures over 9 MB." in told[-1]
    _hook(bare, "error: GH006: Protected branch update failed for refs/heads/gh-pages.")
    told.append(run(site, "--yes").stderr)
    assert "The branch is protected" in told[-1]
    assert not any("another computer" in said for said in told)


@pytest.mark.skipif(not hasattr(os, "getuid") or os.getuid() != 0, reason="only root can give files away")
def test_a_repository_of_another_user_is_named(
    site: Site, bare: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(tmp_path / "none"))
    monkeypatch.delenv("SUDO_UID", raising=False)
    for path in (site.root, site.root / ".git"):
        os.chown(path, 12345, 12345)
    done = run(site, "--yes")
    assert done.returncode == 1
    assert f"git config --global --add safe.directory {site.root}" in done.stderr


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("! [rejected] x -> gh-pages (stale info)", "from another computer"),
        (
            "remote: error: cannot lock ref 'refs/heads/b': is at 1 but expected 2\n! [remote rejected]",
            "from another computer",
        ),
        (
            "remote: error: cannot lock ref 'b': Unable to create '/x/b.lock': File exists.\n! [remote",
            "Another program is writing",
        ),
        (
            "remote: error: cannot lock ref 'b': Unable to create '/x/b.lock': Permission denied\n!",
            "can't be written",
        ),
        (
            "! [remote rejected] a -> b (cannot lock ref 'b': 'b/x' exists; cannot create 'b')",
            "a branch with a similar name",
        ),
        ("error: remote unpack failed: unable to create temporary object directory", "can't be written"),
        ("Host key verification failed.\nfatal: Could not read from remote repository.", "the remote's key"),
        ("ERROR: Permission to a/b.git denied to deploy key\nfatal: Could not read", "but not write"),
        ("! [remote rejected] a -> b (protected branch hook declined)", "The branch is protected"),
        ("remote: GitLab: You are not allowed to force push code to a protected branch", "is protected"),
        ("! [remote rejected] a -> b (pre-receive hook declined)", "(a hook) refused"),
        ("! [remote rejected] a -> b (non-fast-forward)", "keeps the history"),
        ("fatal: unable to access 'https://x/': The requested URL returned error: 403", "refused access"),
        ("remote: Repository not found.\nfatal: repository 'https://x/' not found", "can't be found"),
        ("fatal: something else\n", "git reports: something else"),
        ("remote: \x1b[31mNo\x1b[0m\n! [remote rejected] a -> b (hook declined)", "(a hook) refused"),
    ],
)
def test_each_refusal_has_its_own_words(said: str, words: str) -> None:
    told = git_access.explained(said)
    assert words in told
    assert "\x1b" not in told


def test_no_message_has_the_password_of_an_address(site: Site, bare: Path) -> None:
    for host in ("a", "b"):
        git(
            site.root, "remote", "set-url", "--add", "--push", "origin", f"https://me:secret@{host}.example/x"
        )
    done = run(site, "--yes")
    assert "https://a.example/x, https://b.example/x" in done.stderr
    assert "secret" not in done.stderr
