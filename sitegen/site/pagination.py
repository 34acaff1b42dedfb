"""Pagination: addresses of a list's pages, and the links between them."""

from collections.abc import Iterator

from sitegen.templating.views import NumberedPage, Pagination

FEW = 10
"""Pages of a list that needs only links to the previous and the next page."""


def pages_of(count: int, size: int) -> int:
    """Return the number of pages for `count` entries, `size` on each; at least one."""
    return max(1, -(-count // size))


def addresses(address: str, count: int, size: int) -> Iterator[str]:
    """Yield the addresses of all pages of a list that begins at an address."""
    return (numbered(address, number) for number in range(1, pages_of(count, size) + 1))


def numbered(address: str, number: int) -> str:
    """Return the address of one page of a list; the first is the list's own."""
    return address if number == 1 else f"{address}page/{number}/"


def pagination(address: str, number: int, total: int) -> Pagination:
    """Return the position and links of one page of a list."""
    return Pagination(
        number=number,
        total=total,
        previous=numbered(address, number - 1) if number > 1 else "",
        next=numbered(address, number + 1) if number < total else "",
        leaps=tuple(NumberedPage(far, numbered(address, far)) for far in _leaps(number, total)),
    )


def _leaps(number: int, total: int) -> list[int]:
    """Return the numbers of the pages 10, 100, 1,000 … pages away, the first and the last, in order.

    Their count grows with the logarithm of the list's length, and so does the distance between two pages.
    """
    if total <= FEW:
        return []
    leaps = {1, total}
    step = 10
    while step < total:
        leaps |= {number - step, number + step}
        step *= 10
    return sorted(far for far in leaps - {number - 1, number, number + 1} if 1 <= far <= total)
