"""Messy files: whole stories with everything that editors, exports and people do to a file."""

from collections.abc import Callable, Iterator, Mapping
from random import Random

from tests.support.messy_posts import posts

FRONT = """\
---
name: Maya Lopez
date: 2026-02-01
quote: I build what I wish existed.
field: Robotics
topics: [robotics, mentoring]
consent:
  form: R-{number:05}
  given: 2026-01-10
  by: self
  covers: [website, photo, full-name, school, social, search]
  until: 2027-01-10
---
"""

Damage = Callable[[str, Random], str]

OF_TEXT: Mapping[str, Damage] = {
    "nothing": lambda text, _: text,
    "Windows line ends": lambda text, _: text.replace("\n", "\r\n"),
    "old Mac line ends": lambda text, _: text.replace("\n", "\r"),
    "mixed line ends": lambda text, chance: "".join(
        chance.choice(("\n", "\r\n")) if sign == "\n" else sign for sign in text
    ),
    "empty lines above": lambda text, _: f"\n\n{text}",
    "spaces behind lines": lambda text, _: text.replace("\n", "  \n", 12),
    "dashes for hyphens": lambda text, _: text.replace("---", "—", 2),
    "two hyphens": lambda text, _: text.replace("---", "--", 1),
    "four hyphens": lambda text, _: text.replace("---", "----", 2),
    "no second fence": lambda text, _: text.replace("\n---\n", "\n", 1),
    "no front matter": lambda text, _: text.partition("\n---\n")[2],
    "fence in the text": lambda text, _: f"{text}\n---\nname: Ben Ito\n---\nword99x\n",
    "TOML": lambda text, _: text.replace("---", "+++", 2),
    "colon in a value": lambda text, _: text.replace("quote: I", "quote: Note: I"),
    "no space behind a colon": lambda text, _: text.replace("quote: I", "quote:I"),
    "number sign": lambda text, _: text.replace("what I", "what #1 I"),
    "typographic quotes": lambda text, _: text.replace("quote: I build", "quote: “I build").replace(
        "d.\n", "d.”\n", 1
    ),
    "open quote": lambda text, _: text.replace("quote: I", 'quote: "I'),
    "apostrophe": lambda text, _: text.replace("quote: I", "quote: 'I'm here. I"),
    "two names": lambda text, _: text.replace("date:", "name: Ben Ito\ndate:"),
    "unknown key": lambda text, _: text.replace("field:", "feild:"),
    "capital keys": lambda text, _: text.replace("name:", "Name:").replace("quote:", "Quote:"),
    "tabs": lambda text, _: text.replace("  form:", "\tform:"),
    "indented too far": lambda text, _: text.replace("  by:", "     by:"),
    "not indented": lambda text, _: text.replace("  given:", "given:"),
    "block of text": lambda text, _: text.replace("quote: I build", "quote: |\n  I build"),
    "folded text": lambda text, _: text.replace("quote: I build", "quote: >-\n  I build"),
    "a list as text": lambda text, _: text.replace("[robotics, mentoring]", "robotics, mentoring"),
    "open list": lambda text, _: text.replace("mentoring]", "mentoring"),
    "American date": lambda text, _: text.replace("2026-02-01", "02/01/2026"),
    "date in words": lambda text, _: text.replace("2026-02-01", "February 1st, 2026"),
    "no such day": lambda text, _: text.replace("2026-02-01", "2026-02-30"),
    "date with a time": lambda text, _: text.replace("2026-02-01", "2026-02-01 10:30:00 -0500"),
    "an anchor": lambda text, _: text.replace("name: Maya", "name: &maya Maya"),
    "a tag": lambda text, _: text.replace("name: Maya", "name: !!python/object:os.system Maya"),
    "an alias": lambda text, _: text.replace("quote: I", "quote: *name I"),
    "percent": lambda text, _: text.replace("quote: I", "quote: %I"),
    "a hundred percent": lambda text, _: text.replace("quote: I", "quote: 100% I"),
    "a comment": lambda text, _: text.replace("field:", "# who knows\nfield:"),
    "HTML comment": lambda text, _: text.replace("\n---\n", "\n---\n<!-- note -->\n\n"),
    "emoji": lambda text, _: text.replace("Robotics", "Robotics 🤖"),
    "right to left": lambda text, _: text.replace("Maya Lopez", "\u202eمايا\u202c Lopez"),
    "no-break spaces": lambda text, _: text.replace(": ", ":\u00a0", 4),
    "control characters": lambda text, _: text.replace("build", "bu\x08ild\x1b[31m"),
    "line separators": lambda text, _: text.replace("build", "build\u2028\u0085", 1),
    "surrogate": lambda text, _: text.replace("build", "build\\ud800"),
    "zero-width": lambda text, _: text.replace("Lopez", "Lo\u200bpez\ufeff"),
    "very long value": lambda text, _: text.replace("I build", "I build " * 200),
    "empty value": lambda text, _: text.replace("I build what I wish existed.", ""),
    "null": lambda text, _: text.replace("Maya Lopez", "null"),
    "a number": lambda text, _: text.replace("Maya Lopez", "42"),
    "yes": lambda text, _: text.replace("field:", "draft: yes\nfield:"),
    "maybe": lambda text, _: text.replace("field:", "draft: maybe\nfield:"),
    "merge conflict": lambda text, _: text.replace("name:", "<<<<<<< HEAD\nname:").replace(
        "date:", "=======\ndate:", 1
    ),
    "alias of another": lambda text, _: text.replace("field:", "aliases: [/stories/sound/]\nfield:"),
    "strange aliases": lambda text, _: text.replace("field:", "aliases: [a, //b, 'c d', /../e/]\nfield:"),
    "picture that is missing": lambda text, _: text.replace(
        "field:", "headshot: gone.jpg\nalt: Maya\nfield:"
    ),
    "path for a picture": lambda text, _: text.replace("field:", "headshot: ../../x.jpg\nalt: Maya\nfield:"),
    "deeply nested": lambda text, _: text.replace("[robotics", "[" * 99 + "robotics"),
    "dead links": lambda text, _: f"{text}\n[a](gone.md) [b](/gone/) [c](x.pdf) [d](javascript:x)\n",
    "template": lambda text, _: f"{text}\n{{{{ config }}}} {{% include 'x' %}} {{# word #}}\n",
    "unclosed code": lambda text, _: f"{text}\n```\nword98x\n",
    "unclosed HTML": lambda text, _: f"{text}\n<div><b word97x\n",
    "script": lambda text, _: f"{text}\n<script>alert(1)</script>\n",
}

OF_BYTES: Mapping[str, Callable[[bytes], bytes]] = {
    "as it is": lambda data: data,
    "byte-order mark": lambda data: b"\xef\xbb\xbf" + data,
    "two byte-order marks": lambda data: b"\xef\xbb\xbf" * 2 + data,
    "UTF-16": lambda data: data.decode("utf-8", "replace").encode("utf-16"),
    "Latin-1": lambda data: data.replace(b"build", b"b\xfcild"),
    "zero byte": lambda data: data.replace(b"build", b"bu\0ild"),
    "half of it": lambda data: data[: len(data) // 2],
    "nothing": lambda _: b"",
    "only zeros": lambda data: bytes(len(data)),
    "no last line end": lambda data: data.rstrip(b"\n"),
    "twice": lambda data: data + data,
    "cut within a letter": lambda data: data + "ü".encode()[:1],
}


def files(number: int, seed: int = 1) -> Iterator[tuple[str, bytes, list[str]]]:
    """Yield what was done to each file, its bytes and its words; each damage comes first alone."""
    chance = Random(seed)
    written = posts(number, seed)
    alone = [*((text, "as it is") for text in OF_TEXT), *(("nothing", each) for each in OF_BYTES)]
    for place in range(number):
        body, words = next(written)
        of_text, of_bytes = (
            alone[place]
            if place < len(alone)
            else (chance.choice([*OF_TEXT]), chance.choice([*OF_BYTES, *["as it is"] * 20]))
        )
        text = OF_TEXT[of_text](FRONT.format(number=place + 1000) + body, chance)
        if place >= len(alone):
            also = chance.choice([*OF_TEXT])
            of_text, text = f"{of_text}, {also}", OF_TEXT[also](text, chance)
        yield f"{of_text}; {of_bytes}", OF_BYTES[of_bytes](text.encode("utf-8", "replace")), words
