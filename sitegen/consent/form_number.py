"""Form numbers: tells numbers of signed forms from placeholders."""

import re

from sitegen.core.text import skeleton

PUBLIC_SOURCE = "public-source"
"""Replaces a form number if the person published the story themselves; `source` is the address."""

PLACEHOLDER = re.compile(
    r"\b(?:to be|fill(?:ed)? in|tb[acd]|to ?do|fixme|pending|missing|placeholder|example|sample|test|dummy"
    r"|fake|none|unknown|unsigned|not (?:yet|signed)|n/a|a?waiting|coming|later|soon|ask|replace|your number"
    r"|on file|verbal|oral|by (?:e-?mail|phone)|pendiente|falta|(?:por|a) (?:llenar|firmar|complet[ae]r)"
    r"|folgt|nachgereicht)\b|x{3}|\bx{2}\b|\?|[待未][填定]"
)
"""Words and signs for a number that is not known yet, in several languages."""


def is_missing(form: str, source: str) -> bool:
    """Whether a record's form number is not known yet: a number has a digit other than zero.

    `R-0000`, `TBD`, `xxx` and `to be filled in` are no numbers. `public-source` needs none but a source.
    """
    folded = " ".join(skeleton(form).split())
    if not folded or is_public_source(form):
        return bool(folded) and not source
    has_number = any(char.isdigit() and char != "0" for char in folded)
    return not has_number or PLACEHOLDER.search(folded) is not None


def is_public_source(form: str) -> bool:
    """Whether no form is signed, because the person published the story themselves."""
    return " ".join(skeleton(form).split()) == PUBLIC_SOURCE
