"""Supply chain: workflows, locks and installs name exactly what they run, and its hash."""

import json
import re
import subprocess
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from sitegen.devserver import admin

ROOT = Path(__file__).parents[1]
WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.y*ml"))
LOCKS = sorted((ROOT / "requirements").glob("*.txt"))
NPM_LOCKS = sorted((ROOT / "tools" / "node").glob("*/package-lock.json"))
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))

PINNED = re.compile(r"[\w.-]+/[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+")
ENTRY = re.compile(
    r"(?P<name>[\w.-]+)==(?P<version>\S+?)(?: ; [^\\]+)? \\(?P<hashes>(?:\n    --hash=\S+(?: \\)?)+)"
)
HASH = re.compile(r"--hash=sha256:[0-9a-f]{64}")


def load(workflow: Path) -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load(workflow.read_text(encoding="utf-8"))
    return found


def steps(workflow: Path) -> list[dict[str, Any]]:
    return [step for job in load(workflow)["jobs"].values() for step in job["steps"]]


def locked(name: str) -> dict[str, str]:
    """Return the locked version of each package by its normalized name."""
    text = (ROOT / "requirements" / name).read_text(encoding="utf-8")
    return {canonicalize_name(found["name"]): found["version"] for found in ENTRY.finditer(text)}


def declared(lock: str) -> list[str]:
    """Return the requirements of pyproject.toml that a lock must hold."""
    groups, project = PROJECT["dependency-groups"], PROJECT["project"]
    runtime = [*project["dependencies"], *groups["build"], *PROJECT["build-system"]["requires"]]
    match lock:
        case "tools.txt":
            return [*groups["tools"]]
        case "dev.txt":
            return [*runtime, *project["optional-dependencies"]["dev"]]
    return runtime


def planned(*targets: str) -> list[str]:
    """Return the commands with which make would build targets on a fresh machine."""
    command = ["make", "--always-make", "--dry-run", "--no-print-directory", *targets]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    return done.stdout.replace("\\\n", " ").splitlines()


# -- workflows ------------------------------------------------------------------------------


@pytest.mark.parametrize("workflow", WORKFLOWS, ids=lambda path: path.name)
def test_every_action_is_pinned_by_commit_and_says_its_version(workflow: Path) -> None:
    used = re.findall(r"uses: *(.+)", workflow.read_text(encoding="utf-8"))
    assert len(used) == sum("uses" in step for step in steps(workflow))
    assert [each for each in used if not PINNED.fullmatch(each)] == []


def test_one_version_of_each_action_is_used() -> None:
    text = "".join(workflow.read_text(encoding="utf-8") for workflow in WORKFLOWS)
    used = set(re.findall(r"uses: *([\w.-]+/[\w.-]+)@(.+)", text))
    assert len({action for action, _ in used}) == len(used)


@pytest.mark.parametrize("workflow", WORKFLOWS, ids=lambda path: path.name)
def test_only_the_job_that_deploys_may_write(workflow: Path) -> None:
    found = load(workflow)
    granted = {name: job["permissions"] for name, job in found["jobs"].items() if "permissions" in job}
    assert found["permissions"] == {"contents": "read"}
    expected = {"deploy": {"pages": "write", "id-token": "write"}} if workflow.name == "deploy.yml" else {}
    assert granted == expected


def test_the_job_that_deploys_runs_nothing_but_the_deployment() -> None:
    deploy = load(ROOT / ".github/workflows/deploy.yml")["jobs"]["deploy"]
    assert deploy["needs"] == "build"
    assert [step["uses"].partition("@")[0] for step in deploy["steps"]] == ["actions/deploy-pages"]


@pytest.mark.parametrize("workflow", WORKFLOWS, ids=lambda path: path.name)
def test_no_checkout_leaves_a_token_behind(workflow: Path) -> None:
    checkouts = [step for step in steps(workflow) if step.get("uses", "").startswith("actions/checkout@")]
    assert [step for step in checkouts if step.get("with", {}).get("persist-credentials") is not False] == []


@pytest.mark.parametrize("workflow", WORKFLOWS, ids=lambda path: path.name)
def test_workflows_install_by_make_only(workflow: Path) -> None:
    commands = "\n".join(step.get("run", "") for step in steps(workflow))
    assert re.findall(r"\b(?:pip|pipx|uvx?|npm|npx|apt-get|curl)\b", commands) == []
    assert "make newest" not in commands or workflow.name == "weekly.yml"


def test_the_job_with_newest_releases_blocks_nothing() -> None:
    # `on` is a boolean in YAML 1.1
    triggers: dict[Any, Any] = dict(load(ROOT / ".github/workflows/weekly.yml"))
    assert set(triggers[True]) == {"schedule", "workflow_dispatch"}


def test_advisories_about_every_locked_package_are_looked_up_every_week() -> None:
    steps_of = {
        name: job["steps"] for name, job in load(ROOT / ".github/workflows/weekly.yml")["jobs"].items()
    }
    assert any(step.get("run", "").startswith("make advisories") for step in steps_of["advisories"])
    audited = re.findall(r"--requirement requirements/(\S+)", "\n".join(planned("advisories")))
    # every package of runtime.txt is in dev.txt
    assert {"dev.txt", "tools.txt"} <= set(audited)


def test_dependabot_watches_every_lock() -> None:
    updates = load(ROOT / ".github/dependabot.yml")["updates"]
    watched = {
        (update["package-ecosystem"], folder)
        for update in updates
        for folder in update.get("directories", [update.get("directory")])
    }
    npm = {("npm", f"/{lock.parent.relative_to(ROOT).as_posix()}") for lock in NPM_LOCKS}
    assert watched == {("github-actions", "/"), ("pip", "/requirements"), *npm}


# -- locks of Python ------------------------------------------------------------------------


@pytest.mark.parametrize("lock", LOCKS, ids=lambda path: path.name)
def test_every_package_has_a_hash_and_nothing_else_is_recorded(lock: Path) -> None:
    text = lock.read_text(encoding="utf-8")
    rest = ENTRY.sub("", text)
    assert [line for line in rest.splitlines() if line.strip() and not line.lstrip().startswith("#")] == []
    assert len(HASH.findall(text)) == text.count("--hash=")
    assert "://" not in text


@pytest.mark.parametrize("lock", [lock.name for lock in LOCKS])
def test_every_dependency_is_locked_at_a_version_that_it_allows(lock: str) -> None:
    versions = locked(lock)
    asked = [Requirement(each) for each in declared(lock)]
    assert [str(each) for each in asked if canonicalize_name(each.name) not in versions] == []
    assert [str(each) for each in asked if versions[canonicalize_name(each.name)] not in each.specifier] == []


def test_no_dependency_of_the_program_has_an_upper_bound() -> None:
    asked = [Requirement(each) for each in PROJECT["project"]["dependencies"]]
    assert [str(each) for each in asked if {bound.operator for bound in each.specifier} != {">="}] == []


def test_make_update_renews_every_lock_without_addresses() -> None:
    written = [line for line in planned("update") if "pip compile" in line or "npm update" in line]
    outputs = {name for line in written for name in re.findall(r"--output-file requirements/(\S+)", line)}
    assert outputs == {lock.name for lock in LOCKS}
    python = [line for line in written if "pip compile" in line]
    assert all("--generate-hashes" in line and "--no-emit-index-url" in line for line in python)
    (npm,) = [line for line in written if "npm update" in line]
    assert "--omit-lockfile-registry-resolved" in npm
    assert [lock.parent.name for lock in NPM_LOCKS if lock.parent.name not in npm] == []


def test_tests_run_on_the_releases_that_are_deployed() -> None:
    runtime, dev = locked("runtime.txt"), locked("dev.txt")
    assert {name: dev.get(name) for name in runtime} == runtime


# -- locks of npm ---------------------------------------------------------------------------


@pytest.mark.parametrize("lock", NPM_LOCKS, ids=lambda path: path.parent.name)
def test_every_npm_package_has_a_hash_and_no_address(lock: Path) -> None:
    packages = json.loads(lock.read_text(encoding="utf-8"))["packages"]
    asked = json.loads(lock.with_name("package.json").read_text(encoding="utf-8"))["dependencies"]
    assert packages.pop("")["dependencies"] == asked
    assert [
        name for name, found in packages.items() if not found.get("integrity", "").startswith("sha512-")
    ] == []
    assert [
        name for name, found in packages.items() if "resolved" in found or "://" in found["version"]
    ] == []


def test_the_forms_for_editors_have_the_versions_that_the_program_names() -> None:
    asked = json.loads((ROOT / "tools/node/admin/package.json").read_text(encoding="utf-8"))["dependencies"]
    assert asked == admin.PACKAGES


# -- make -----------------------------------------------------------------------------------


def test_make_installs_python_packages_from_the_locks_only() -> None:
    installs = [
        line for line in planned("site", "test", "advisories") if re.search(r"pip install|\buv\b", line)
    ]
    from_lock = {name for line in installs for name in re.findall(r"--requirement (\S+)", line)}
    assert from_lock == {f"requirements/{lock.name}" for lock in LOCKS}
    assert [
        line
        for line in installs
        if not re.search(
            r"--require-hashes --only-binary :all: |--no-deps --no-build-isolation --editable \.$", line
        )
    ] == []


def test_make_installs_npm_packages_from_the_locks_only() -> None:
    installs = [line for line in planned("audit") if re.match(r"npm\b|npx\b", line)]
    assert len(installs) == len(NPM_LOCKS)
    assert [line for line in installs if not re.match(r"npm ci .*--ignore-scripts\b", line)] == []
