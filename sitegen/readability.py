"""How many years of school a text asks for, after Flesch and Kincaid (1975); for English only."""

import re

WORD = re.compile(r"[A-Za-z]+(?:['’][a-z]+)?")
SENTENCE_END = re.compile(r"[.!?…]+[\"'”’)]*(?=\s|$)|\n\s*\n")
MARKUP = re.compile(r"!?\[([^\]]*)\]\([^)]*\)|https?://\S+|<[^>]*>")


def of(text: str) -> tuple[int, float]:
    """Return the number of words in a Markdown text, and the years of school that it asks for."""
    plain = MARKUP.sub(r"\1", text)
    words = WORD.findall(plain)
    if not words:
        return 0, 0.0
    sentences = sum(bool(WORD.search(part)) for part in SENTENCE_END.split(plain)) or 1
    syllables = sum(map(_syllables, words))
    return len(words), 0.39 * len(words) / sentences + 11.8 * syllables / len(words) - 15.59


def _syllables(word: str) -> int:
    """Count the groups of vowels, which is near enough; an e at the end is silent."""
    bare = re.sub(r"(?<=[^aeiouyl])e$|['’].*$", "", word.lower())
    return len(re.findall(r"[aeiouy]+", bare)) or 1
