"""Take-down: one button for a story, and the receipt of `sitegen withdraw`."""

import os

from sitegen.commands import takedown, takedown_receipt
from sitegen.content.written_people import WrittenPerson
from sitegen.core.model import Source
from sitegen.devserver.desk import pages
from sitegen.devserver.desk.context import Desk, Request
from sitegen.devserver.routes import Answer
from sitegen.pipeline.request import BuildRequest


def ask(desk: Desk, source: Source, why: str = "") -> Answer:
    """Return the page that says what a take-down does; `why` says what was not chosen."""
    people = takedown.people(desk.root, source)
    return pages.page("take_down.html", desk, 422 if why else 200, source=source, people=people, why=why)


def take_down(desk: Desk, source: Source, request: Request) -> Answer:
    """Take a story down, and return the receipt."""
    people = takedown.people(desk.root, source)
    person = _person(people, request.text("person"))
    if len(people) > 1 and person is None:
        return ask(desk, source, "Please choose whose consent is withdrawn.")
    today = desk.session.today()
    order = BuildRequest(desk.root, desk.root / "public", today, workers=os.cpu_count() or 1)
    receipt = takedown.take_down(order, source, today, lambda _: None, person)
    desk.session.build(frozenset({source.path}))
    lines = list(takedown_receipt.lines(receipt, today))
    return pages.page("receipt.html", desk, lines=lines, receipt=receipt, beyond=takedown_receipt.BEYOND)


def _person(people: tuple[WrittenPerson, ...], chosen: str) -> WrittenPerson | None:
    """Return the person of several whose position was chosen."""
    if len(people) < 2 or not chosen.isdecimal() or len(chosen) > 4 or int(chosen) >= len(people):
        return None
    return people[int(chosen)]
