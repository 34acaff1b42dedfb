"""Term directories: all terms of a taxonomy too long for the list pages."""

from collections.abc import Iterator

from sitegen.core.model import Site, StoryIndex, Taxonomy
from sitegen.engine.jobs import Job
from sitegen.site import metadata, page_jobs, pagination, taxonomy
from sitegen.site.context import SiteContext
from sitegen.templating.views import TermLink, TermsView

ON_A_PAGE = 200
"""Terms on one page of a directory: about 6 KB, gzipped."""


def plan(context: SiteContext) -> Iterator[Job]:
    """Yield the job of every page of every directory."""
    for index in context.site.indexes:
        for each in index.taxonomies:
            if taxonomy.has_directory(each):
                yield from _directory(context, index, each)


def _directory(context: SiteContext, index: StoryIndex, sorted_by: Taxonomy) -> Iterator[Job]:
    terms, whole = sorted_by.terms, f"All {sorted_by.plural}"
    total = pagination.pages_of(len(terms), ON_A_PAGE)
    above, _, _ = metadata.section(context, taxonomy.SEARCHABLE)
    for number in range(1, total + 1):
        title = whole if number == 1 else f"{whole}, page {number}"
        address = pagination.numbered(sorted_by.address, number)
        view = TermsView(
            site=context.view,
            here=metadata.list_head(context, above, address, title, f"{above.title}: {whole}", index.indexed),
            heading=title,
            index=index.address,
            count=len(terms),
            terms=tuple(
                TermLink(term.label, term.address, len(term.stories), current=False)
                for term in terms[(number - 1) * ON_A_PAGE : number * ON_A_PAGE]
            ),
            pagination=pagination.pagination(sorted_by.address, number, total),
        )
        yield page_jobs.job(context, "terms.html", view, cost=0.3 + 0.005 * len(view.terms))


def addresses(site: Site) -> list[str]:
    """Return the address of every page of `plan`."""
    return [
        address
        for index in site.indexes
        for each in index.taxonomies
        if taxonomy.has_directory(each)
        for address in pagination.addresses(each.address, len(each.terms), ON_A_PAGE)
    ]
