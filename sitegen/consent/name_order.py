"""Name order: signs that a name begins with the family name.

The order follows the language of a name, not of the site (Unicode Technical Standard 35, part 8, Person
Names, "Derive the name order"). The language is unknown here, so scripts, letters, endings and frequent
family names indicate it. A sign only makes the program ask: a wrong one costs a line of front matter, a
missing one publishes a surname.
"""

import re
import unicodedata
from collections.abc import Sequence

from sitegen.core.text import skeleton


def set_of(words: str) -> frozenset[str]:
    """Return the words of a text as a set."""
    return frozenset(words.split())


GIVEN_NAME_FIRST = set_of(
    "LATIN GREEK CYRILLIC ARABIC HEBREW DEVANAGARI BENGALI GUJARATI GURMUKHI ORIYA THAI LAO ETHIOPIC "
    "ARMENIAN GEORGIAN MYANMAR TIFINAGH CHEROKEE SYRIAC THAANA NKO FULLWIDTH FEMININE MASCULINE "
    "MODIFIER MICRO"
)
"""Scripts, as Unicode's names of letters begin, whose languages mostly write the given name first."""

FAMILY_NAMES = set_of(
    # Chinese, in pinyin and as Cantonese and Hokkien speakers write it
    "bai cai cao cen chang chao chau chen cheng cheung chiang chong chou chow chu chua cui deng ding "
    "dong du fan fang feng fong fu fung gao gong gu guo he heng hou hsieh hsu hu hua huang jia jiang "
    "jin kong kwan kwok lai lam lau leung li liang liao lim lin liu lo lu luo lung ma mao meng mok ng "
    "ong ou pan peng qian qin qiu ren shao shen shi song su sun szeto tam tan tang tao teng tian ting "
    "tong tsai tsang tse wan wang wei wen wong wu xia xiang xiao xie xiong xu xue yan yang yao ye yeung "
    "yi yin yip you yu yuan zeng zhang zhao zheng zhong zhou zhu zou "
    # Korean
    "ahn bae baek cha chang cho choe choi chung gim gwon ha han heo hong huh hwang hyun im jang jeon "
    "jeong ji jo joo ju jun jung kang kim ko koo kwak kwon lee min moon na nam noh oh paik park rhee "
    "roh ryu seo shim shin sim sohn son song suh sung woo yang yim yoo yoon yu yun "
    # Vietnamese, without marks
    "bui cao chau dang dao dinh do doan dong duong ha ho hoang huynh khuong la lam le luong luu ly mac "
    "mai ngo nguyen nguyn pham phan phung quach ta thach thai to ton tran trieu trinh truong vo vu "
    "vuong "
    # Japanese
    "abe endo fujita fujii fujimoto fujiwara fukuda goto hara harada hasegawa hashimoto hayashi honda "
    "ikeda inoue ishida ishii ishikawa ito kato kawasaki kimura kobayashi kondo maeda masuda matsuda "
    "matsumoto mori morita murakami nakagawa nakajima nakamura nakano nishimura noguchi ogawa okada "
    "okamoto ono ota saito sakai sakamoto sasaki sato shibata shimizu sugiyama suzuki takagi takahashi "
    "takeda tamura tanaka ueda uchida wada watanabe yamada yamaguchi yamamoto yamashita yamazaki "
    "yokoyama yoshida "
    # Hungarian
    "nagy kovacs toth szabo horvath varga kiss molnar nemeth farkas balogh lakatos meszaros olah takacs "
    "juhasz"
)
"""Frequent family names of languages that write them first, as `skeleton` folds them."""

ALSO_GIVEN = set_of(
    "bai chan chang cho du fan ha han he hong jang ji jia jin jo joo ju jun jung kim ko la lai lam le "
    "lee li lim lin lu ly ma mac mai min moon na nam oh park sim son song su sun sung tam tan thai to "
    "ton wei wen woo yan yi you yu yuan yun mori abe ren an bo"
)
"""Those that are given names elsewhere: they count only before a word that sounds like a given name."""

SYLLABLE = (
    r"(?:zh|ch|sh|th|ph|ng|nh|kh|tr|gi|hy|[bpmfdtnlgkhjqxrzcsywv])?"
    r"(?:[aeiou]{1,3}|y)(?:ng|nh|[nmkpt](?![aeiou]))?"
)
SYLLABLES = re.compile(rf"{SYLLABLE}(?:[-\s]?{SYLLABLE}){{0,2}}")
"""What a given name in Chinese, Korean or Vietnamese looks like in Latin letters: one to three syllables."""

SHORTEST = 2
"""Letters of a second word that sounds like a given name by chance, as in Kim An."""

FAMILY_ENDING = re.compile(
    "(?:ez|oglu|opoulos|opoulou|idis|akis|ovic|evic|ovich|evich|enko|chuk|wicz|czyk|ski|sky|ska|skaya|shvili|yan"
    "|[оеё]в|[оеё]ва|[сц]кий|[сц]кая|енко|чук|πουλοσ|πουλου|ιδησ|ακησ)"
)
"""Endings of family names of several languages."""

GIVEN_ALL_THE_SAME = set_of("inez ryan bryan dylan ян лев ева rayan aryan ayan vivyan лёва яков")
"""Given names with such an ending."""

PATRONYMIC = re.compile("(?:вич|вна|ична|овски|ovich|evich|ovna|evna)")

ONLY_HUNGARIAN = re.compile("[őűŐŰ]")


def is_family_name_likely(words: Sequence[str]) -> bool:
    """Whether the first of several words of a name may be the family name."""
    first, last = skeleton(words[0].strip(".,")), skeleton(words[-1].strip(".,"))
    if ONLY_HUNGARIAN.search(" ".join(words)) or _is_shouted(words):
        return True
    if _ends(FAMILY_ENDING, first) and not _ends(FAMILY_ENDING, last) and first not in GIVEN_ALL_THE_SAME:
        return True
    if len(words) > 2 and _ends(PATRONYMIC, last):
        return True
    if first not in FAMILY_NAMES:
        return False
    rest = " ".join(map(skeleton, words[1:]))
    return first not in ALSO_GIVEN or (len(rest) > SHORTEST and SYLLABLES.fullmatch(rest) is not None)


def _ends(pattern: re.Pattern[str], word: str) -> bool:
    return any(pattern.fullmatch(word, start) for start in range(1, len(word)))


def _is_shouted(words: Sequence[str]) -> bool:
    """Whether one word of several is in capitals, as family names are on many forms."""
    shouted = [word for word in words if len(word) > 2 and word.isupper()]
    return 0 < len(shouted) < sum(len(word) > 2 for word in words)


def is_order_unknown(name: str) -> bool:
    """Whether a name mixes scripts, or has one whose languages may write the family name first."""
    scripts = {unicodedata.name(letter, "?").partition(" ")[0] for letter in name if letter.isalpha()}
    scripts -= {"MODIFIER", "FEMININE", "MASCULINE", "MICRO"}
    return len(scripts) > 1 or not scripts <= GIVEN_NAME_FIRST
