"""Commands about consent: `consent`, `cards` and `withdraw`."""
# ruff: noqa: PLC0415 - each command imports what it needs when it runs

import json
import os
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sitegen.cli.consent_record import record_command
from sitegen.cli.options import (
    HELD_BACK,
    PUBLISHED,
    SITE_AT_FAULT,
    Day,
    as_json,
    day_of,
    exit_code,
    today,
    unknown_zone,
)
from sitegen.core.model import Kind
from sitegen.core.text import joined

if TYPE_CHECKING:
    from sitegen.commands.takedown import Receipt


@click.group(
    "consent", invoke_without_command=True, short_help="Show or record who allowed what, until when."
)
@click.option("--on", "day", type=Day(), default=None, help="The day to show; today if not given.")
@click.option(
    "--ics",
    "calendar",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write a calendar file with the last day of each consent, and reminders.",
)
@as_json
@click.pass_context
def consent_command(context: click.Context, day: date | None, calendar: Path | None, as_json: bool) -> None:
    """Show who is live, until when, and what changes next.

    With `record`, a signed consent is written into the file of a story or an item.
    """
    if context.invoked_subcommand:
        return
    from sitegen.cli import tables
    from sitegen.cli.messages import say
    from sitegen.commands import consent_calendar, consent_register

    root: Path = context.obj
    found = consent_register.read(root, root / "public", day_of(root, day))
    if calendar:
        calendar.write_bytes(consent_calendar.calendar(found))
        say(f"Written: {calendar}. Next: open it with your calendar, which reminds 90, 30 and 7 days before.")
    elif as_json:
        click.echo(json.dumps(tables.register_as_object(found), ensure_ascii=False, indent=1))
    else:
        tables.show_register(found)
    sys.exit(HELD_BACK if found.ended else PUBLISHED)


consent_command.add_command(record_command)


@click.command("cards")
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    required=True,
    help="The folder for them. Other files in it are left alone.",
)
@today
@click.pass_obj
def cards_command(root: Path, out: Path, today: date | None) -> None:
    """Draw a square card of each story that may be shared, for social media.

    The site is built first, so the cards are up to date. Each card comes with a text file that has its
    alternative text and a caption. Cards of stories that may no longer be shared are deleted from the folder.
    """
    from sitegen.build import build
    from sitegen.cli import messages, tables
    from sitegen.commands import card_export
    from sitegen.consent import gate
    from sitegen.engine import output_tree
    from sitegen.engine.workers import WorkerPool
    from sitegen.pipeline.load_site import load_site
    from sitegen.pipeline.request import BuildRequest

    now, public = day_of(root, today), root / "public"
    reason = output_tree.refusal_reason(out.absolute(), root) or card_export.refused(out.absolute(), public)
    if reason:
        raise click.UsageError(f"The cards can't be written to {out}: {reason}. Choose another folder.")
    workers = os.cpu_count() or 1
    report = build(BuildRequest(root, public, now, workers=workers), messages.say)
    messages.tell(report)
    if not report.site_at_fault:
        found = load_site(root, today=now)
        stories, _ = gate.clear(found.valid.stories, now)
        shown = tuple(story for story in stories if story.source.path not in report.held_back)
        with WorkerPool(workers) as pool:
            done = card_export.collect(found.settings, shown, public, out, pool)
        tables.show_collected(done, out)
    sys.exit(exit_code(report))


@click.command("withdraw", short_help="Withdraw consent, and prove that nothing is left.")
@click.argument("slug")
@click.option(
    "--on",
    "day",
    type=Day(),
    default=None,
    help="The first day on which the story is not public; today if not given.",
)
@click.option(
    "--person", metavar="NAME", help="Whose consent is withdrawn, if there are several people in the file."
)
@today
@click.pass_obj
def withdraw_command(root: Path, slug: str, day: date | None, person: str | None, today: date | None) -> None:
    """Withdraw the consent for a story, rebuild the site without it, and prove that nothing is left.

    SLUG is the name of the story's file without .md, such as maya-lopez, or the person's name. A story or
    an item of several people is taken down for all of them when one person withdraws.
    """
    from sitegen.cli import messages, submissions, tables
    from sitegen.commands import takedown
    from sitegen.content import site_zone
    from sitegen.pipeline.request import BuildRequest

    if today is None and (problem := unknown_zone(root)):
        messages.say(f"{problem} The day is taken from UTC.", fg="yellow")  # a withdrawal never waits
    now = today or site_zone.today(root)
    source = submissions.source_of(root, slug)
    people = takedown.people(root, source)
    chosen = submissions.person_of(source.path, people, person, "Whose consent is withdrawn?")
    if chosen or source.kind is Kind.ITEM:
        names = joined([each.name for each in people]) if chosen else ""
        whom = f"everyone in it{': ' if names else ''}{names}"
        messages.say(f"{source.path}: this takes the {source.kind} down for {whom}.")
    request = BuildRequest(root, root / "public", now, workers=os.cpu_count() or 1)
    receipt = takedown.take_down(request, source, day or now, messages.say, chosen)
    if receipt.from_published:
        messages.tell_problems(receipt.report)
    else:
        messages.tell(receipt.report)
    tables.show_receipt(receipt, day or now)
    sys.exit(_exit_code_of(receipt))


def _exit_code_of(receipt: "Receipt") -> int:
    """Return 1 where something of the story may be left, 3 where other people's texts have to be looked at.

    What others have sent in is never a fault of the site.
    """
    proof = receipt.proof
    if receipt.failure or (proof and not proof.is_left_by_others_only):
        return SITE_AT_FAULT
    has_to_be_looked_at = proof and (not proof.is_clean or proof.quotes)
    return HELD_BACK if receipt.from_published or has_to_be_looked_at else exit_code(receipt.report)
