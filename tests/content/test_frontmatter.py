"""Front matter: read strictly, without guesses, with the place of each value."""

from collections.abc import Mapping

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from sitegen.content import frontmatter
from sitegen.content.frontmatter import Document
from sitegen.content.strict_yaml import Place, Value
from sitegen.core.diagnostics import Problem, Where

PATH = "content/mission.md"
BOM = "\ufeff"

# the time of an example depends on other processes on the machine
patient = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


def read(text: str | bytes) -> Document:
    """Read a valid file."""
    document = frontmatter.read(text.encode() if isinstance(text, str) else text, PATH)
    assert isinstance(document, Document), document
    return document


def refuse(text: str | bytes) -> Problem:
    """Return the problem of an invalid file."""
    problem = frontmatter.read(text.encode() if isinstance(text, str) else text, PATH)
    assert isinstance(problem, Problem), problem
    assert problem.where.path == PATH
    return problem


def line_and_column(problem: Problem) -> tuple[int, int]:
    return problem.where.line, problem.where.column


# -- values ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "written",
    [
        *("NO", "no", "yes", "on", "True", "013", "0x1F", "0b1", "1_000", "1e3", ".inf", "12:30"),
        *("2026-02-01", "2026-02-30", "1.10", "+1 215 555 0100", "=", "a#b", "it’s", "“Hi”", "9-5"),
    ],
)
def test_a_scalar_stays_the_text_that_was_written(written: str) -> None:
    assert read(f"---\nyear: {written}\n---\n").values == {"year": written}


@pytest.mark.parametrize("written", ["", "~", "null", "# a note"])
def test_a_key_without_a_value_holds_none(written: str) -> None:
    assert read(f"---\nyear: {written}\n---\n").values == {"year": None}


def test_quotes_keep_empty_texts_and_words_that_are_special_in_yaml() -> None:
    assert read('---\na: ""\nb: \'null\'\nc: "x: y # z"\n---\n').values == {
        "a": "",
        "b": "null",
        "c": "x: y # z",
    }


@pytest.mark.parametrize("key", ["content", "handler", "metadata", "1", "true", "NO", "2026-01-01"])
def test_any_word_can_be_a_key(key: str) -> None:
    assert read(f"---\n{key}: x\n---\nText.").values == {key: "x"}


def test_lists_and_blocks_nest() -> None:
    document = read("---\na:\n  - b: c\n    d: [1, e]\n  - ~\n---\n")
    assert document.values == {"a": [{"b": "c", "d": ["1", "e"]}, None]}


def test_characters_that_no_page_can_show_are_dropped() -> None:
    assert read("---\nquote: I\x07 build\x1b.\n---\nTe\x0cxt.\x7f").values == {"quote": "I build."}
    assert read("---\nquote: x\n---\nTe\x0cxt.\x7f").body == "Text."


def test_front_matter_may_hold_nothing() -> None:
    assert read("---\n---\nText.").values == {}
    assert read("---\n# a note\n---\nText.").values == {}


# -- places ---------------------------------------------------------------------------------

STORY = "---\nname: Ada Park\nconsent:\n  covers: [website, photo]\ntopics:\n- robotics\n---\n\nAda."


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("start", ["", BOM])
@pytest.mark.parametrize("blank", [0, 1, 3])
def test_keys_and_values_keep_their_places(newline: str, start: str, blank: int) -> None:
    document = read(start + (("\n" * blank) + STORY).replace("\n", newline))
    assert document.places == {
        ("name",): Place((blank + 2, 1), (blank + 2, 7)),
        ("consent",): Place((blank + 3, 1), (blank + 4, 3)),
        ("consent", "covers"): Place((blank + 4, 3), (blank + 4, 11)),
        ("consent", "covers", 0): Place((blank + 4, 12), (blank + 4, 12)),
        ("consent", "covers", 1): Place((blank + 4, 21), (blank + 4, 21)),
        ("topics",): Place((blank + 5, 1), (blank + 6, 1)),
        ("topics", 0): Place((blank + 6, 3), (blank + 6, 3)),
    }
    assert (document.body, document.body_line) == ("Ada.", blank + 9)


def test_columns_count_letters_and_not_bytes() -> None:
    assert read("---\nnäme😀: Zoë\n---\n").places["näme😀",] == Place((2, 1), (2, 8))


def test_a_missing_place_is_that_of_the_surrounding_key() -> None:
    document = read(STORY)
    assert document.where(PATH, ("consent", "covers", 1)) == Where(PATH, 4, 21)
    assert document.where(PATH, ("consent", "covers"), on_key=True) == Where(PATH, 4, 3)
    assert document.where(PATH, ("consent", "given")) == Where(PATH, 3, 1)
    assert document.where(PATH, ("consent", "covers", 7)) == Where(PATH, 4, 3)
    assert document.where(PATH, ("quote",)) == Where(PATH, 1, 1)
    assert document.where(PATH, ()) == Where(PATH, 1, 1)


@patient
@given(
    above=st.integers(0, 5),
    keys=st.integers(0, 8),
    notes=st.integers(0, 3),
    below=st.integers(0, 5),
    newline=st.sampled_from(["\n", "\r\n", "\r"]),
    start=st.sampled_from(["", BOM]),
)
def test_the_body_begins_on_its_line(
    above: int, keys: int, notes: int, below: int, newline: str, start: str
) -> None:
    lines = [
        *[""] * above,
        "---",
        *(f"key{number}: value" for number in range(keys)),
        *["# a note"] * notes,
        "--- ",
        *[""] * below,
        "First line.",
        "Second line.",
    ]
    document = read(start + newline.join(lines))
    assert lines[document.body_line - 1] == "First line."
    assert document.body == "First line.\nSecond line."


def test_a_rule_in_the_body_is_not_a_fence() -> None:
    assert read("---\na: b\n---\nOne\n\n---\nc: d\n---\n").body == "One\n\n---\nc: d\n---"


# -- what is refused ------------------------------------------------------------------------


def test_a_duplicate_key_is_reported_with_both_lines() -> None:
    problem = refuse("---\nconsent:\n  withdrawn: 2026-01-01\n\n  withdrawn:\n---\n")
    assert line_and_column(problem) == (5, 3)
    assert problem.code == "duplicate-key"
    assert "line 3" in problem.message


def test_the_same_key_may_be_in_different_blocks() -> None:
    assert read("---\na:\n  x: 1\nb:\n  x: 2\n---\n").values == {"a": {"x": "1"}, "b": {"x": "2"}}


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Ada builds robots.", (1, 1)),
        ("\n\n—\ntitle: x\n---\n", (3, 1)),
        ("---\ntitle: x\n—\nText.", (3, 1)),
        ("---\ntitle: x\n----\nText.", (3, 1)),
        ("---\ntitle: x\n ---\nText.", (3, 1)),
        ("\n---\ntitle: x\nText.", (2, 1)),
    ],
)
def test_a_missing_or_malformed_fence_is_reported_at_its_line(text: str, place: tuple[int, int]) -> None:
    problem = refuse(text)
    assert line_and_column(problem) == place
    assert problem.hint.endswith("---")


@pytest.mark.parametrize(
    ("matter", "place"),
    [
        ("title: one: two", (2, 11)),
        ("title: x\n\tsummary: y", (3, 1)),
        ('title: "x', (2, 8)),
        ("title: 'x", (2, 8)),
        ('summary: x\ntitle: "a \\q"', (3, 11)),
        ("title: [a, b", (2, 8)),
        ("title: {a", (2, 8)),
        ("title", (2, 1)),
        ("title:x", (2, 7)),
        ("- a\n- b", (2, 1)),
        ("just words", (2, 1)),
        ("title: !x", (2, 8)),
        ("[a]: b", (2, 1)),
        ('"": b', (2, 1)),
        ("title: @x", (2, 8)),
        ("title: x\n--- y", (3, 1)),
    ],
)
def test_front_matter_without_keys_and_values_is_reported_at_its_place(
    matter: str, place: tuple[int, int]
) -> None:
    problem = refuse(f"---\n{matter}\n---\nText.")
    assert line_and_column(problem) == place
    assert problem.message
    assert problem.hint


@pytest.mark.parametrize(
    ("matter", "place"),
    [
        ("quote: I am #1 at this", (2, 13)),
        ("quote: #1 fan", (2, 8)),
        ("topics:\n- robots #1", (3, 10)),
        ("consent:\n  form: R-1 #2\n  by: self", (3, 13)),
        ("people:\n  - name: Maya #1 Lopez\n    year: x", (3, 16)),
        ('quote: "I am" #1 at this', (2, 15)),
        ("quote: 'I am' #1", (2, 15)),
        ("quote: I am ##1", (2, 13)),
        ("quote: I am\n  #1 at this\nname: x", (3, 3)),
        ("quote: I am so\n  happy #1\nname: x", (3, 9)),
        ("topics: [robots #1, x]", (2, 17)),
        ("topics: [a, #robots]\nname: x", (2, 13)),
        ("topics: [#robots, a]\nname: x", (2, 10)),
        ("topics:\n- a\n- #robots", (4, 3)),
        ("quote: > #1 at this\n  I am", (2, 10)),
    ],
)
def test_a_text_that_a_comment_would_cut_off_is_refused(matter: str, place: tuple[int, int]) -> None:
    problem = refuse(f"---\n{matter}\n---\n")
    assert (problem.code, line_and_column(problem)) == ("cut-off-by-comment", place)
    assert "quotes" in problem.hint


@pytest.mark.parametrize(
    "value",
    [
        "I am # a note",
        "a#1",
        '"I am #1"',
        "'#1'",
        "[a, b] #list",
        "|\n  I am #1",
        "x\n#draft: true",
        "x\n\n#x",
    ],
)
def test_comments_and_harmless_number_signs_are_allowed(value: str) -> None:
    assert read(f"---\nquote: {value}\n---\n")


@pytest.mark.parametrize(
    ("matter", "place"),
    [
        ("name: x\nform:R-0101\nyear: y", (3, 6)),
        ("consent:\n  form:R-0101\n  given: 2024-10-20", (3, 8)),
        ("consent:\n  given: 2024-10-20\n  form:R-0101", (4, 8)),
        ("consent:\n  form:R-0101\n  by:self", (3, 8)),
        ("consent: {form:R-0101, by: self}", (2, 16)),
        ("people:\n- form:R-0101\n  year: x", (3, 8)),
    ],
)
def test_a_colon_without_a_space_is_named_on_its_own_line(matter: str, place: tuple[int, int]) -> None:
    problem = refuse(f"---\n{matter}\n---\n")
    assert (problem.code, line_and_column(problem)) == ("no-space-after-colon", place)
    assert "form: R-0101" in problem.hint


def test_values_of_a_file_that_cannot_be_read_are_none() -> None:
    assert frontmatter.values_of(STORY.encode()) == read(STORY).values
    assert frontmatter.values_of(b"---\nname: Ada: Park\n---\n") is None


def test_a_text_that_is_repeated_by_reference_is_refused() -> None:
    assert refuse("---\na: &x [b]\nc: *x\n---\n").where.line in (2, 3)
    assert refuse("---\na: &x [*x]\n---\n").where.line == 2


def test_deep_nesting_is_refused() -> None:
    assert line_and_column(refuse("---\na: " + "[" * 12 + "]" * 12 + "\n---\n")) == (2, 15)
    assert refuse("---\na: " + "{b: " * 500 + "}" * 500 + "\n---\n").code == "nested-too-deeply"
    assert read("---\na: " + "[" * 11 + "]" * 11 + "\n---\n")


def test_nesting_that_would_crash_the_process_is_refused() -> None:
    for opening in ("[", "{", "- ", "? ", "[{a: "):
        problem = refuse(f"---\n- {opening * 40_000}\n---\n")
        assert (problem.where.line, problem.code) == (2, "nested-too-deeply")


@pytest.mark.parametrize("first", ["&", "!", "&build", "!build", "!!str", "!<tag>", "&a !b"])
@pytest.mark.parametrize("where", ["quote: {} it", "topics: [{} it]", "topics:\n- {} it"])
def test_words_that_are_special_in_yaml_are_kept(first: str, where: str) -> None:
    assert refuse(f"---\n{where.format(first)}\n---\n").where.line in (2, 3)


def test_no_escape_restores_a_removed_character() -> None:
    text = '---\nquote: "a\\0\\x08\\x1b\\uFFFEb"\n---\n'
    assert read(text).values == {"quote": "ab"}


@pytest.mark.parametrize("odd", ["\x85", "\u2028", "\u2029"])
def test_lines_end_only_where_editors_end_them(odd: str) -> None:
    document = read(f"---\nquote: I build{odd}it.\nyear: x\n---\n")
    assert document.values["quote"] == "I build it."
    assert document.places["year",].key == (3, 1)


def test_a_non_breaking_space_is_a_space() -> None:
    assert read("---\nname:\xa0Ada\nconsent:\n\xa0\xa0by: self\n---\n").values == {
        "name": "Ada",
        "consent": {"by": "self"},
    }


def test_a_file_of_megabytes_is_refused_without_parsing_it() -> None:
    problem = refuse(b"---\na: b\n---\n" + b"x" * 2_000_000)
    assert line_and_column(problem) == (0, 0)
    assert problem.code == "file-too-large"


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_other_encodings_are_refused(encoding: str) -> None:
    hint = refuse(STORY.encode(encoding)).hint
    assert "UTF-8" in hint or ".md" in hint


@pytest.mark.parametrize("encoding", ["latin-1", "cp1252", "mac-roman"])
def test_a_letter_in_another_encoding_is_reported_at_its_line(encoding: str) -> None:
    problem = refuse("---\na: é\n---\n\nZoé, Zo".encode() + "ë".encode(encoding))
    assert line_and_column(problem) == (5, 8)


@pytest.mark.parametrize("text", ["", "\n\n", BOM, " \t\r\n"])
def test_an_empty_file_is_reported_as_a_whole(text: str) -> None:
    assert line_and_column(refuse(text)) == (0, 0)


# -- whole files of YAML --------------------------------------------------------------------


def test_a_whole_file_of_yaml_is_read_as_strictly() -> None:
    document = frontmatter.read_yaml(b"\xef\xbb\xbf# a note\r\nname: NO\r\nlist:\r\n- 013\r\n", PATH)
    assert isinstance(document, Document)
    assert document.values == {"name": "NO", "list": ["013"]}
    assert document.places["list", 0] == Place((4, 3), (4, 3))
    twice = frontmatter.read_yaml(b"name: a\nname: b\n", PATH)
    assert isinstance(twice, Problem)
    assert line_and_column(twice) == (2, 1)


def test_an_empty_file_of_yaml_holds_nothing() -> None:
    for data in (b"", b"\n", b"# a note\n"):
        document = frontmatter.read_yaml(data, PATH)
        assert isinstance(document, Document)
        assert document.values == {}


# -- whatever comes -------------------------------------------------------------------------

YAML_LIKE = st.text(alphabet="\u2028\x85\xa0ab1:-[]{}&*!|>'\"#%@`\\?~,.= \n\t\r—é\x00\x07", max_size=60)


def scalars(value: Value | Mapping[str, Value]) -> list[object]:
    if isinstance(value, Mapping):
        return [scalar for inner in value.values() for scalar in scalars(inner)]
    if isinstance(value, list):
        return [scalar for inner in value for scalar in scalars(inner)]
    return [value]


@patient
@given(st.binary(max_size=400))
@example(b"---\n\xff")
@example(b"---\n%\n---")
@example(b"\xfe\xff---")
def test_no_bytes_can_crash_the_reader(data: bytes) -> None:
    assert isinstance(frontmatter.read(data, PATH), Document | Problem)
    assert isinstance(frontmatter.read_yaml(data, PATH), Document | Problem)


@patient
@given(YAML_LIKE)
@example("a: &b")
@example("? a")
@example("a: |\n  b")
@example("a\n:")
def test_any_front_matter_is_values_or_a_problem_on_a_line_of_the_file(
    matter: str,
) -> None:
    text = f"---\n{matter}\n---\nText."
    found = frontmatter.read(text.encode(), PATH)
    if isinstance(found, Problem):
        assert 0 <= found.where.line <= len(text.split("\n")) + text.count("\r")
        assert found.message
    else:
        assert all(isinstance(scalar, str | None) for scalar in scalars(found.values))
        assert found.places.keys() >= {(key,) for key in found.values}


CONFLICT = "<<<<<<< HEAD\n{}\n=======\n{}\n>>>>>>> her-branch\n"


@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("---\nname: A\n---\nOne.\n" + CONFLICT.format("Two.", "Three."), 5),
        ("---\n" + CONFLICT.format("name: A", "name: B") + "---\nOne.\n", 2),
        ("---\nname: A\n---\n" + CONFLICT.format("Two.\n||||||| base\nOld.", ""), 4),
    ],
)
def test_two_versions_that_git_could_not_merge_are_a_problem(text: str, line: int, line_end: str) -> None:
    problem = frontmatter.read(text.replace("\n", line_end).encode(), "x.md")
    assert isinstance(problem, Problem)
    assert (problem.code.value, problem.where) == ("merge-conflict", Where("x.md", line, 1))
    assert "git could not merge" in problem.message


@pytest.mark.parametrize(
    "text", ["A\n=======\n", ">>>>>>> a\n", "<<<<<<< a\n", "<<<<<<<\n=======\n>>>>>>>\n"]
)
def test_headings_and_quotes_are_no_conflict(text: str) -> None:
    assert isinstance(frontmatter.read(f"---\nname: A\n---\n{text}".encode(), "x.md"), Document)
