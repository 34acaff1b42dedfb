"""YAML depth: nesting counted from the text equals that of PyYAML's events."""

import pytest
import yaml
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from sitegen.content.yaml_depth import find_too_deep, most_levels
from tests.support.thorough import rounds

Place = tuple[int, int]


def by_events(text: str, most: int) -> tuple[Place | None, int, bool]:
    """Return the first place beyond `most` levels by PyYAML's events, the depth, and whether all was read."""
    place, depth, deepest = None, 0, 0
    try:
        for event in yaml.parse(text, Loader=yaml.CSafeLoader):
            if isinstance(event, yaml.CollectionStartEvent):
                depth += 1
                deepest = max(deepest, depth)
                if depth > most and place is None:
                    mark = event.start_mark
                    place = (mark.line, mark.column) if mark else None
            elif isinstance(event, yaml.CollectionEndEvent):
                depth -= 1
    except yaml.YAMLError:
        return place, deepest, False
    return place, deepest, True


PIECES = st.sampled_from(
    [
        *("a", "b: ", "key: ", "- ", "? ", ": ", "-", "?", ":", "a:b", "~", "null", "é", "@", "%", "\\"),
        *("[", "]", "{", "}", ",", ", ", "x: [", "{a: ", "[a, {b: c}]", "a ? b", "a? b"),
        *(" ", "  ", "\t", "\n", "\n ", "\n  ", "\n    ", "\n\n", "\n- ", "\n  - ", "\ufeff"),
        *("#", "# c [", "a #[", "'", '"', "'x: ['", '"y\\"{"', '"a\n b"', "''", "---", "\n---\n", "..."),
        *("|", "> ", "|\n", "|2", "|-\n   [", "&a ", "*a", "!t "),
    ]
)
TEXTS = st.lists(PIECES, max_size=16).map("".join).map(lambda text: text.lstrip("\ufeff"))


@settings(deadline=None, max_examples=rounds(150, 2000), suppress_health_check=[HealthCheck.too_slow])
@given(TEXTS, st.integers(0, 3))
@example("a: {b: [c: d]}", 3)
@example("[[a]]: b", 1)
@example("a:\n- b:\n  - c", 3)
@example("- - - a", 2)
@example("a: >\n  [[[\n", 1)
@example("a: b #[[[\n", 1)
@example("a: b[[[\n", 1)
@example("a: '[[[\n [['\n", 1)
@example("a: [[[[[", 3)
def test_depth_and_place_are_those_of_pyyaml(text: str, most: int) -> None:
    place, depth, is_read = by_events(text, most)
    found = find_too_deep(text, most)
    message = f"libyaml {yaml.__version__} nests this otherwise than `yaml_depth`"
    assert depth <= most_levels(text), message
    if is_read or place:
        # to YAML, a collection begins at a `&` or `!` before it; the reader refuses both
        is_signed = "&" in text or "!" in text
        assert bool(found) == bool(place) if is_signed else found == place, message


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("a: [[[x]]]", (0, 5)),
        ("a:\n  b:\n    c:\n      d: e\n", (3, 6)),
        ("a: [[\n  [x]]]", (1, 2)),
        ("- - - - x", (0, 6)),
        ("a: \"[[[[\"\nb: '{{{{'\nc: |\n  [[[[\n# [[[[\nd: so [[[[ on\n", None),
        ("a: 'it''s [[[['\nb: \"\\\"[[[[\"", None),
    ],
)
def test_the_place_is_where_the_fourth_level_begins(text: str, place: Place | None) -> None:
    assert find_too_deep(text, 3) == place
