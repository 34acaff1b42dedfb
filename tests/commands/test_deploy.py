"""Deploy: only checked files are published, and no older version stays."""

import hashlib
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from sitegen.commands import deploy
from sitegen.content import settings
from tests.support.site import Site, tree
from tests.support.terminal import Terminal, run_here


def run(site: Site, *words: str) -> subprocess.CompletedProcess[str]:
    """Deploy a site without a terminal."""
    return run_here(site.root, "deploy", "--date", "2026-11-21", *words)


def git(folder: Path, *words: str) -> str:
    """Run git, and return what it prints."""
    name = ["-c", "user.name=x", "-c", "user.email=x@example.org", "-c", "init.defaultBranch=main"]
    done = subprocess.run(
        ["git", *name, *words], cwd=folder, capture_output=True, check=True, encoding="utf-8"
    )
    return done.stdout.strip()


@pytest.fixture
def bare(site: Site, tmp_path: Path) -> Path:
    """A bare repository, the origin of the site's own, which has a story and a page."""
    repository = tmp_path / "bare.git"
    repository.mkdir()
    git(repository, "init", "--bare", "--quiet")
    site.story().page("mission")
    git(site.root, "init", "--quiet")
    git(site.root, "remote", "add", "origin", str(repository))
    return repository


def deployed(repository: Path, branch: str = "gh-pages") -> set[str]:
    return set(git(repository, "ls-tree", "-r", "--name-only", branch).splitlines())


def test_files_that_were_changed_under_an_old_time_are_made_again(site: Site, tmp_path: Path) -> None:
    site.story().build()
    whole, page = site.public, site.out / "stories/maya-lopez/index.html"
    stat = page.stat()
    page.write_bytes(page.read_bytes().swapcase())
    os.utime(page, ns=(stat.st_atime_ns, stat.st_mtime_ns))
    done = run(site, "--yes", "--to", str(tmp_path / "copy"))
    assert done.returncode == 0, done.stderr
    assert "made again" in done.stderr
    assert tree(tmp_path / "copy") == site.public == whole


def test_files_on_the_keep_list_go_to_the_branch_too(site: Site, bare: Path) -> None:
    site.change("content/site.yaml", "cards:", "keep: [reports]\ncards:").build()
    site.write("public/reports/a.pdf", b"%PDF")
    done = run(site, "--yes")
    assert done.returncode == 0, done.stderr
    assert "reports/a.pdf" in deployed(bare)


# -- to a branch ----------------------------------------------------------------------------


def test_the_site_goes_to_the_branch_with_its_domain_and_without_jekyll(site: Site, bare: Path) -> None:
    done = run(site, "--yes")
    assert done.returncode == 0, done.stderr
    assert deployed(bare) == {*site.public, "CNAME"}
    assert ".nojekyll" in deployed(bare)
    assert git(bare, "show", "gh-pages:CNAME") == "example.org"
    assert (
        git(bare, "show", "gh-pages:stories/maya-lopez/index.html")
        == site.read("stories/maya-lopez/index.html").strip()
    )
    assert "   added  /stories/maya-lopez/\n" in done.stdout
    assert done.stderr.splitlines()[-1].startswith("Next: ")


def test_every_file_goes_to_the_branch_byte_for_byte_whatever_this_machine_does_to_ends_of_lines(
    site: Site, bare: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    attributes = tmp_path / "template/info/attributes"
    attributes.parent.mkdir(parents=True)
    attributes.write_text("* text\n")
    (tmp_path / ".gitconfig").write_text(f"[init]\ntemplateDir = {attributes.parent.parent}\n")
    monkeypatch.setenv("HOME", str(tmp_path))
    site.write("assets/-a \"b\" 'ä' 😀 .txt", b"one\r\ntwo\r\n").write('assets/"/\tc', b"")
    assert run(site, "--yes").returncode == 0
    listed = git(bare, "ls-tree", "-r", "-z", "gh-pages").strip("\0").split("\0")
    whole = {**site.public, "CNAME": b"example.org"}
    assert 'assets/"/\tc' in whole
    blobs = {path: hashlib.sha1(b"blob %d\0%b" % (len(data), data)) for path, data in whole.items()}
    assert set(listed) == {f"100644 blob {blob.hexdigest()}\t{path}" for path, blob in blobs.items()}


def test_the_commit_has_no_persons_name(
    site: Site, bare: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / ".gitconfig").write_bytes(b"[user]\nname = Ana M\xfcller\nemail = ana@example.org\n")
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("GIT_COMMITTER_NAME", "Ana")
    assert run(site, "--yes").returncode == 0
    said = git(bare, "show", "--no-patch", "--format=%an %ae, %cn %ce: %B", "gh-pages")
    assert said == "sitegen sitegen@localhost, sitegen sitegen@localhost: Publish the site"


def test_a_name_of_two_lines_puts_nothing_else_on_the_branch(site: Site, bare: Path) -> None:
    done = run(site.write("assets/a\ndata 0\nM 100644 inline b", b""), "--yes")
    assert done.returncode == 1
    assert git(bare, "branch") == ""


def test_a_failed_commit_is_reported_in_plain_words_and_not_deployed(
    site: Site, bare: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "ghp_import.py").write_text(
        'import sys\nprint("fatal: No space left on device", file=sys.stderr)\nsys.stdout.write(b"")'
    )
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    done = run(site, "--yes")
    assert done.returncode == 1
    assert "git reports: No space left on device\n" in done.stderr
    assert git(bare, "branch") == ""


def test_no_older_version_stays_in_the_branch_or_the_sites_repository(site: Site, bare: Path) -> None:
    run(site, "--yes")
    first = git(bare, "rev-parse", "gh-pages")
    site.story(consent={"withdrawn": "2026-11-01"})
    done = run(site, "--yes")
    assert done.returncode == 0, done.stderr
    assert " removed  /stories/maya-lopez/\n" in done.stdout
    assert git(bare, "rev-list", "--count", "gh-pages") == "1"
    git(bare, "reflog", "expire", "--expire=now", "--all")
    git(bare, "gc", "--prune=now", "--quiet")
    with pytest.raises(subprocess.CalledProcessError):
        git(bare, "cat-file", "-e", first)
    assert git(site.root, "count-objects").startswith("0 objects")


def test_a_branch_loses_its_history_even_if_the_site_is_unchanged(
    site: Site, bare: Path, tmp_path: Path
) -> None:
    run(site, "--yes")
    git(tmp_path, "clone", "--quiet", "--branch", "gh-pages", str(bare), "clone")
    git(tmp_path / "clone", "commit", "--quiet", "--allow-empty", "-m", "more")
    git(tmp_path / "clone", "push", "--quiet", "origin", "gh-pages")
    assert git(bare, "rev-list", "--count", "gh-pages") == "2"
    assert run(site, "--yes").returncode == 0
    assert git(bare, "rev-list", "--count", "gh-pages") == "1"


def test_a_second_deploy_has_nothing_to_do(site: Site, bare: Path) -> None:
    run(site, "--yes")
    before = git(bare, "rev-parse", "gh-pages")
    done = run(site, "--yes")
    assert done.returncode == 0
    assert "Nothing to deploy" in done.stderr
    assert git(bare, "rev-parse", "gh-pages") == before


def test_a_mistake_in_the_site_or_in_a_story_blocks_the_deploy(site: Site, bare: Path) -> None:
    run(site, "--yes")
    before = git(bare, "rev-parse", "gh-pages")
    site.story("ben", name=None)
    done = run(site, "--yes")
    assert done.returncode == 3
    assert done.stderr.splitlines()[-1] == "Nothing was deployed."
    site.page("vision", layout="none")
    assert run(site, "--yes").returncode == 1
    assert git(bare, "rev-parse", "gh-pages") == before


def test_held_back_ok_deploys_the_rest_so_that_a_withdrawal_goes_through(site: Site, bare: Path) -> None:
    site.story("ana", name="Ana Reed")
    run(site, "--yes")
    site.story(consent={"withdrawn": "2026-11-01"}).story("ben", name=None)
    assert run(site, "--yes", "--held-back-ok").returncode == 0
    assert not {path for path in deployed(bare) if "maya" in path}


def test_without_a_terminal_deploy_needs_yes(site: Site, bare: Path) -> None:
    done = run(site)
    assert done.returncode == 2
    assert "   added  /mission/\n" in done.stdout
    assert "add --yes to deploy" in done.stderr
    assert git(bare, "branch") == ""


def test_at_a_terminal_the_command_asks(site: Site, bare: Path) -> None:
    words = ("--root", str(site.root), "deploy", "--date", "2026-11-21")
    no = Terminal(*words).expect("added  /mission/").expect("Deploy this to the branch gh-pages").answer("n")
    no.expect("Nothing was deployed.")
    assert no.exit_code() == 0
    assert git(bare, "branch") == ""
    yes = Terminal(*words).expect("Deploy this to").answer("y").expect("Next: open the site")
    assert yes.exit_code() == 0
    assert "mission/index.html" in deployed(bare)


def test_a_branch_that_sitegen_did_not_make_is_not_changed(site: Site, bare: Path, tmp_path: Path) -> None:
    work = tmp_path / "work"
    work.mkdir()
    git(work, "init", "--quiet")
    (work / "thesis.txt").write_text("years of work")
    git(work, "add", ".")
    git(work, "commit", "--quiet", "-m", "Thesis")
    git(work, "push", "--quiet", str(bare), "HEAD:refs/heads/gh-pages")
    done = run(site, "--yes")
    assert done.returncode == 1
    assert "has files that sitegen did not make" in done.stderr
    assert deployed(bare) == {"thesis.txt"}
    assert run(site, "--yes", "--force").returncode == 0
    assert "thesis.txt" not in deployed(bare)


def test_a_concurrent_deploy_is_not_overwritten(site: Site, bare: Path, tmp_path: Path) -> None:
    run(site, "--yes")
    site.page("vision").build()
    (tmp_path / "a").mkdir()
    ready = deploy.commit(site.root, site.out, tmp_path / "a", str(bare), "gh-pages", "", force=False)
    site.page("other")
    run(site, "--yes")
    with pytest.raises(deploy.DeployError, match="deployed from another computer in the meantime"):
        deploy.push(ready)
    assert "other/index.html" in deployed(bare)


def test_a_missing_remote_is_reported_in_plain_words(site: Site, bare: Path) -> None:
    assert 'There is no remote "upstream" here.' in run(site, "--yes", "--remote", "upstream").stderr
    shutil.rmtree(bare)
    done = run(site, "--yes")
    assert done.returncode == 1
    assert "The remote can't be found. Check its address: git remote -v" in done.stderr


def test_a_relative_remote_is_resolved_from_the_current_folder(
    site: Site, bare: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(bare.parent)
    assert run(site, "--remote", f"./{bare.name}", "--yes").returncode == 0
    git(site.root, "remote", "set-url", "origin", os.path.relpath(bare, site.root))
    done = run(site, "--yes")
    assert f"Nothing to deploy: the branch gh-pages of {bare.resolve()} is up to date." in done.stderr


@pytest.mark.parametrize("name", ["a b", "x..y", "", "-x/", "--upload-pack=x y"])
def test_an_invalid_branch_name_is_reported_in_plain_words(site: Site, bare: Path, name: str) -> None:
    done = run(site, f"--branch={name}", "--yes")
    assert done.returncode == 1
    assert f'"{name}" can\'t be the name of a branch. Use letters, digits and hyphens.' in done.stderr
    assert git(bare, "branch") == ""


def test_the_credentials_of_the_sites_repository_are_used(site: Site, bare: Path) -> None:
    git(site.root, "config", f"url.{bare.parent}/.insteadOf", "psec:")
    git(site.root, "config", "http.https://git.example/.extraheader", 'AUTH: "x\\y"')
    done = run(site, "--yes", "--remote", "psec:bare.git")
    assert done.returncode == 0, done.stderr
    assert "mission/index.html" in deployed(bare)


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("https://psec.example", "psec.example"),
        ("https://org.github.io", ""),
        ("https://org.github.io/site", ""),
        ("https://psec.example/site", ""),
        ("http://localhost:8000", ""),
    ],
)
def test_cname_is_written_only_if_the_site_has_a_domain(site: Site, url: str, name: str) -> None:
    chosen, _ = settings.read(site.change("content/site.yaml", "https://example.org", url).root)
    assert chosen
    assert deploy.domain(chosen) == name


def test_a_domain_set_at_the_host_is_kept(site: Site, bare: Path) -> None:
    run(site, "--yes")
    site.change("content/site.yaml", "https://example.org", "https://org.github.io")
    run(site, "--yes")
    assert git(bare, "show", "gh-pages:CNAME") == "example.org"


def test_an_invalid_domain_name_is_not_kept(site: Site, bare: Path, tmp_path: Path) -> None:
    run(site, "--yes")
    git(tmp_path, "clone", "--quiet", "--branch", "gh-pages", str(bare), "clone")
    (tmp_path / "clone/CNAME").write_bytes("example.org\n".encode("utf-16"))
    git(tmp_path / "clone", "commit", "--quiet", "--all", "-m", "CNAME")
    git(tmp_path / "clone", "push", "--quiet", "origin", "gh-pages")
    site.change("content/site.yaml", "https://example.org", "https://org.github.io")
    assert run(site, "--yes").returncode == 0
    assert "CNAME" not in deployed(bare)


def test_a_file_that_changed_after_the_leak_check_is_not_deployed(site: Site) -> None:
    site.page("mission").build()
    (site.out / "mission/index.html").write_text("defaced")
    with pytest.raises(deploy.DeployError, match="was changed after the build"):
        deploy.verified(site.out)


# -- to a folder ----------------------------------------------------------------------------


def test_a_folder_gets_the_site_and_loses_removed_files(site: Site, tmp_path: Path) -> None:
    web = tmp_path / "web/site"
    assert run(site.story().page("mission"), "--to", str(web), "--yes").returncode == 0
    assert tree(web) == site.public
    site.story(consent={"withdrawn": "2026-11-01"})
    done = run(site, "--to", str(web), "--yes")
    assert " removed  /stories/maya-lopez/\n" in done.stdout
    assert tree(web) == site.public
    assert not [path for path in tree(web) if "maya" in path]
    assert [path.name for path in web.parent.iterdir()] == ["site"]


def test_a_folder_with_foreign_files_is_not_changed(site: Site, tmp_path: Path) -> None:
    (tmp_path / "web").mkdir()
    (tmp_path / "web/letter.txt").write_text("Dear Sir")
    done = run(site, "--to", str(tmp_path / "web"), "--yes")
    assert done.returncode == 1
    assert "has files that sitegen did not make: letter.txt." in done.stderr
    assert list(tree(tmp_path / "web")) == ["letter.txt"]


@pytest.mark.parametrize("place", [".", "content", "public", ".."])
def test_a_folder_that_is_more_than_a_website_is_refused(site: Site, place: str) -> None:
    before = tree(site.build().root / "content")
    assert run(site, "--to", str(site.root / place), "--yes").returncode == 1
    assert tree(site.root / "content") == before
