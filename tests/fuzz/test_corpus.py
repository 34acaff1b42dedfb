"""Fuzz corpus: past findings and seeds keep every promise."""

from pathlib import Path

import pytest

from tests.fuzz.seeds import seeds
from tests.fuzz.targets import TARGETS, patience

CORPUS = Path(__file__).parent / "corpus"
FINDS = sorted(file.relative_to(CORPUS).as_posix() for file in CORPUS.glob("*/*"))


@pytest.mark.parametrize("find", FINDS)
def test_past_findings_keep_the_promises(find: str) -> None:
    with patience():
        TARGETS[find.partition("/")[0]]((CORPUS / find).read_bytes())


@pytest.mark.parametrize("name", TARGETS)
def test_the_seeds_keep_the_promises(name: str) -> None:
    for seed in seeds(name):
        with patience():
            TARGETS[name](seed)
