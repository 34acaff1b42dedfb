"""Takedown receipt: what was taken down, and what is left, as lines for people."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sitegen.commands.removal_proof import Proof, Trace
from sitegen.commands.takedown import Receipt
from sitegen.core.diagnostics import Problem
from sitegen.core.text import count


class Tone(StrEnum):
    """What a line means."""

    PLAIN = "plain"
    CAREFUL = "careful"
    BAD = "bad"


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a receipt."""

    words: str
    tone: Tone = Tone.PLAIN


def lines(receipt: Receipt, day: date) -> Iterator[Line | Problem]:
    """Yield what was taken down, the result of the search, and what sitegen can't reach."""
    if receipt.problem:
        yield receipt.problem
    elif receipt.written:
        whose = f"consent of {receipt.person}" if receipt.person else "consent"
        yield Line(f"{receipt.path}: {whose} withdrawn from {day} on. Nothing else in the file was changed.")
    else:
        yield Line(f"{receipt.path}: not changed. Consent was already withdrawn, or was never recorded.")
    for path in receipt.swept:
        yield Line(f"{path}: deleted. A command that was stopped had left this file.")
    if receipt.failure:
        yield receipt.failure
        yield Line("The story could not be taken down: it is still public.", Tone.BAD)
    elif receipt.proof:
        yield from _removed(receipt, receipt.proof)


def _removed(receipt: Receipt, proof: Proof) -> Iterator[Line]:
    if receipt.from_published and receipt.report.site_at_fault:
        yield Line(
            "The site can't be built until the problems above are fixed. The story was taken out of",
            Tone.CAREFUL,
        )
        yield Line("the published pages all the same; everything else there is as it was.", Tone.CAREFUL)
    yield Line(f"Removed from the site: {count(len(receipt.removed), 'address', 'addresses')}.")
    for address in receipt.removed:
        yield Line(f"  {address}")
    yield Line(
        f"Searched every byte of {count(proof.files, 'file')} in public/ and .sitegen/ "
        f"for {count(proof.things, 'trace')}: words, addresses, cards, photo names, similar pictures."
    )
    yield from _left(proof)
    if proof.is_clean:
        also = f", and no other text names {receipt.person}" if receipt.person else ""
        else_ = " else" if proof.quotes or proof.shared else ""
        yield Line(f"Nothing{else_} of the story is left{also}.")


def _left(proof: Proof) -> Iterator[Line]:
    """Yield what is left, and in whose texts."""
    for trace in proof.traces:
        if not trace.owner:
            yield Line(f"{trace.path}: still has {trace.what}.", Tone.BAD)
    for (owner, what), files in Counter((each.owner, each.what) for each in proof.traces).items():
        if owner:
            yield Line(f"{owner}: has {what}, in {count(files, 'file')} of public/ and .sitegen/.", Tone.BAD)
    yield from _listed("Left, in these texts:", proof.mentions, Tone.BAD)
    quotes = "Other texts, which stay public, have the same quote. Take it out if it is a copy:"
    yield from _listed(quotes, proof.quotes, Tone.CAREFUL)
    yield from _listed("Other texts, which stay public, have the same words:", proof.shared, Tone.PLAIN)


def _listed(heading: str, traces: Sequence[Trace], tone: Tone) -> Iterator[Line]:
    if traces:
        yield Line(heading, tone)
    for trace in traces:
        yield Line(f"  {trace.path}: {trace.what}.", tone)


BEYOND = (
    "the website: deploy now, and delete old deployments at your host;",
    "search engines: ask them to forget the addresses above;",
    "the version history of this folder: it still has the file and the photo, and so does every copy of it;",
    "copies elsewhere: social media, newsletters, web archives, screenshots, and cards that were exported\n"
    "    (run sitegen cards again to delete those from its folder).",
)
"""What no program can do after a takedown."""
