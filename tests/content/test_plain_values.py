"""Plain values: the same as the parsed ones, or none at all."""

import pytest

from sitegen.content import frontmatter
from sitegen.content.plain_values import plain_value
from sitegen.content.written_people import people_in

PLAIN = (
    "name: Maya Lopez\nconsent:\n  form: R-0042\n  covers: [website, full-name]\n",
    "name: Maya Lopez  \nconsent:\n    covers: [website]\n    form:   R-0042\n",
    "name: Shaun O'Neill-Ito Jr.\nconsent:\n  form: R-0042\n  covers: [website]\n",
    "name: Maya Lopez\r\nconsent:\r\n  form: R-0042\r\n  covers: [website]\r\n",
)

TO_PARSE = (
    'name: "Maya Lopez"\nconsent: {form: R-0042, covers: [website]}\n',
    '"name": Maya Lopez\nconsent:\n  "form": R-0042\n  covers:\n  - website\n',
    '"n\\x61me": Maya Lopez\nconsent:\n  "f\\x6frm": R-0042\n  "c\\x6fvers": [website]\n',
    "name : Maya Lopez\nconsent:\n  form : R-0042\n  covers : [website]\n",
    "name: Maya\n  Lopez\nconsent:\n  form: R-00\n    42\n  covers: [website,\n    photo]\n",
    "name: Maya\n\n  Lopez\nconsent:\n  form: R\n\n    42\n  covers:\n    [website]\n",
    "? name\n: Maya Lopez\nconsent:\n  ? form\n  : R-0042\n  ? covers\n  : [website]\n",
    "name: null\nconsent:\n  form: Null\n  covers: NULL \n",
    "name: Maya Lopez # she/her\nconsent:\n  form: R-0042 # paper\n  covers: [website] # only\n",
    'quote: "A\n  name: Ben Ito\n  form: R-1\n  covers: [full-name]"\n'
    '"name": Maya Lopez\nconsent: {"form": R-0042, "covers": [website]}\n',
)

BODY = "name: Ben Ito\n  form: R-1\n  covers: [website, full-name]\n---\nname: Ben Ito\nend:\n"


@pytest.mark.parametrize("head", PLAIN)
def test_a_plain_line_gives_the_parsed_value(head: str) -> None:
    data = f"---\n{head}---\n{BODY}".encode()
    (person,) = people_in(frontmatter.values_of(data) or {})
    assert (plain_value(data, "name"), plain_value(data, "form")) == (person.name, person.value("form"))
    covered = (plain_value(data, "covers") or "").strip("[]").split(", ")
    assert covered == (person.consent or {})["covers"]


@pytest.mark.parametrize("head", TO_PARSE)
@pytest.mark.parametrize("key", ["name", "form", "covers"])
def test_any_other_file_has_to_be_parsed(head: str, key: str) -> None:
    data = f"---\n{head}---\n{BODY}".encode()
    assert frontmatter.values_of(data) is not None
    assert plain_value(data, key) is None


@pytest.mark.parametrize(
    "data", [b"", b"---\n", b"\n---\nname: Maya\n---\n", b"\xef\xbb\xbf---\nname: Maya\n---\n"]
)
def test_a_file_without_plain_fences_has_to_be_parsed(data: bytes) -> None:
    assert plain_value(data, "name") is None
