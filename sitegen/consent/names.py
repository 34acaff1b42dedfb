"""Names: which words of a person's name are shown, and which stay hidden."""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from sitegen.consent import name_order
from sitegen.consent.name_order import set_of
from sitegen.core.text import DEFAULT_IGNORABLE, NOT_ASCII, skeleton

PARTICLES = set_of(
    "a af al ap auf ben bin bint da das de del della dello den der di do dos du e el het ibn la las "
    "le les lo los mac op san santa st ste t te ten ter van vande vander vom von y zu zum zur"
)
"""Words within surnames that identify no person by themselves."""

TITLES = set_of(
    "dr doctor dra mr mrs ms miss mx prof professor profe rev reverend sir madam sr sra srta senor "
    "senora senorita coach hon herr frau monsieur madame mme mlle captain capt lieutenant lt sergeant sgt "
    "senator pastor rabbi imam engr lic"
)

SUFFIXES = set_of("jr sr ii iii iv phd md esq")

APOSTROPHE = re.compile("['’‘ʼʻ′´`]")
"""Characters that are used as an apostrophe."""

EAST_ASIAN = re.compile(
    "[\u1100-\u11ff\u3005-\u3007\u3040-\u30ff\u3130-\u318f\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff]"
)
VIETNAMESE = re.compile("[ăđơưĂĐƠƯ\u1ea0-\u1ef9]")
JOINED = re.compile(r"[^\W\d_][._/+&@·•|~*-][^\W\d_]", re.UNICODE)
SEVERAL = re.compile(
    r"\s(?:and|with|und|et|&|\+)\s|^\S+\s+(?:y|e|i)\s|\w\s*[&+/;:|<>=→⇒؛]\s*\w", re.IGNORECASE
)
"""Words for several people; `y`, `e` and `i` after the second word join the two family names of one."""

NICKNAME = re.compile(r"[\"“”„«»(\[].*?[\"“”„«»)\]]|(?<!\w)'[^']+'(?!\w)")


UNNAMED = "A student"
"""Placeholder for a name of which nothing can be shown safely."""


FAMILY_NAME_FIRST = "in its language the family name often comes first"


@dataclass(frozen=True, slots=True)
class PersonName:
    """An analyzed name.

    `shown` is what the public sees where the consent does not cover the full name, `first` its folded words.
    `hidden` are its other words as `skeleton` folds them. `doubt` says why the first
    name is unclear, and is empty if it is clear; `suggestion` is the likely `shown_as` then, or empty.
    `whole` is the full name where it is looked for as a phrase, because one of its words is no secret alone.
    """

    shown: str
    first: tuple[str, ...]
    hidden: tuple[str, ...]
    doubt: str = ""
    suggestion: str = ""
    whole: str = ""


MOST_NAMES = 4096
"""Analyzed names that are kept: several stages of a build ask about the same ones."""


@lru_cache(maxsize=MOST_NAMES)
def understand(name: str, shown_as: str = "") -> PersonName:
    """Return what the public sees of a name; `shown_as` decides it where a person has written one."""
    doubt, suggestion = ("", "") if shown_as else _doubt(name)
    shown = shown_as or (suggestion or UNNAMED if doubt else _first(name))
    first = _words(shown)
    spelled = [word for way in {name: None, _without_umlauts(name): None} for word in _hideable(way)]
    public = (*first, "".join(first), *_words(_without_umlauts(shown)))
    hidden = [word for word in spelled if word not in public]
    # 王 of 王小明, of which 小明 is shown
    hidden += [rest for word in hidden if (rest := _rest_of(word, "".join(first)))]
    return PersonName(shown, first, tuple(dict.fromkeys(hidden)), doubt, suggestion)


def _rest_of(word: str, first: str) -> str:
    """Return the family name in an unspaced name; empty if a word is none with the first name in it."""
    if not first or not EAST_ASIAN.search(word) or first not in word:
        return ""
    return word.removesuffix(first) if word.endswith(first) else word.removeprefix(first)


def turned_around(name: str) -> str:
    """Return a name such as `Lopez, Maya` with the first name first; empty if it is not in that form."""
    parts = [" ".join(part.split()) for part in unicodedata.normalize("NFKC", name).split(",")]
    suffixes = [part for part in parts if part and set(_words(part)) <= SUFFIXES]
    names = [part for part in parts if part not in suffixes]
    if len(names) != 2 or not all(map(ONE_NAME.fullmatch, names)) or any(map(SEVERAL.search, names)):
        return ""
    last, first = names
    if _may_be_two_people(last, first):
        return ""
    return "" if first[0].islower() and not last[0].islower() else " ".join((first, last, *suffixes))


def _may_be_two_people(one: str, other: str) -> bool:
    """Whether both sides of a comma may be a full name; a family name has no initials."""
    words = [[word for word in half.split() if word not in PARTICLES - GIVEN] for half in (one, other)]
    has_initial = any(len(word.strip(".")) == 1 for word in words[0])
    full = [[word for word in half if len(word.strip(".")) > 1] for half in words]
    return has_initial or min(map(len, full)) > 1


GIVEN = frozenset({"ben", "al", "mac"})
"""Particles that are first names as well."""

ONE_NAME = re.compile(r"[^\W\d_][^\W\d_'’‘ʼ.-]*(?:[ '’‘ʼ.-]+[^\W\d_]+){0,3}\.?")
"""One to four words, as in half of a name with a comma."""


def says_all(name: str, shown_as: str) -> bool:
    """Whether `shown_as` says every word of a name of several words: `MayaLopez`, and also `M. Lopez`."""
    parts = [part for part in re.split(r"[\s,._/]+", " ".join(_apart(name))) if _words(part)]
    hideable, said = set(_hideable(name)), _words(shown_as)
    letters = "".join(said)
    if len(_without_titles(parts)) < 2:
        return False
    if hideable <= {*said, letters}:
        return True
    is_joined = all(word in letters for word in hideable) and len(letters) == sum(map(len, hideable))
    return is_joined or _says_last_name_with_initial(name, said)


def _says_last_name_with_initial(name: str, said: tuple[str, ...]) -> bool:
    """Whether words have the last name in full, and of the first name, if that is clear, the initial only."""
    known = understand(name)
    initials = {word[:1] for word in known.first}
    is_short = not known.doubt and initials <= set(said) and not set(known.first) <= set(said)
    return is_short and bool(set(known.hidden) & set(said))


def _first(name: str) -> str:
    plain = unicodedata.normalize("NFKC", name)
    return next((word for word in plain.split() if any(map(str.isalpha, word))), name)


def _hideable(name: str) -> list[str]:
    """Return the folded words of a name, without nicknames, particles, titles and suffixes."""
    plain = NICKNAME.sub(" ", name)
    found: list[str] = []
    for part in re.split(r"[\s,;]+", " ".join(_apart(plain))):
        pieces = _words(part)
        found += ["".join(pieces), *pieces] if len(pieces) > 1 and "-" in part else pieces
    hidden = [word for word in found if word not in PARTICLES | TITLES | SUFFIXES]
    family = [word for word in _words(plain.partition(",")[0]) if word not in SUFFIXES]
    # at its end, a word such as `das` or `le` is a family name: Priya Das, Bo Le, Ana Pastor
    last = [word for word in family[-1:] if word in PARTICLES | TITLES]
    return [*hidden, *last, *_joined_particles(found)]


def _joined_particles(words: list[str]) -> list[str]:
    """Return the words after particles as many write them: `delacruz` for `de la Cruz`."""
    joined, before = [], ""
    for word in words[1:]:
        if word in PARTICLES:
            before += word
        elif before:
            joined.append(before + word)
            before = ""
    return joined


def _words(text: str) -> tuple[str, ...]:
    """Return the folded words of a text."""
    return tuple(re.findall(r"[^\W\d_]+", APOSTROPHE.sub("", plain_letters(text))))


def plain_letters(text: str) -> str:
    """Return a text folded as `skeleton` does, in composed letters, with look-alikes made equal."""
    folded = skeleton(text)
    if folded.isascii():
        return folded
    return NOT_ASCII.sub(lambda found: found[0].translate(LIKE), unicodedata.normalize("NFC", folded))


def _without_umlauts(text: str) -> str:
    return text if text.isascii() else unicodedata.normalize("NFC", text).translate(UMLAUTS)


UMLAUTS = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "å": "aa", "Å": "Aa"}
    | {"ø": "oe", "Ø": "Oe"}
)
"""German and Nordic letters as keyboards without them write them."""

LIKE = str.maketrans(
    dict(zip("łøđħıŧŋðþαενορτικυхаеорсуіѕјԁһӏӕ", "lodhitndpaevoptikuxaeopcyisjdhla", strict=True))
    | dict(zip("ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘʀꜱᴛᴜᴠᴡʏᴢ", "abcdefghijklmnoprstuvwyz", strict=True))
    | dict(zip("ɑƀɓƈɗɛƒɠɦɨɉƙƚⱡɫɭꮮᏞɱɲɵƥʠɍɽʂƭʉʋⱳƴȥʐ", "abbcdefghijkllllllmnopqrrstuvwyzz", strict=True))
    | {"æ": "ae", "œ": "oe", "ß": "ss"}
)
"""Letters without a decomposition, small capitals, and letters of other scripts, by the Latin letters that
they look like.

Names in any script are folded in the same way as the text, so they are found all the same."""


def _apart(name: str) -> list[str]:
    """Return the parts of a name in one word with capitals inside it; any other name whole."""
    return re.split(r"(?<=[a-zß-öø-ÿ])(?=[A-ZÀ-ÖØ-Þ])", name) if JOINED_CAPITALS.search(name) else [name]


JOINED_CAPITALS = re.compile(r"^\s*[^\W\d_]+[a-z][A-Z]\w*\s*$")
"""A name in one word with a capital inside it: MayaLopez, but also a first name alone, such as DeShawn."""


COMMAS = str.maketrans("،、，﹐٫", ",,,,,")
"""Commas of other scripts."""


def _doubt(name: str) -> tuple[str, str]:
    """Return why the first name is unclear, and a guess; both are empty if it is clear."""
    plain = NICKNAME.sub(" ", DEFAULT_IGNORABLE.sub("", unicodedata.normalize("NFKC", name)))
    plain = plain.translate(COMMAS)
    words = plain.split()
    if "," in plain and not set(_words(plain.rpartition(",")[2])) <= SUFFIXES:
        halves = plain.split(",")
        if len(halves) > 2 or _may_be_two_people(*halves):
            return "it has a comma, and may name several people", ""
        return "it has a comma", next(iter(_without_titles(plain.rpartition(",")[2].split())), "")
    if EAST_ASIAN.search(plain):
        return FAMILY_NAME_FIRST, words[-1] if len(words) == 2 else ""
    unnumbered = [word for word in words if skeleton(word.strip(".,")) not in SUFFIXES]
    if VIETNAMESE.search(plain) or (len(unnumbered) > 1 and name_order.is_family_name_likely(unnumbered)):
        return FAMILY_NAME_FIRST, unnumbered[-1]
    if name_order.is_order_unknown(plain):
        return "the order of its words depends on its language", ""
    if _begins_with_particle(words):
        return "it begins with a part of a family name", ""
    if SEVERAL.search(plain):
        return "it seems to name several people", ""
    if JOINED.search(plain.replace("-", " ")) or (len(words) == 1 and JOINED_CAPITALS.search(plain)):
        pieces = re.split(r"[._/+&@·•|~*]|(?<=[a-z])(?=[A-Z])", plain)
        return "its words are joined", pieces[0].strip().capitalize()
    if words and not _without_titles(words[:1]):
        untitled = _without_titles(words)
        return "it begins with a title", untitled[0] if len(untitled) > 1 else ""
    return _doubt_of_words(words)


def _without_titles(words: list[str]) -> list[str]:
    return [word for word in words if skeleton(word.strip(".")) not in TITLES]


def _begins_with_particle(words: list[str]) -> bool:
    """Whether a name begins with words such as `de la`; one with a capital may be a first name: Van, Al."""
    count = next((at for at, word in enumerate(words) if skeleton(word) not in PARTICLES), len(words))
    return count > 1 or (count == 1 and words[0].islower())


def _doubt_of_words(words: list[str]) -> tuple[str, str]:
    lettered = [word for word in words if any(map(str.isalpha, word))]
    if len(lettered) == 1 and "-" in lettered[0]:
        return "its words are joined", lettered[0].partition("-")[0].capitalize()
    if len(lettered) < 2:
        return "it has one word", lettered[0] if lettered else ""
    if len(lettered[0].strip(".")) == 1:
        return "it begins with a single letter", ""
    lower = [word for word in lettered if word[0].islower() and skeleton(word) not in PARTICLES]
    if lower:
        return f'"{lower[0]}" has no capital letter', lettered[0].capitalize()
    return "", ""
