"""Word senses: which ordinary words are no name, and which introduce one."""

from collections.abc import Sequence
from functools import cache
from pathlib import Path

from sitegen.consent.name_order import set_of
from sitegen.consent.names import PARTICLES

VERBS = set_of(
    "will may can do did does has had have is was are were be would could should might must shall said "
    "says say read reads saw see rose grew grow grows made make makes won led let cut put set sent "
    "built found told took went came ran sang swam wrote knew felt kept left lost met paid held gave "
    "got lead leads love loves hope hopes hoped hope help helps work works worked plays play walks walk "
    "cooks cook teaches stands stood still just even once then long far fast right best most more also "
    "soon often never early late next now here there in on at by for with from to of off out up down "
    "over under back through about as so or and but not if it its mark marks drew drives wants wish "
    "wishes like likes thought brings carries looks runs sits bright wise"
)
"""Words that often follow a first name in a sentence."""

BEFORE_NAMES = VERBS | set_of(
    "young old long short small little big large great grand sweet wise smart clever bright brave bold "
    "strong stern kind gentle noble humble proud quick swift quiet loud lively lovely lucky merry jolly "
    "moody hardy weary early late dear darling good best better nice fair fine fresh free new real true "
    "tall lone own other poor rich sharp sly shy simple single sterling super white black brown blond "
    "golden gold silver wild sober eager keen clear cool cold friendly gallant gay generous glad handsome "
    "innocent loyal majestic modest patient perfect pleasant polite pretty prudent ready royal rude safe "
    "serene severe sick sleek smiling solid steady still straight sturdy vital warm well witty worthy blue "
    "green gray grey red dark fast first second last next former fellow guest "
    "coach captain chancellor colonel commander commodore corporal dean deacon doctor duke earl emperor "
    "friar general judge king lady lord major marshal mayor mechanic minister monk nurse officer parson "
    "pastor poet police priest prince prior prophet queen rector sage saint sergeant sheriff sir sister "
    "steward student trainer tutor uncle warden master miss brother brothers cousin cousins friend friends "
    "father daughters son sons husband neighbor neighbors nephew niece agent artist barber chef dancer "
    "driver farmer leader member members runner singer speaker writer winner champion host reader guide "
    "and but for from with by as than then like near before once over under through to at on in until via "
    "both all any each every even just only also still so there here why how none neither "
    "ask call see meet let thank give tell show keep go come join listen look speak talk watch welcome hail "
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july "
    "august september october november december summer winter spring noon today "
    "bella bello linda buena bueno gran grande querida querido nuestra nuestro joven"
)
"""Words that often come before a first name at the beginning of a sentence: `Young Maya`, `Then Maya`."""

SHORT_WORDS = set_of(
    "a an as at be by do go ha he hi ho i if in is it la le lo ma me my na no of oh ok on or os se si "
    "so su te ti to tu ty un up us we ya yo y o e u"
)
"""Ordinary words of at most two letters, in English and Spanish."""

CAPITALIZED = set_of(
    "january february march april may june july august september october november december monday "
    "tuesday wednesday thursday friday saturday sunday english french german irish welsh dutch spanish "
    "greek roman polish swiss danish norman christian catholic jewish black white brown latin internet "
    "earth moon sun math science biology music art history god"
)
"""Words that have a capital without being a person's name."""

ONLY_TITLES = frozenset({"mr", "mrs", "ms", "mx", "sra", "srta", "mme", "mlle"})
"""Titles that are no ordinary words, capitalized or not."""

FAMILY = set_of("family families household sisters brothers twins siblings")

SPANISH = set_of(
    "aguas alegria amores arce arenas arroyo barrera bello blanco bosque bravo bueno calle calvo campo "
    "campos caro casas castillo cerros claros colon corona correa cortes costa cruz cuenca cuesta "
    "delgado dorado escalera espada espino estrada feliz fierro flor flores franco fuente fuentes "
    "fuerte galan gallo gamas garza grande guerra guerrero guia hermosa herrera herrero hierro hijo "
    "huerta iglesia izquierdo jardin leal leon linda lobo lozano luna luz madera madero manso manzano "
    "mar marino marquez mata mayor mendigo merino mesa molina molino montana monte montes moreno moya "
    "negron nieto nieves noble nuevo obrero olivas oliva olivo olmo pardo parra paz pena pino plaza "
    "ponce pozo prado puente puerta quinto ramos real redondo rey reyes ribera rico rio rios rivera "
    "robles roca rojas rojo romero rosa rosado rosales rosas rubio sala salas salinas santo santos seco "
    "segura serrano sierra silva sol soto tejada toro torre torres trigo valle valles varela vega velo "
    "vera verdad verde vergara vida villa villas viva zapata zapatero zorro"
) - {"delgado", "marquez", "cortes", "vergara", "herrera", "varela"}
"""Spanish surnames that are words as well, folded: many stories mix both languages."""

INTRODUCTIONS = (("last", "name"), ("family", "name"), ("surname",), ("apellido",), ("apellidos",))
LINKS = frozenset({"is", "was", "es", "my", "mi"})


def is_introduced(before: Sequence[str]) -> bool:
    """Whether the words right before one introduce a surname: `my last name is`."""
    words = [word for word in before if word not in LINKS]
    return any(tuple(words[-len(introduction) :]) == introduction for introduction in INTRODUCTIONS)


def is_word(folded: str) -> bool:
    """Whether a surname is also an ordinary word, in English or in Spanish, or a part of many surnames."""
    return folded in _words() or folded in SPANISH or folded in PARTICLES


@cache
def _words() -> frozenset[str]:
    lines = Path(__file__).with_name("surname_words.txt").read_text(encoding="ascii").splitlines()
    return frozenset(line for line in lines if not line.startswith("#"))
