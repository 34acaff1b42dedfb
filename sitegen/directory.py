"""The plan of the directories: all fields, schools or topics, where there are more than lists can show."""

from collections.abc import Iterator

from sitegen import heads, pagination, press, taxonomy
from sitegen.jobs import Job
from sitegen.model import Site, Taxonomy
from sitegen.press import Edition
from sitegen.views import TermLink, TermsView

ON_A_PAGE = 200
"""Terms on one page of a directory: about 6 KB, packed as it is sent."""


def plan(edition: Edition) -> Iterator[Job]:
    """Yield the job of every page of every directory."""
    for each in edition.site.taxonomies:
        if taxonomy.has_directory(each):
            yield from _directory(edition, each)


def _directory(edition: Edition, sorted_by: Taxonomy) -> Iterator[Job]:
    terms, whole = sorted_by.terms, f"All {sorted_by.plural}"
    total = pagination.pages_of(len(terms), ON_A_PAGE)
    above, _, _ = heads.section(edition, "/stories/")
    for number in range(1, total + 1):
        title = whole if number == 1 else f"{whole}, page {number}"
        address = pagination.numbered(sorted_by.address, number)
        view = TermsView(
            site=edition.view,
            here=heads.list_below(edition, above, address, title, f"{above.title}: {whole}"),
            heading=title,
            count=len(terms),
            terms=tuple(
                TermLink(term.label, term.address, len(term.stories), current=False)
                for term in terms[(number - 1) * ON_A_PAGE : number * ON_A_PAGE]
            ),
            pagination=pagination.pagination(sorted_by.address, number, total),
        )
        yield press.job(edition, "terms.html", view, cost=0.3 + 0.005 * len(view.terms))


def standing(site: Site) -> list[str]:
    """Return the address of every page that `plan` makes."""
    return [
        address
        for each in site.taxonomies
        if taxonomy.has_directory(each)
        for address in pagination.addresses(each.address, len(each.terms), ON_A_PAGE)
    ]
