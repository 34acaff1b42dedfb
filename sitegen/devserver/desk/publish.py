"""Publish: shows what will change, then publishes it, as `sitegen deploy` does."""

import os
from dataclasses import replace

from sitegen.commands import publication
from sitegen.commands.deploy import DeployError
from sitegen.commands.publication import Publication
from sitegen.devserver.desk import pages
from sitegen.devserver.desk.context import Desk, Request
from sitegen.devserver.desk.prepared import Prepared
from sitegen.devserver.routes import Answer
from sitegen.pipeline.request import BuildReport, BuildRequest


def page(desk: Desk, request: Request) -> Answer:
    """Return what was just prepared or published; without a query, the first step."""
    prepared = desk.prepared if "shown" in request.query else None
    return pages.page("publish.html", desk, prepared=prepared, again="again" in request.query)


def prepare(desk: Desk) -> Answer:
    """Build the site, and show what publishing it would change."""
    report = _built(desk)
    desk.prepared = Prepared(report)
    if not report.site_at_fault:
        try:
            with publication.prepared(desk.root, desk.root / "public", desk.destination) as ready:
                desk.prepared = _described(report, ready)
        except DeployError as error:
            desk.prepared = Prepared(report, error=str(error))
    return Answer(303, location="/_desk/publish/?shown=1")


def publish(desk: Desk) -> Answer:
    """Publish what was shown; if something has changed since then, show that instead."""
    shown, report = desk.prepared, _built(desk)
    if report.site_at_fault or shown is None:
        desk.prepared = Prepared(report)
        return Answer(303, location="/_desk/publish/?shown=1")
    try:
        with publication.prepared(desk.root, desk.root / "public", desk.destination) as ready:
            desk.prepared = _described(report, ready)
            if desk.prepared.changes != shown.changes:
                return Answer(303, location="/_desk/publish/?shown=1&again=1")
            ready.publish()
            desk.prepared = replace(desk.prepared, is_done=True)
    except DeployError as error:
        desk.prepared = Prepared(report, error=str(error))
    return Answer(303, location="/_desk/publish/?shown=1")


def _built(desk: Desk) -> BuildReport:
    request = BuildRequest(desk.root, desk.root / "public", desk.session.today(), workers=os.cpu_count() or 1)
    return publication.build_whole(request, lambda _: None)


def _described(report: BuildReport, ready: Publication) -> Prepared:
    return Prepared(report, ready.changes, ready.where, ready.has_history)
