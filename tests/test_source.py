"""Source of the program: small functions and modules, and plain docstrings."""

import ast
import re
from pathlib import Path
from statistics import median

import pytest

ROOT = Path(__file__).parents[1] / "sitegen"
MODULES = {file.relative_to(ROOT).as_posix(): file.read_text(encoding="utf-8") for file in ROOT.rglob("*.py")}

LONGEST_MODULE = 380
LONGEST_FUNCTION = 40
MEDIAN_FUNCTION = 8

SUMMARY = re.compile(r"[A-Z][^:]{1,30}: .+")
"""The field's word for what the module is, then what it does."""


def test_functions_are_short() -> None:
    sizes = {
        f"{name}:{node.lineno} {node.name}": (node.end_lineno or node.lineno) - node.lineno + 1
        for name, text in MODULES.items()
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    }
    assert {name: lines for name, lines in sizes.items() if lines > LONGEST_FUNCTION} == {}
    assert median(sizes.values()) <= MEDIAN_FUNCTION


def test_modules_are_short() -> None:
    sizes = {name: len(text.splitlines()) for name, text in MODULES.items()}
    assert {name: lines for name, lines in sizes.items() if lines > LONGEST_MODULE} == {}


@pytest.mark.parametrize(
    "name", [name for name in MODULES if not name.endswith(("__init__.py", "__main__.py"))]
)
def test_a_module_begins_with_what_it_is(name: str) -> None:
    summary, *_ = (ast.get_docstring(ast.parse(MODULES[name])) or "").splitlines()
    assert SUMMARY.fullmatch(summary)
    assert len(summary) <= 80


@pytest.mark.parametrize("name", [name for name in MODULES if name.endswith("__init__.py")])
def test_a_package_has_only_a_sentence_about_its_job(name: str) -> None:
    tree = ast.parse(MODULES[name])
    assert ast.get_docstring(tree)
    assert len(tree.body) == 1 or name == "__init__.py"
