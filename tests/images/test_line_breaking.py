"""Line breaking: even lines, in the largest size that fits."""

import pytest

from sitegen.images.line_breaking import Lines, TextBox, fit

BOX = TextBox(width=200, height=100, sizes=(40, 20, 10), leading=1.2, broken=20)


def set_in(text: str, box: TextBox = BOX) -> Lines:
    """Set a text in a font whose letters are all half as wide as they are high."""
    return fit(text, box, lambda words: len(words) / 2)


def test_a_short_text_is_set_large() -> None:
    assert set_in("Yes.") == Lines(40, ("Yes.",))


def test_lines_are_of_even_length() -> None:
    assert set_in("one two three four").texts == ("one two", "three four")


def test_no_word_is_lost_and_no_line_too_long() -> None:
    text = "the light came on and I thought that somebody made every single thing here"
    lines = set_in(text)
    assert " ".join(lines.texts) == text
    assert all(len(line) / 2 * lines.size <= BOX.width for line in lines.texts)
    assert len(lines.texts) * lines.size <= BOX.height


def test_a_long_word_is_broken_before_the_text_gets_tiny() -> None:
    assert set_in("a" * 30) == Lines(20, ("a" * 20, "a" * 10))


def test_a_text_that_fits_at_no_size_ends_in_an_ellipsis() -> None:
    lines = set_in("word " * 100)
    assert lines.size == 10
    assert lines.texts[-1].endswith("word…")
    assert len(lines.texts) == 8


@pytest.mark.parametrize("text", ["", " "])
def test_an_empty_text_has_no_lines(text: str) -> None:
    assert set_in(text).texts == ()
