"""Page jobs: one build job per page, its template and view fields as inputs."""

from collections.abc import Callable, Mapping
from dataclasses import fields
from functools import partial
from types import MappingProxyType
from typing import Any

from sitegen.core.urls import file_of
from sitegen.engine.jobs import Job, Make
from sitegen.engine.serialization import digest, pack
from sitegen.site.context import SiteContext
from sitegen.templating import environment


def job(
    context: SiteContext,
    template: str,
    view: Any,
    address: str = "",
    cost: float = 0.5,
    digests: Mapping[str, str] = MappingProxyType({}),
) -> Job:
    """Return the job of a page: its inputs are the template and every field of its view.

    `digests` has the digests of fields that many pages share, computed once.
    """
    inputs = {name: digests.get(name) or digest(getattr(view, name)) for name in _fields(view)}
    return job_of_file(context, template, address or view.here.address, inputs, lambda: view, cost)


def job_of_file(
    context: SiteContext,
    template: str,
    address: str,
    inputs: Mapping[str, str],
    view: Callable[[], Any],
    cost: float = 0.5,
) -> Job:
    """Return the job of a page whose view is made only if the job is stale: there are many stories.

    `inputs` has the digests of everything that the view is made of, besides the site itself. The template
    gets the fields unpacked by type, so `Markup` in a text field becomes plain text and is escaped.
    """

    def prepare() -> Make:
        made = view()
        packed = {name: pack(getattr(made, name)) for name in _fields(made)}
        return partial(
            environment.render, context.templates.packed, template, context.packed_site, type(made), packed
        )

    inputs = {
        f"templates/{template}": context.templates.digests[template],
        "site": context.site_digest,
        **inputs,
    }
    return Job((file_of(address),), inputs, prepare, cost)


def _fields(view: Any) -> list[str]:
    return [field.name for field in fields(view) if field.name != "site"]
