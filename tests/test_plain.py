"""Plain front matter is read as YAML reads it, or not at all."""

from typing import Any

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from sitegen import plain

STORY = """\
# a comment
name: Makayla Cheng
school:
date: 2024-11-04
alt: "Makayla at her desk: #1"
focus: 50% 35%
quote: I build what I wish existed, don't you?
topics: [robotics, "co-op mentoring", 3-D printing]

consent:
  form: R-0042
  # the guardian signed
  given: 2024-10-20
  covers: [website, photo]
  until:
draft: true
"""


def by_yaml(matter: str) -> Any:
    """Return what YAML makes of a text, every scalar as text; raise where it can't be read."""
    node = yaml.CSafeLoader(matter).get_single_node()
    return {} if node is None else as_text(node)


def as_text(node: yaml.Node) -> Any:
    if isinstance(node, yaml.MappingNode):
        pairs = [(key.value, as_text(value)) for key, value in node.value]
        assert len(dict(pairs)) == len(pairs), "a key stands twice"
        return dict(pairs)
    if isinstance(node, yaml.SequenceNode):
        return [as_text(each) for each in node.value]
    return None if node.tag == "tag:yaml.org,2002:null" else node.value


def test_a_usual_story_is_read_without_yaml() -> None:
    assert plain.read(STORY) == by_yaml(STORY)


@pytest.mark.parametrize(
    "matter",
    [
        "quote: >\n  folded\n",
        "topics:\n- robotics\n",
        "a: one\n  two\n",
        "a: one\n  b: two\n",
        "a: x\na: y\n",
        "a:\n  b: x\n  b: y\n",
        "a: null\n",
        "a: [b, NULL]\n",
        "a: [b, ]\n",
        "a: *b\n",
        "a: &b c\n",
        "a: !b c\n",
        'a: "b\\x41"\n',
        "a: b # comment\n",
        "a: b: c\n",
        "a:b\n",
        "a:\n    b: c\n",
        "  a: b\n",
        "a: b\tc\n",
        "'a': b\n",
        "<<: {a: b}\n",
    ],
)
def test_what_is_not_plain_is_left_to_yaml(matter: str) -> None:
    assert plain.read(matter) is None


PIECES = st.sampled_from(
    [
        *("name", "topics", "consent", "null", "y", "covers"),
        *(": ", ":", ":  ", "\n", "\n  ", "\n    ", "\n\n", " ", "\t", "\xa0", "\x85", "\u2028"),
        *("Maya", "2024-11-04", "12:30", "50%", "true", "~", "Null", "0x1F", ".5", "=", "<<", "é", "“so”"),
        *('"', "'", '""', '"a: #b"', "[", "]", "[a, b]", '["a", b]', "[a b, c]", ",", "{", "}"),
        *(
            "#",
            " #",
            "# aside\n",
            "- ",
            "-",
            "?",
            "|",
            ">",
            "&a",
            "*a",
            "!",
            "%",
            "@",
            "`",
            "\\",
            "---",
            "...",
        ),
    ]
)


@given(st.lists(PIECES, max_size=16).map("".join))
@example("a: b\n...\nc: d")
@example("a: [x-, y]")
@example("a:\n# aside\n  b: c\n")
@example("a:\n  b:\n  c: d\ne: f")
def test_an_answer_is_that_of_yaml(matter: str) -> None:
    found = plain.read(matter)
    if found is not None:
        assert found == by_yaml(matter)


KEYS = st.sampled_from(["name", "quote", "topics", "consent", "alt", "null"])
VALUES = st.one_of(
    st.text(st.characters(codec="utf-8", exclude_characters="\n\r\x85\u2028\u2029"), max_size=12),
    st.text("ab1 :#'\"\\-,[]{}&*!|>%@`~?=.é", max_size=10),
    st.sampled_from(['"a"', "[a, b]", "", "null", "2024-01-01"]),
)


@given(st.lists(st.tuples(st.sampled_from(["", "", "  ", "    "]), KEYS, VALUES), max_size=6))
def test_an_answer_on_one_key_a_line_is_that_of_yaml(lines: list[tuple[str, str, str]]) -> None:
    matter = "\n".join(f"{indent}{key}: {value}" for indent, key, value in lines)
    found = plain.read(matter)
    if found is not None:
        assert found == by_yaml(matter)
