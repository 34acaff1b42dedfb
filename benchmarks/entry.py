"""Plan: the scenarios, and which generators run in each; slow ones are left out."""

from collections.abc import Iterator, Sequence

from benchmarks.contestant import Change, Contestant
from benchmarks.corpus import Corpus
from benchmarks.scenarios import Outcome, Scenario

WARM = 10_000
"""Stories of the site that is changed, if that size is requested; otherwise the next smaller size."""

HEAVY = 50_000
"""Stories above which only contestants with `stays` run."""


def planned(
    sizes: Sequence[int], photos: int, campaign: int, changes: Sequence[Change]
) -> Iterator[Scenario]:
    """Yield the scenarios in order: cold ones by size, changes of one site, cards, pictures."""
    if Change.COLD in changes:
        yield from (Scenario(Corpus(size), Change.COLD) for size in sorted(sizes))
    warm = max((size for size in sizes if size <= WARM), default=0)
    if warm:
        yield from (Scenario(Corpus(warm), change) for change in changes if change is not Change.COLD)
    if campaign:
        yield Scenario(Corpus(campaign, campaign=True), Change.COLD)
    if photos:
        yield Scenario(Corpus(photos, photos=True), Change.COLD)


def entered(
    contestants: Sequence[Contestant], scenario: Scenario, so_far: Sequence[Outcome], patience: float
) -> tuple[list[Contestant], list[Outcome]]:
    """Return the contestants of a scenario, and the outcomes of those that are skipped, with the reason."""
    runners, left_out = [], []
    for contestant in contestants:
        if contestant.only_pictures and not scenario.corpus.photos:
            continue
        reason = _reason(contestant, scenario, so_far, patience)
        if reason is None:
            runners.append(contestant)
        else:
            left_out.append(Outcome(contestant.key, scenario.name, (), reason))
    return runners, left_out


def _reason(
    contestant: Contestant, scenario: Scenario, so_far: Sequence[Outcome], patience: float
) -> str | None:
    """Return why a contestant doesn't run in a scenario, or None."""
    corpus = scenario.corpus
    if corpus.campaign and not contestant.cards:
        return "it draws no social cards by itself"
    if contestant.stays:
        return None
    if corpus.photos:
        return None if contestant.photo else "it makes no small pictures by itself"
    if corpus.size >= HEAVY:
        return "only sitegen and Hugo run at this size"
    expected = _expected(contestant, corpus, so_far)
    # one cold run may take long; a change needs at least one more build before it
    if expected > (5 * patience if scenario.change is Change.COLD else patience):
        return f"a build of {corpus.size:,} stories would take it about {expected:.0f} s"
    return None


def _expected(contestant: Contestant, corpus: Corpus, so_far: Sequence[Outcome]) -> float:
    """Return the CPU seconds that a cold build took, or will take, from the nearest smaller size."""
    cold = {outcome.scenario: outcome for outcome in so_far if outcome.contestant == contestant.key}
    for size in (corpus.size, corpus.size // 10):
        outcome = cold.get(Scenario(Corpus(size), Change.COLD).name)
        if outcome and outcome.runs:
            return (outcome.median("cpu") or 0.0) * corpus.size / size
    return 0.0
