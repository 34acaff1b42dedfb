"""Column mapping: guessed for known forms, kept in a file, confirmed at a terminal."""

import pytest

from sitegen.authoring import column_mapping, csv_reader
from tests.support.forms import GOOGLE, MAYA, stories, table, take
from tests.support.site import Site, tree
from tests.support.terminal import Terminal, run

FORMS = {
    "Google": (
        *("Timestamp", "Email Address", "First Name", "Last Name", "Current grade", "School"),
        *("Share a quote for your card", "Tell us more about your journey", "Upload a headshot"),
        "Do you consent to us using your photo?",
    ),
    "Microsoft": (
        *("ID", "Start time", "Completion time", "Email", "Name", "Your full name", "What is your major?"),
        *("Which college do you attend?", "What inspires you to study STEM?", "Please upload a photo"),
    ),
    "Airtable": (
        "Name",
        "Quote",
        "Story",
        "Field of study",
        "Photo",
        "Photo description",
        "Created",
        "Topics",
    ),
}


GUESSED = {
    "Google": {
        "first_name": 2,
        "last_name": 3,
        "year": 4,
        "school": 5,
        "quote": 6,
        "story": 7,
        "photo": 8,
        "date": 0,
        "photo_permission": 9,
    },
    "Microsoft": {"name": 5, "field": 6, "school": 7, "quote": 8, "photo": 9, "date": 2},
    "Airtable": {"name": 0, "quote": 1, "story": 2, "field": 3, "photo": 4, "alt": 5, "date": 6, "topics": 7},
}


@pytest.mark.parametrize("form", FORMS)
def test_the_columns_of_the_usual_forms_are_guessed(form: str) -> None:
    assert column_mapping.guess(csv_reader.Table(FORMS[form], ())) == GUESSED[form]


PRIVATE = (
    *("What is your race?", "Race/Ethnicity", "How do you describe your gender?", "Preferred pronouns"),
    *("Religion", "Do you have any health conditions?", "Please list any allergies", "Disability status"),
    *("Date of Birth", "DateOfBirth", "DOB", "How old are you?", "Home Address", "Where do you live?"),
    *("Which part of town do you live in?", "Emergency Contact Name", "Emergency contact: full name"),
    *("Household income", "Annual family income", "Free or reduced lunch?", "Parent/Guardian Name"),
    *("Mother's name", "Your parent's story", "Country of origin", "Describe your family background"),
    *("¿Cuál es tu raza?", "Etnia", "Género", "Religión", "Alergias", "Discapacidad", "Fecha de nacimiento"),
    *("Dirección", "¿Dónde vives?", "Contacto de emergencia", "Ingresos familiares", "Nombre de la madre"),
    *("Nombre del padre, madre o tutor", "Estado de salud", "¿En qué ciudad vives?"),
)


@pytest.mark.parametrize("heading", PRIVATE)
def test_private_answers_are_never_read_or_written(site: Site, heading: str) -> None:
    done = take(site, table((*GOOGLE, heading), (*MAYA, "zebra-42")))
    assert done.returncode == 0, done.stderr
    assert "(private, never used)" in done.stdout
    written = "".join(file.read_text() for file in (site.root / "content").rglob("*.md"))
    assert "zebra-42" not in written + done.stdout + done.stderr


@pytest.mark.parametrize("heading", ["What is your race?", "Parent/Guardian Name"])
def test_a_private_column_is_refused_in_the_mapping_file_too(site: Site, heading: str) -> None:
    site.write("content/import.yaml", f"name: What is your full name?\nquote: {heading}\n")
    done = take(site, table((*GOOGLE, heading), (*MAYA, "zebra-42")))
    assert done.returncode == 2
    assert f'the answers to "{heading}" are private' in done.stderr
    assert not (site.root / "content/stories").exists()


NAMES = [
    ("First Name", "Last Name"),
    ("Forename", "Surname"),
    ("Given names", "Family name"),
    ("First", "Last"),
    ("Name", "Surname"),
    ("Nombre", "Apellido"),
    ("Nombre(s)", "Apellidos"),
    ("Prénom", "Nom de famille"),
    ("Vorname", "Nachname"),
]


@pytest.mark.parametrize("headings", NAMES, ids=" ".join)
def test_first_and_last_names_in_two_columns_are_joined(site: Site, headings: tuple[str, str]) -> None:
    take(site, table((*headings, "Quote"), ("Maya", "Lopez", "I build.")))
    assert [story.values["name"] for story in stories(site).values()] == ["Maya Lopez"]


def test_a_form_in_spanish_is_understood() -> None:
    headings = (
        *("Marca temporal", "Nombre completo", "Escuela", "Año escolar", "Carrera", "Cuéntanos tu historia"),
        *("Una frase tuya", "Sube una foto", "¿Podemos usar tu foto?", "Fecha de nacimiento"),
    )
    keys = ("date", "name", "school", "year", "field", "story", "quote", "photo", "photo_permission")
    assert column_mapping.guess(csv_reader.Table(headings, ())) == {key: at for at, key in enumerate(keys)}


def test_a_column_without_answers_is_not_used() -> None:
    found = csv_reader.read(
        table(("Name", "Student name here", "Quote"), ("anonymous", "Maya", "x")).encode()
    )
    assert isinstance(found, csv_reader.Table)
    assert column_mapping.guess(found)["name"] == 1


def test_a_guess_is_saved_for_correction_and_used_the_next_time(site: Site) -> None:
    take(site, table(GOOGLE, MAYA))
    mapping = (site.root / "content/import.yaml").read_text()
    assert "name: What is your full name?" in mapping
    found = csv_reader.read(table(GOOGLE, MAYA).encode())
    assert isinstance(found, csv_reader.Table)
    assert column_mapping.read(mapping.encode(), found) == column_mapping.guess(found)


def test_the_mapping_file_overrides_every_guess(site: Site) -> None:
    site.write("content/import.yaml", 'name: Timestamp\nquote: "your  STORY"\n')
    done = run(
        site, "import", str(site.write("r.csv", table(GOOGLE, ("Ana Reed", "x", "y", "z"))).root / "r.csv")
    )
    assert done.returncode == 0, done.stderr
    assert stories(site)["ana-reed"].values["quote"] == "z"


def test_a_mistake_in_the_mapping_file_is_reported_with_its_place(site: Site) -> None:
    site.write("content/import.yaml", "nam: Timestamp\nquote: Your storey\nstory: [a]\n")
    done = take(site, table(GOOGLE, MAYA))
    assert done.returncode == 2
    assert done.stderr.splitlines()[:3] == [
        'content/import.yaml:1:6: the key "nam" is not known. Did you mean "name"?',
        'content/import.yaml:2:8: there is no column "Your storey" in this table. Did you mean "Your story"?',
        "content/import.yaml:3:8: story takes the name of one column. "
        "Write the heading of the column after the colon.",
    ]
    assert not (site.root / "content/stories").exists()


def test_without_confirmation_of_the_guess_nothing_is_written(site: Site) -> None:
    site.write("responses.csv", table(GOOGLE, MAYA))
    done = run(site, "import", str(site.root / "responses.csv"))
    assert done.returncode == 2
    assert "run this again with --yes if the columns are right" in done.stderr
    assert sorted(path.name for path in (site.root / "content").iterdir()) == ["site.yaml"]


def test_a_table_without_a_name_column_is_reported_with_the_fix(site: Site) -> None:
    done = take(site, table(("A", "B"), ("1", "2")))
    assert done.returncode == 2
    assert "No column has the name." in done.stderr
    assert "# name:  # first and last name" in done.stdout


@pytest.mark.slow
def test_at_a_terminal_the_columns_are_shown_for_confirmation(site: Site) -> None:
    site.write("responses.csv", table(GOOGLE, MAYA))
    words = ("--root", str(site.root), "import", str(site.root / "responses.csv"))
    no = Terminal(*words).expect("What is your full name?").expect("Are these columns right?").answer("n")
    no.expect("No draft was written. Next: correct that file, then import again.")
    assert no.exit_code() == 0
    assert list(stories(site)) == []
    site.change("content/import.yaml", "story: Your story", "# story:")
    corrected = Terminal(*words).expect("Next: read each draft, record consent in it, then sitegen check")
    assert corrected.exit_code() == 0
    assert stories(site)["maya-lopez"].body == ""


@pytest.mark.slow
def test_ctrl_c_at_the_question_keeps_nothing(site: Site) -> None:
    before = tree(site.write("responses.csv", table(GOOGLE, MAYA)).root)
    asked = Terminal("--root", str(site.root), "import", str(site.root / "responses.csv"))
    asked.expect("Are these columns right?").interrupt().expect("Stopped. Nothing was done.")
    assert asked.exit_code() == 130
    assert tree(site.root) == before


@pytest.mark.slow
def test_confirming_the_columns_writes_the_drafts(site: Site) -> None:
    site.write("responses.csv", table(GOOGLE, MAYA))
    yes = Terminal("--root", str(site.root), "import", str(site.root / "responses.csv"))
    yes.expect("Are these columns right?").answer("y").expect("Next: read each draft")
    assert yes.exit_code() == 0
    assert list(stories(site)) == ["maya-lopez"]


def test_a_dry_run_shows_a_table_and_writes_nothing(site: Site) -> None:
    site.write("responses.csv", table(GOOGLE, MAYA, ("", "", "No name.", "")))
    before = tree(site.root)
    done = run(site, "import", str(site.root / "responses.csv"), "--dry-run")
    assert done.returncode == 3
    assert "stories/maya-lopez.md" in done.stdout
    assert "the name is missing" in done.stdout
    assert tree(site.root) == before
