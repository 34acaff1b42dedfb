"""Problem list: every code is used, explained, and shown by an example or a test."""

import re
from pathlib import Path

import pytest

from sitegen.core.problem_codes import Code
from tools import write_problem_list

ROOT = Path(__file__).parents[2]
SOURCES = "\n".join(
    file.read_text("utf-8")
    for file in sorted((ROOT / "sitegen").rglob("*.py"))
    if file.name != "problem_codes.py"
)


def test_the_document_is_up_to_date() -> None:
    written = write_problem_list.DOCUMENT.read_text("utf-8")
    assert written == write_problem_list.document(), "run: python -m tools.write_problem_list"


def test_every_code_is_explained_once_in_the_order_of_the_source() -> None:
    explained = [code for codes in write_problem_list.texts().values() for code in codes]
    assert explained == [code.value for code in Code]


@pytest.mark.parametrize("code", Code, ids=str)
def test_every_code_is_used(code: Code) -> None:
    assert re.search(rf"\bCode\.{code.name}\b", SOURCES)


def test_every_broken_site_has_known_codes() -> None:
    assert set(write_problem_list.examples()) <= {code.value for code in Code}


@pytest.mark.parametrize("code", Code, ids=str)
def test_meaning_and_fix_are_short_sentences(code: Code) -> None:
    said = next(codes[code] for codes in write_problem_list.texts().values() if code in codes)
    assert all(text.endswith((".", "?")) and len(text) <= 160 for text in said)
