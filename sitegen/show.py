"""What is shown to people at length: the register of consent, the receipt of a take-down."""

from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.table import Table

from sitegen import register
from sitegen.collection import Collected
from sitegen.takedown import Receipt
from sitegen.words import count, say, say_problem


def show_register(found: register.Register) -> None:
    """Print the register as a table."""
    table = Table(title=f"Consent on {found.day}", title_justify="left", box=None, pad_edge=False)
    for name in ("file", "public", "until, or why not"):
        table.add_column(name, overflow="fold")
    for entry in found.published:
        table.add_row(entry.path, "yes", str(entry.last or "no end"))
    for withheld in found.withheld:
        table.add_row(withheld.path, "no", withheld.reason)
    console = Console(highlight=False)
    console.print(table)
    for days in register.HORIZONS:
        ending = ", ".join(entry.path for entry in found.ending(days)) or "none"
        console.print(f"Ending within {days} days: {ending}", markup=False, soft_wrap=True)
    console.print(f"The site next changes by itself on: {found.next_change or 'no day that is known'}")
    if found.ended:
        console.print("Ended, and still published:", ", ".join(found.ended), markup=False, soft_wrap=True)
    say(
        "Next: sitegen build"
        if found.ended
        else "Next: sitegen withdraw NAME, when somebody changes their mind"
    )


def register_as_object(found: register.Register) -> dict[str, Any]:
    """Return the register as it goes into JSON."""
    return {
        "day": str(found.day),
        "published": [
            {"path": entry.path, "until": str(entry.last) if entry.last else None}
            for entry in found.published
        ],
        "withheld": [asdict(withheld) for withheld in found.withheld],
        "ending": {str(days): [entry.path for entry in found.ending(days)] for days in register.HORIZONS},
        "next_change": str(found.next_change) if found.next_change else None,
        "ended": list(found.ended),
    }


def show_receipt(receipt: Receipt, day: date) -> None:
    """Print what was taken down, what is proved, and what this program can't reach."""
    if receipt.problem:
        say_problem(receipt.problem)
    elif receipt.written:
        click.echo(f"{receipt.path}: withdrawn from {day} on; nothing else in the file was changed.")
    else:
        click.echo(f"{receipt.path}: not changed; it was withdrawn already, or has no consent to withdraw.")
    if receipt.proof is None:
        say(
            f"It is still public, and comes down with the build of {day}."
            if not receipt.report.site_at_fault
            else ""
        )
        return
    click.echo(f"Removed from the site: {count(len(receipt.removed), 'address', 'addresses')}.")
    for address in receipt.removed:
        click.echo(f"  {address}")
    proof = receipt.proof
    click.echo(
        f"Looked through every byte of {count(proof.files, 'file')} in public/ and .sitegen/ "
        f"for {count(proof.things, 'thing')}: words, addresses, cards, the photos' names, and how they look."
    )
    for trace in proof.traces:
        say(f"{trace.path}: still has {trace.what}.", fg="red")
    if not proof.traces:
        click.echo("Nothing of the story is left there.")
    click.echo(BEYOND)


def show_collected(done: Collected, folder: Path) -> None:
    """Print which cards were collected where, and what comes next."""
    cards = len([path for path in (*done.written, *done.kept) if path.endswith(".jpg")])
    for path in done.foreign:
        say(f"{folder / path}: left as it is; sitegen did not make it, or somebody changed it.", fg="yellow")
    for path in done.over:
        say(f"{folder / path}: delete this by hand; it may not be shared any more.", fg="red")
    for path, letters in done.unset.items():
        say(f"{path}: no card; the fonts don't have {letters}.", fg="yellow")
    say(
        f"Collected {count(cards, 'card')} in {folder}/, each with its words beside it: "
        f"{count(len(done.written), 'file')} written, {len(done.kept)} kept, {len(done.removed)} removed.",
        fg="green",
    )
    say(
        "Next: post them with the words from the .txt files, and run this again whenever a consent ends."
        if cards
        else "Next: a story has a card where its consent covers `social`."
    )


BEYOND = """\
What this can't reach, and somebody has to see to:
  - the site on the web: deploy now, and delete old deployments at the host;
  - search engines: ask them to forget the addresses above;
  - the version history of this folder: the file and the photo are still in it, and in every copy of it;
  - copies elsewhere: social media, newsletters, web archives, screenshots, cards that were collected
    (sitegen cards takes them out of its folder).
Next: deploy the site, then hand the addresses above to whoever keeps them."""
