"""Names: the public part, the hidden part, and when `shown_as` is needed."""

import pytest

from sitegen.consent.names import plain_letters, understand
from tests.support.site import Site

FIRST_NAME_ONLY = {"covers": "[website, school]"}


@pytest.mark.parametrize(
    ("name", "shown", "hidden"),
    [
        ("Maya Lopez", "Maya", ("lopez",)),
        ("Maya Lopez Jr.", "Maya", ("lopez",)),
        ("Maya Lopez, Jr.", "Maya", ("lopez",)),
        ('Maya "Mimi" Lopez', "Maya", ("lopez",)),
        ("Maya (Mimi) Lopez", "Maya", ("lopez",)),
        ("Maya Rose Lopez", "Maya", ("rose", "lopez")),
        ("Mariah Wright-Moses", "Mariah", ("wrightmoses", "wright", "moses")),
        ("Ana de la Cruz", "Ana", ("cruz", "delacruz")),
        ("Vincent van Gogh", "Vincent", ("gogh", "vangogh")),
        ("Shaun O'Neill", "Shaun", ("oneill",)),
        ("Tim McDonald", "Tim", ("mcdonald",)),
        ("DeShawn Jackson", "DeShawn", ("jackson",)),
        ("Jean-Luc Picard", "Jean-Luc", ("picard",)),
        ("Zoë Núñez", "Zoë", ("nunez",)),
        ("Мария Иванова", "Мария", (plain_letters("иванова"),)),
        ("Ελένη Παπαδοπούλου", "Ελένη", (plain_letters("παπαδοπουλου"),)),
        ("محمد علي", "محمد", ("علي",)),
        ("ישראל כהן", "ישראל", ("כהן",)),
        ("Maya Lopez 🚀", "Maya", ("lopez",)),
        ("Priya Das", "Priya", ("das",)),
        ("Bo Le", "Bo", ("le",)),
        ("Ana Pastor", "Ana", ("pastor",)),
        ("Kåre Ås", "Kåre", ("as", "aas")),
    ],
)
def test_the_first_name_is_shown_and_the_rest_is_hidden(
    name: str, shown: str, hidden: tuple[str, ...]
) -> None:
    found = understand(name)
    assert (found.shown, found.hidden, found.doubt) == (shown, hidden, "")


@pytest.mark.parametrize(
    ("name", "suggestion"),
    [
        ("Lopez, Maya", "Maya"),
        ("LOPEZ, MAYA ROSE", "MAYA"),
        ("maya lopez", "Maya"),
        ("Maya lopez", "Maya"),
        ("Maya.Lopez", "Maya"),
        ("Maya_Lopez", "Maya"),
        ("MayaLopez", "Maya"),
        ("maya-lopez", "Maya"),
        ("Zoë", "Zoë"),
        ("Maya &", "Maya"),
        ("Dr. Maya Lopez", "Maya"),
        ("Ms. Lopez", ""),
        ("Señora Lopez", ""),
        ("Prof. Dr. Maya Lopez", "Maya"),
        ("Captain Maya Lopez", "Maya"),
        ("Lopez, Dr. Maya", "Maya"),
        ("Lopez، Maya", "Maya"),
        ("Lopez、Maya", "Maya"),
        ("Lopez: Maya", ""),
        ("Lopez | Maya", "Maya"),
        ("M. Lopez", ""),
        ("Maya Lopez & Ben Ito", ""),
        ("Maya Lopez and Ben Ito", ""),
        ("Maya/Ben", ""),
        ("小林 花子", "花子"),
        ("王小明", ""),
        ("김 민준", "민준"),
        ("Nguyễn Văn An", "An"),
        ("Nguyen Van An", "An"),
        ("Zhang Wei", "Wei"),
    ],
)
def test_an_ambiguous_name_asks_for_the_shown_one(site: Site, name: str, suggestion: str) -> None:
    assert understand(name).suggestion == suggestion
    site.story("one", name=f'"{name}"', consent=FIRST_NAME_ONLY).build()
    assert list(site.report.held_back) == ["content/stories/one.md"]
    assert [problem.code for problem in site.report.problems] == ["shown-as-needed"]
    site.story("one", name=f'"{name}"').build()
    assert list(site.report.held_back) == []


@pytest.mark.parametrize(
    ("name", "shown_as", "hidden"),
    [
        ("Lopez, Maya", "Maya", "Lopez"),
        ("MayaLopez", "Maya", "Lopez"),
        ("Maya_Lopez", "Maya", "Lopez"),
        ("小林 花子", "花子", "小林"),
        ("王小明", "小明", "王小明"),
        ("김 민준", "민준", "김"),
        ("Nguyễn Văn An", "An", "Nguyễn"),
        ("Dr. Maya Lopez", "Maya", "Lopez"),
        ("Maya Lopez and Ben Ito", "Maya and Ben", "Ito"),
        ("Zoë", "Zoë", "Lopez"),
        ("Dr. Maya", "Maya", "Dr."),
        ("Priya Das", "Priya", "Das"),
        ("Das, Priya", "Priya", "Das"),
    ],
)
def test_the_shown_name_is_all_that_is_public_of_a_name(
    site: Site, name: str, shown_as: str, hidden: str
) -> None:
    site.story("one", name=f'"{name}"', shown_as=shown_as, consent=FIRST_NAME_ONLY).build()
    assert site.messages == []
    page = site.read("stories/one/index.html")
    assert f"{shown_as}</bdi>" in page
    assert hidden not in page


@pytest.mark.parametrize(
    "shown_as",
    ["Maya Lopez", "Lopez, Maya", "M. Lopez", "M Lopez", "mayalopez", "MayaLopez", "LopezMaya", "Maya López"],
)
def test_the_shown_name_may_not_be_the_whole_name(site: Site, shown_as: str) -> None:
    site.story("one", shown_as=shown_as, consent=FIRST_NAME_ONLY).build()
    assert [problem.code for problem in site.report.problems] == ["shown-as-full-name"]


@pytest.mark.parametrize(
    ("name", "shown_as"),
    [
        *(("Maya Lopez", "Maya L."), ("Maya Rosa Lopez", "Rosa"), ("Maria José Lopez", "Maria José")),
        *(("Smith John", "John"), ("Ana Li", "Analia"), ("J. R. Lopez", "J. R."), ("Maya Lopez", "M. L.")),
    ],
)
def test_people_choose_which_part_of_a_name_is_shown(site: Site, name: str, shown_as: str) -> None:
    site.story("one", name=name, shown_as=shown_as, consent=FIRST_NAME_ONLY).build()
    assert site.messages == []
