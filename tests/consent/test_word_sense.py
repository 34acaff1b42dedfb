"""Word senses: whether a hidden word in a text is the name or an ordinary word."""

import pytest

from sitegen.consent.mentions import surname_in, surname_in_address
from sitegen.consent.names import understand


def fate(name: str, text: str, shown_as: str = "") -> str:
    """Return the result for a text: hold, suggest or nothing."""
    found = surname_in(text, understand(name, shown_as))
    return "nothing" if found is None else "hold" if found.is_certain else "suggest"


@pytest.mark.parametrize(
    ("name", "text"),
    [
        *(
            ("Maya Lopez", text)
            for text in ("L\u043epez", "L o p e z", "Lo-pez", "Łopez", "@mlopez", "@teamlopez")
        ),
        *(("Maya Lopez", text) for text in ("the Lopezes came", "M. Lopez", "Lopez, Maya", "maya r. lopez")),
        *(("Maya Young", text) for text in ("my last name is young", "Young’s robots", "the Young family")),
        *(
            ("Maya Young", text)
            for text in ("says Young", "Ms. Young helped", "i'm maya young", "#mayayoung")
        ),
        *(("Maya Li", text) for text in ("Maya Li won", "maya li", "Ms. Li said", "Li, Maya")),
        *(("Maya O'Neill", text) for text in ("O Neill", "O’Neill", "Oneill", "o'neill")),
        *(("Ada Yılmaz", text) for text in ("Yilmaz", "YILMAZ")),
        ("Ada McDonald", "Mc Donald"),
        ("Lena Müller", "Mueller"),
        ("Søren Ørsted", "Orsted"),
        ("Мария Иванова", "Марии Ивановой"),
        ("محمد الأحمد", "والأحمد"),
        *(
            ("Priya Das", text)
            for text in ("I am Priya Das", "priya das", "Das, Priya", "Ms. Das", "#PriyaDas")
        ),
        *(("Bo Le", text) for text in ("Bo Le won", "bo le", "Le, Bo", "#BoLe", "@bole")),
        *(("Ana Pastor", text) for text in ("Ana Pastor won", "Pastor, Ana")),
        *(("Ana de la Cruz", text) for text in ("delacruz", "@delacruz", "DelaCruz")),
        *(("Maya Lopez Ito", text) for text in ("@lopezito", "LopezIto")),
        *(
            ("Maya Lopez", text)
            for text in ("#lopezfamily", "@familylopez", "Lopez'll", "l’Lopez", "L-opez", "(L)opez")
        ),
        *(("Åsa Ångström", text) for text in ("Angstrom", "Aangstroem")),
        *(("ישראל כהן", text) for text in ("וכהן", "לכהן", "הכהן")),
        ("ნინო ბერიძე", "ბერიძის"),
        ("Անի Պետրոսյան", "Պետրոսյանի"),
        ("ሰላም ተስፋዬ", "የተስፋዬ"),
        ("Олег Ли", "Олега Ли"),
        *(
            ("Maya Lopez", text)
            for text in ("my login is mlopez", "lopezm", "MLopez2030", "M_Lopez", "m.lopez")
        ),
        *(
            ("John Smith", text)
            for text in ("Smith John came", "It was Smith John.", "Smith John", "SMITH JOHN")
        ),
    ],
)
def test_a_hidden_word_that_must_be_the_name_is_certain(name: str, text: str) -> None:
    assert fate(name, text) == "hold"


@pytest.mark.parametrize("text", ["김민준이", "김민준", "김 민준", "김 민준은", "김씨", "김씨가"])
def test_hangul_is_compared_in_whole_syllables(text: str) -> None:
    assert fate("김 민준", text, "민준") == "hold"
    assert fate("김 민준", "김치", "민준") == "nothing"


@pytest.mark.parametrize(
    ("name", "text"),
    [
        *(("Maya Young", text) for text in ("young people", "Young Maya built it", "young Maya built it")),
        *(("Maya Young", text) for text in ("the Young Scholars Program", "We met. Young people came")),
        *(("Maya Will", text) for text in ("Maya will build robots", "will you")),
        *(("Maya May", text) for text in ("in May we met", "since May")),
        *(("Maya Stem", text) for text in ("careers in STEM and more", "STEM is for all")),
        *(("Maya Black", text) for text in ("for Black girls", "more Black, Latinx and women")),
        *(("Maya Flores", text) for text in ("unas flores en casa",)),
        ("Maya English", "my English class"),
        ("Hope Young", "I hope young people join"),
        ("Maya Park", "at Fairmount Park today"),
        ("Maya Temple", "Temple University"),
        ("Maya He", "Maya. He said"),
        ("Maya So", "Maya, so happy"),
        ("Maya To", "gave Maya to us"),
        *(("Eva Lu", text) for text in ("we evaluate it", "Evaluate it")),
        *(("Mary Lan", text) for text in ("in Maryland", "marylanders")),
        ("Bo Li", "it is symbolic"),
        ("Ana Ly", "an analysis"),
        *(("Priya Das", text) for text in ("le das un robot", "Priya, das ist gut")),
        *(("Bo Le", text) for text in ("le robot", "bolero", "Bo, le robot")),
        ("Maya Pace", "the #space race"),
        *(("Nia Ames", text) for text in ("her names", "James plays games")),
        ("Sam Parks", "it sparks ideas"),
        *(("Maya King", text) for text in ("King Maya ruled the board game",)),
        *(("Ben Wise", text) for text in ("Wise Ben saw it",)),
    ],
)
def test_an_ordinary_word_is_a_guess_at_most(name: str, text: str) -> None:
    assert fate(name, text) != "hold"


@pytest.mark.parametrize("text", ["我是王小明", "王小明", "王同学", "小明王"])
def test_the_family_name_in_an_unspaced_name_is_hidden(text: str) -> None:
    assert fate("王小明", text, "小明") == "hold"
    assert fate("王小明", "国王来了。小明来了。", "小明") == "nothing"


@pytest.mark.parametrize(
    "address", ["l-o-p-e-z", "https://e.org/l.o.p.e.z", "https://xn--lpez-qqa.org", "https://e.org/delopez"]
)
def test_an_address_says_the_name_as_browsers_show_it(address: str) -> None:
    assert surname_in_address(address, understand("Maya Lopez")) or "de" in address
