"""Command `serve`: previews the site while it is written."""
# ruff: noqa: PLC0415 - each command imports what it needs when it runs

import gc
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sitegen.cli.options import day_of, today, workers

if TYPE_CHECKING:
    from sitegen.devserver.session import ServeOptions


def _host_names(_context: click.Context, _option: click.Parameter, names: tuple[str, ...]) -> tuple[str, ...]:
    from sitegen.core.urls import PLAIN_HOST

    for name in names:
        if not PLAIN_HOST.fullmatch(name):
            raise click.BadParameter(f"{name} is no host name. Write it without https:// and without a port.")
    return names


@click.command("serve")
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=8000,
    show_default=True,
    help="The first port to try; 0 for any free port.",
)
@click.option(
    "--host",
    default="127.0.0.1",
    show_default=True,
    help="The address to listen on; 0.0.0.0 lets others on your network in, with a token.",
)
@click.option(
    "--allow-host",
    "forwarded",
    multiple=True,
    metavar="NAME",
    callback=_host_names,
    help="Also answer to this name, with a token: that of a forwarded port (Codespaces, ngrok).",
)
@click.option(
    "--to",
    "folder",
    type=click.Path(file_okay=False, path_type=Path),
    help="The folder that the desk publishes to, instead of a branch.",
)
@click.option(
    "--remote", default="origin", help="The git repository that the desk publishes to, as for deploy."
)
@click.option("--branch", default="gh-pages", help="The branch that the desk publishes to, as for deploy.")
@click.option("--open", "open_browser", is_flag=True, help="Also open the browser.")
@click.option(
    "--edit", is_flag=True, help="With --host or --allow-host: let those with the token change stories."
)
@click.option("--admin", is_flag=True, help="Offer forms for the content at /admin/ (Sveltia CMS).")
@today
@workers
@click.pass_obj
def serve_command(
    root: Path,
    port: int,
    host: str,
    forwarded: tuple[str, ...],
    folder: Path | None,
    remote: str,
    branch: str,
    open_browser: bool,
    edit: bool,
    admin: bool,
    today: date | None,
    jobs: int,
) -> None:
    """Preview the site while you write, drafts included. The browser updates after every save."""
    from sitegen.commands.publication import Destination
    from sitegen.devserver.session import ServeOptions

    if admin:
        from sitegen.devserver.admin import FETCH, is_installed

        if not is_installed(root):
            raise click.UsageError(
                f"Sveltia CMS is not installed in {root}. Install it with make admin, or: {FETCH}"
            )
    day_of(root, today)  # says what is wrong before the preview starts
    options = ServeOptions(root, port, host, today, jobs, open_browser, admin, forwarded, edit)
    _serve(replace(options, destination=Destination(folder.absolute() if folder else None, remote, branch)))


def _serve(options: "ServeOptions") -> None:
    from sitegen.cli import messages
    from sitegen.cli.progress import Bar
    from sitegen.devserver.serve import ListenError, serve

    gc.enable()  # a preview runs for hours
    try:
        serve(options, messages.say, Bar)
    except ListenError as error:
        raise click.UsageError(str(error)) from None
