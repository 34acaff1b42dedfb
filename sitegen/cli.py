"""The command line: commands, words, colours, exit codes.

Each command imports what it needs when it runs: that takes several times as long as showing the help,
or as seeing that there is nothing to do.
"""
# ruff: noqa: PLC0415

import atexit
import gc
import json
import os
import sys
import traceback
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from sitegen.order import Report

from sitegen import __version__, deployer, groundwork, liaison
from sitegen.options import HELD_BACK, PUBLISHED, SITE_AT_FAULT, Day, as_json, today, workers

STOPPED = 130
"""128 and the number of the signal that Ctrl-C sends."""


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--root",
    type=click.Path(file_okay=False, exists=True, path_type=Path),
    default=Path(),
    help="The folder of the site; this one if not given.",
)
@click.version_option(__version__, message="sitegen %(version)s")
@click.pass_context
def sitegen(context: click.Context, root: Path) -> None:
    """Make a website of Markdown files; show nothing of anybody without their consent."""
    context.obj = root.resolve()


@sitegen.command("build")
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    help="The folder to publish into; public/ in the site's folder if not given.",
)
@today
@click.option("--clean", is_flag=True, help="Make everything anew.")
@click.option("--force", is_flag=True, help="Move files aside that are not the site's.")
@click.option("--explain", is_flag=True, help="Say of each file why it is made.")
@workers
@as_json
@click.pass_obj
def build_command(
    root: Path,
    out: Path | None,
    today: date | None,
    clean: bool,
    force: bool,
    explain: bool,
    jobs: int,
    as_json: bool,
) -> None:
    """Build the site and publish it."""
    from sitegen import glance, words
    from sitegen.order import Order

    out = Path(os.path.abspath(out)) if out else root / "public"  # noqa: PTH100 - links must stay visible
    order = Order(root, out, today or date.today(), clean=clean, workers=jobs, force=force)
    report = glance.nothing_to_do(order)
    if report is None:
        from sitegen.build import build
        from sitegen.progress import Bar

        with Bar() as bar:
            report = build(order, bar.say, bar.say if explain else lambda _: None, progress=bar.tell)
    words.tell(report, as_json)
    if not as_json and not report.site_at_fault:
        words.say_published(report, out)
    sys.exit(_exit_code(report))


@sitegen.command("check", short_help="Say what is wrong, and what could be better.")
@today
@workers
@as_json
@click.option("--fix", is_flag=True, help="Mend what has one mend only, and show the difference.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["words", "github"]),
    default="words",
    help="Words for people, or notes on the lines of a pull request.",
)
@click.option("--external", is_flag=True, help="Ask other websites whether the links to them still work.")
@click.pass_obj
def check_command(
    root: Path, today: date | None, jobs: int, as_json: bool, fix: bool, form: str, external: bool
) -> None:
    """Say everything that a build would say, and what could be better; write nothing.

    Advice holds nothing back. --fix mends fences, line ends, dates, and colons that are in the way.
    """
    from sitegen import annotations, proofreading, words
    from sitegen.order import Order
    from sitegen.progress import Bar

    for difference in proofreading.mend(root) if fix else ():
        click.echo(difference, err=as_json)
    order = Order(root, root / "public", today or date.today(), workers=jobs, publish=False)
    with Bar() as bar:
        proofs = proofreading.proofread(order, external, bar.tell)
    if as_json:
        found = words.proofs_as_object(proofs.report, proofs.advice)
        click.echo(json.dumps(found, ensure_ascii=False, indent=1))
    elif form == "github":
        for problem in proofs.report.problems:
            click.echo(annotations.annotation(problem))
        for problem in proofs.advice:
            click.echo(annotations.annotation(problem, is_advice=True))
    else:
        words.tell_proofs(proofs.report, proofs.advice)
        words.say_mendable(proofs.mendable)
        if not proofs.report.site_at_fault:
            words.say_checked(proofs.report)
    sys.exit(_exit_code(proofs.report))


@sitegen.command("serve")
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=8000,
    show_default=True,
    help="The first port to try; 0 for any.",
)
@click.option(
    "--host",
    default="127.0.0.1",
    show_default=True,
    help="The address to listen at; 0.0.0.0 lets others in your network in, by a token.",
)
@click.option("--open", "open_browser", is_flag=True, help="Open the browser, too.")
@click.option("--admin", is_flag=True, help="Offer forms for the content at /admin/ (Sveltia CMS).")
@today
@workers
@click.pass_obj
def serve_command(
    root: Path, port: int, host: str, open_browser: bool, admin: bool, today: date | None, jobs: int
) -> None:
    """Show the site while you write, with what is not public yet; every save is seen at once."""
    from sitegen.house import Wish
    from sitegen.preview import Deaf, serve

    if admin:
        from sitegen.admin import FETCH, is_here

        if not is_here(root):
            raise click.UsageError(
                f"Sveltia CMS is not in {root}. Fetch it there with make admin, or: {FETCH}"
            )
    gc.enable()  # this one goes on for hours
    try:
        serve(Wish(root, port, host, today, jobs, open_browser, admin))
    except Deaf as deaf:
        raise click.UsageError(str(deaf)) from None


@sitegen.command("consent")
@click.option("--on", "day", type=Day(), default=None, help="The day to ask about; today if not given.")
@as_json
@click.pass_obj
def consent_command(root: Path, day: date | None, as_json: bool) -> None:
    """Show who is public, until when, and what changes next."""
    from sitegen import register, show

    found = register.read(root, root / "public", day or date.today())
    if as_json:
        click.echo(json.dumps(show.register_as_object(found), ensure_ascii=False, indent=1))
    else:
        show.show_register(found)
    sys.exit(HELD_BACK if found.ended else PUBLISHED)


@sitegen.command("cards")
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    required=True,
    help="The folder to collect them in; what is in it already stays.",
)
@today
@click.pass_obj
def cards_command(root: Path, out: Path, today: date | None) -> None:
    """Collect the square cards of all stories that may be shared, for social media.

    The site is built first, so that they are those of today. Beside each card lies its alternative text
    and a caption. Cards of stories that may not be shared any more are taken out of the folder.
    """
    from sitegen import collection, consent, output, show, words
    from sitegen.build import build
    from sitegen.order import Order
    from sitegen.survey import survey

    now, public = today or date.today(), root / "public"
    reason = output.refused(out.absolute(), root) or collection.refused(out.absolute(), public)
    if reason:
        raise click.UsageError(f"the cards can't be collected in {out}: {reason}. Name another folder.")
    report = build(Order(root, public, now, workers=os.cpu_count() or 1), words.say)
    words.tell(report)
    if not report.site_at_fault:
        found = survey(root)
        stories, _ = consent.clear(found.sound.stories, now)
        shown = tuple(story for story in stories if story.source.path not in report.held_back)
        show.show_collected(collection.collect(found.settings, shown, public, out), out)
    sys.exit(_exit_code(report))


@sitegen.command("withdraw", short_help="Take back a consent, and prove that nothing is left.")
@click.argument("slug")
@click.option(
    "--on",
    "day",
    type=Day(),
    default=None,
    help="The first day on which nothing is public; today if not given.",
)
@today
@click.pass_obj
def withdraw_command(root: Path, slug: str, day: date | None, today: date | None) -> None:
    """Take back the consent of a story, publish without it, and prove that nothing is left.

    SLUG is the name of the story's file, without its ending.
    """
    from sitegen import show, takedown, words
    from sitegen.order import Order
    from sitegen.survey import survey

    now = today or date.today()
    found = survey(root)
    source = takedown.find(found, slug)
    if isinstance(source, str):
        hint = f' Did you mean "{source}"?' if source else ""
        raise click.UsageError(f'there is no story or item "{slug}".{hint}')
    order = Order(root, root / "public", now, workers=os.cpu_count() or 1)
    receipt = takedown.take_down(order, found, source, day or now, words.say)
    words.tell(receipt.report)
    show.show_receipt(receipt, day or now)
    left = receipt.proof and receipt.proof.traces
    sys.exit(_exit_code(receipt.report) or (SITE_AT_FAULT if left else PUBLISHED))


sitegen.add_command(liaison.new_command)
sitegen.add_command(liaison.import_command)
sitegen.add_command(groundwork.init_command)
sitegen.add_command(groundwork.schema_command)
sitegen.add_command(deployer.deploy_command)


def main() -> None:
    """Run the command line; whatever happens ends in words and an exit code, never in a traceback."""
    # to look for what refers back to itself takes a seventh of the time that is spent on importing, and at
    # the end, when all of it is going anyway, as long again
    gc.disable()
    atexit.register(gc.freeze)
    try:
        sitegen(standalone_mode=True)
    except (Exception, KeyboardInterrupt) as error:
        sys.exit(_failed(error))


def _failed(error: BaseException) -> int:
    """Say what kept a command from its end, and return the exit code."""
    from sitegen import words

    if isinstance(error, KeyboardInterrupt):
        words.say("Stopped. Nothing was published; the old site stands.")
        return STOPPED
    if isinstance(error, OSError):
        place = f"{error.filename}: " if error.filename else ""
        words.say(f"{place}{error.strerror or error}. Nothing was published; the old site stands.", fg="red")
        return SITE_AT_FAULT
    if os.environ.get("SITEGEN_DEBUG"):
        traceback.print_exception(error)
    words.say(f"sitegen itself is at fault: {type(error).__name__}: {error}", fg="red")
    words.say("Nothing was published; the old site stands.")
    words.say("Next: run it again with SITEGEN_DEBUG=1 set, and report what it prints.")
    return SITE_AT_FAULT


def _exit_code(report: "Report") -> int:
    if report.site_at_fault:
        return SITE_AT_FAULT
    return HELD_BACK if report.held_back else PUBLISHED
