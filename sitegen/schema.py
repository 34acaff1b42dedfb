"""The written form of each kind of content: which keys it takes, and what to say if not.

`fill` returns a filled form, or every fault at once. Descriptions and examples are what hints are
made of.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError
from pydantic_core import ErrorDetails

from sitegen.limits import MOST_FAULTS
from sitegen.model import Contact, Focus, Kind
from sitegen.problems import did_you_mean
from sitegen.values import (
    Aliases,
    Consenter,
    Date,
    Email,
    FocalPoint,
    Language,
    Languages,
    Layout,
    Line,
    Number,
    Prose,
    Scopes,
    SiteAddress,
    Term,
    Terms,
    WebAddress,
    YesOrNo,
    listed,
    mapped,
)

# -- forms ----------------------------------------------------------------------------------


class Form(BaseModel):
    """A form takes the keys that it names and no others."""

    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True)


class ConsentForm(Form):
    """What was allowed, when, by whom. Never published."""

    form: Line = Field("", description="where the signed form is filed", examples=["R-0042"])
    given: Date = Field(description="the day of the signature", examples=["2024-10-20"])
    by: Consenter = Field("self", description="self or guardian", examples=["guardian"])
    covers: Scopes = Field((), description="the uses it opens", examples=["[website, photo]"])
    until: Date | None = Field(None, description="its last day", examples=["2026-10-20"])
    withdrawn: Date | None = Field(None, description="the day it was taken back", examples=["2026-05-01"])


ConsentOf = Annotated[ConsentForm, BeforeValidator(mapped)]


class StoryForm(Form):
    """`content/stories/SLUG.md`"""

    name: Line = Field(description="first and last name", examples=["Maya Lopez"])
    school: Term = Field("", description="the school, in full", examples=["Central High School"])
    year: Line = Field("", description="the year at school, in any words", examples=["11th grade"])
    field: Term = Field("", description="the field that the story is about", examples=["Robotics"])
    role: Line = Field("", description="what the person does in the collective", examples=["Mentor"])
    date: Date = Field(description="the day of the story", examples=["2024-11-04"])
    headshot: Line = Field("", description="a picture file beside this one", examples=["maya-lopez.jpg"])
    alt: Prose = Field("", description="what the picture shows", examples=["Maya at her workbench"])
    focus: FocalPoint = Field(Focus(), description="the point that every crop keeps", examples=["50% 35%"])
    quote: Prose = Field(
        description="the sentence that leads the story", examples=["I build what I wish existed."]
    )
    title: Prose = Field("", description="made from name and field if left out", examples=["Maya, Robotics"])
    topics: Terms = Field((), description="what the story touches", examples=["[robotics, mentoring]"])
    draft: YesOrNo = Field(False, description="true keeps the story off the site", examples=["true"])
    publish: Date | None = Field(None, description="its first day on the site", examples=["2024-11-04"])
    expire: Date | None = Field(None, description="its first day off the site", examples=["2026-11-04"])
    aliases: Aliases = Field((), description="old addresses that lead here", examples=["[/old/address/]"])
    consent: ConsentOf | None = Field(None, description="what was allowed; never published")


class ItemForm(Form):
    """`content/members-in-action/SLUG.md`"""

    title: Prose = Field(description="what happened", examples=["A table at the science fair"])
    date: Date = Field(description="the day it happened", examples=["2024-09-14"])
    photo: Line = Field("", description="a picture file beside this one", examples=["science-fair.jpg"])
    alt: Prose = Field("", description="what the picture shows", examples=["A table with leaflets"])
    caption: Prose = Field("", description="the words below the photo", examples=["Our table in May."])
    people: YesOrNo = Field(False, description="whether people can be recognized", examples=["false"])
    consent: ConsentOf | None = Field(None, description="what was allowed; never published")


class ContactForm(Form):
    """A person to ask."""

    name: Line = Field(description="first and last name", examples=["Betsy Payne"])
    role: Line = Field("", description="what this person does", examples=["Manager"])
    email: Email = Field("", description="an address for letters", examples=["name@example.org"])

    def contact(self) -> Contact:
        """Return the contact as the site uses it."""
        return Contact(self.name, self.role, self.email)


ContactOf = Annotated[ContactForm, BeforeValidator(mapped)]


class PageForm(Form):
    """`content/SLUG.md`, and `index.md` in a section's folder."""

    title: Prose = Field(description="the heading of the page", examples=["Our mission"])
    summary: Prose = Field(
        "", description="one sentence for lists and search engines", examples=["Why we work."]
    )
    layout: Layout = Field("", description="the name of a template", examples=["page"])
    nav_order: Number | None = Field(None, description="its place in the menu", examples=["3"])
    statement: Prose = Field("", description="one sentence to stand out", examples=["STEM for everybody."])
    aliases: Aliases = Field((), description="old addresses that lead here", examples=["[/old/address/]"])
    lang: Language = Field("", description="its language, as a code", examples=["es"])
    translation_of: Line = Field("", description="the page this one translates", examples=["mission.md"])


class NetworkForm(Form):
    """`content/networks/SLUG.md`"""

    title: Prose = Field(description="its name", examples=["Philadelphia STEM Ecosystem"])
    summary: Prose = Field(
        "", description="one sentence for lists", examples=["It brings providers together."]
    )
    nav_order: Number | None = Field(None, description="its place in the list", examples=["1"])
    since: Line = Field("", description="the year it began", examples=["2015"])
    website: WebAddress = Field("", description="its own website", examples=["https://example.org"])
    contact: ContactOf | None = Field(None, description="whom to ask")
    aliases: Aliases = Field((), description="old addresses that lead here", examples=["[/old/address/]"])


class LinkForm(Form):
    """A label and where it leads: a content file or an address."""

    label: Line = Field(description="the words of the link", examples=["Mission"])
    to: Line = Field(description="a file in content, or an address", examples=["mission.md"])


class AccountForm(Form):
    """An account elsewhere."""

    name: Line = Field(description="where the account is", examples=["Instagram"])
    url: WebAddress = Field(description="its address", examples=["https://example.org/psec"])


class AnnouncementForm(Form):
    """A banner across the site between two days."""

    text: Prose = Field(description="the words of the banner", examples=["Join us on Saturday."])
    link: Annotated[LinkForm, BeforeValidator(mapped)] | None = Field(None, description="where it leads")
    start: Date = Field(alias="from", description="its first day", examples=["2024-09-01"])
    until: Date = Field(description="its last day", examples=["2024-10-10"])
    day: Date | None = Field(None, alias="date", description="the day of what is announced")
    place: Line = Field("", description="where that is, as in an address")


class ImagesForm(Form):
    """How hard pictures are compressed."""

    webp_quality: Annotated[Number, Field(ge=1, le=100, description="of WebP, 1 to 100")] = 80
    jpeg_quality: Annotated[Number, Field(ge=1, le=95, description="of JPEG, 1 to 95")] = 82


Links = Annotated[tuple[Annotated[LinkForm, BeforeValidator(mapped)], ...], BeforeValidator(listed)]
Accounts = Annotated[tuple[Annotated[AccountForm, BeforeValidator(mapped)], ...], BeforeValidator(listed)]


class SettingsForm(Form):
    """`content/site.yaml`"""

    name: Line = Field(
        description="the full name of the site", examples=["Philadelphia STEM Equity Collective"]
    )
    short_name: Line = Field("", description="its short form", examples=["PSEC"])
    url: SiteAddress = Field(description="the address of the site", examples=["https://example.org"])
    description: Prose = Field("", description="one sentence for search engines")
    languages: Languages = Field(("en",), description="as codes; the main one first", examples=["[en, es]"])
    navigation: Links = Field((), description="the main menu, from first to last")
    contact: ContactOf | None = Field(None, description="whom visitors can ask")
    social: Accounts = Field((), description="accounts on social media")
    announcement: Annotated[AnnouncementForm, BeforeValidator(mapped)] | None = Field(
        None, description="a banner between two days"
    )
    page_size: Annotated[Number, Field(ge=1, le=500)] = Field(24, description="stories on one page of a list")
    images: Annotated[ImagesForm, BeforeValidator(mapped)] = Field(
        ImagesForm(), description="how hard pictures are compressed"
    )
    cards: YesOrNo = Field(True, description="draw cards for shared links")
    fields: Terms = Field((), description="the fields that stories may name")
    topics: Terms = Field((), description="the topics that stories may name")


FORMS: Mapping[Kind, type[Form]] = {
    Kind.PAGE: PageForm,
    Kind.STORY: StoryForm,
    Kind.NETWORK: NetworkForm,
    Kind.ITEM: ItemForm,
}


# -- filling in -----------------------------------------------------------------------------

AnyForm = TypeVar("AnyForm", bound=Form)


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with the value at a path of keys; `on_key` where the key itself is."""

    path: tuple[str | int, ...]
    message: str
    hint: str
    on_key: bool = False


def fill(form: type[AnyForm], values: Mapping[str, object]) -> AnyForm | tuple[Fault, ...]:
    """Return the filled form, or all of its faults, in words for the person who wrote it."""
    try:
        return form.model_validate(_without_empty(values))
    except ValidationError as error:
        faults = error.errors(include_url=False)[:MOST_FAULTS]
        return tuple(_fault(form, detail, values) for detail in faults)


def _without_empty(value: Any) -> Any:
    """Drop keys and entries without a value: they count as not given."""
    if isinstance(value, Mapping):
        return {key: _without_empty(inner) for key, inner in value.items() if not _is_empty(inner)}
    if isinstance(value, list):
        return [_without_empty(inner) for inner in value if not _is_empty(inner)]
    return value


def _is_empty(value: object) -> bool:
    """Tell whether there is nothing in a value that a reader would see."""
    if isinstance(value, str):
        # nearly every value begins with a letter, so that none needs to be looked at one by one
        return not (
            value[:1].isalnum() or any(letter.isprintable() and not letter.isspace() for letter in value)
        )
    return value is None


def _as_written(path: tuple[str | int, ...], values: object) -> tuple[str | int, ...]:
    """Return a path with its positions counted as in the file, empty entries included."""
    written: list[str | int] = []
    for part in path:
        found = part
        if isinstance(part, int) and isinstance(values, list):
            found = [index for index, inner in enumerate(values) if not _is_empty(inner)][part]
        values = _inside(values, found)
        written.append(found)
    return tuple(written)


def _inside(value: object, part: str | int) -> object:
    if isinstance(value, Mapping):
        return value.get(part)
    return value[part] if isinstance(value, list) and isinstance(part, int) else None


def _fault(form: type[Form], detail: ErrorDetails, values: Mapping[str, object]) -> Fault:
    path = _as_written(detail["loc"], values)
    key = next((part for part in reversed(path) if isinstance(part, str)), "")
    where = _form_at(form, path)
    match detail["type"]:
        case "missing":
            return _missing(where, path, key, values)
        case "extra_forbidden":
            known = _keys(where)
            hint = _belongs(where, key) or did_you_mean(key, known) or f"The keys are {', '.join(known)}."
            return Fault(path, f'the key "{key}" is not known.', hint, on_key=True)
        case "refused":
            context = detail["ctx"]
            message = str(context["message"])
            one = isinstance(path[-1], int) and not message.startswith('"')
            return Fault(path, f"{'an entry of ' * one}{key} {message}", str(context["hint"]))
        case "greater_than_equal" | "less_than_equal":
            least, most = _bounds(where, key)
            return Fault(
                path,
                f"{key} {detail['input']} is out of range.",
                f"Write a number from {least} to {most}.",
            )
        case other:
            raise AssertionError(f"no words for {other}: {detail}")


def _missing(where: type[Form], path: tuple[str | int, ...], key: str, values: Mapping[str, object]) -> Fault:
    field = next(f for name, f in where.model_fields.items() if (f.alias or name) == key)
    example = (field.examples or ["…"])[0]
    inner: object = values
    for part in path[:-1]:
        inner = _inside(inner, part)
    if isinstance(inner, Mapping) and key in inner:
        return Fault(path, f"{key} has no value.", f"Write it behind the colon, such as {key}: {example}")
    around = next((part for part in reversed(path[:-1]) if isinstance(part, str)), "")
    if not around:
        return Fault(path, f"{key} is missing.", f"Add a line such as {key}: {example}", on_key=True)
    hint = f"Add an indented line such as {key}: {example}"
    return Fault(path, f"{key} is missing in {around}.", hint, on_key=True)


def _belongs(form: type[Form], key: str) -> str:
    """Say in which block of a form a key would be known, or nothing."""
    for name, field in form.model_fields.items():
        inner = _inner_form(field.annotation)
        if inner and key in _keys(inner):
            return f"It belongs below {field.alias or name}, indented by two spaces."
    return ""


def _form_at(form: type[Form], path: tuple[str | int, ...]) -> type[Form]:
    """Return the form that the last key of `path` belongs to."""
    for part in path[:-1]:
        if isinstance(part, str):
            field = next((f for name, f in form.model_fields.items() if (f.alias or name) == part), None)
            inner = _inner_form(field.annotation) if field else None
            form = inner or form
    return form


def _inner_form(annotation: Any) -> type[Form] | None:
    if isinstance(annotation, type) and issubclass(annotation, Form):
        return annotation
    for argument in getattr(annotation, "__args__", ()):
        found = _inner_form(argument)
        if found:
            return found
    return None


def _keys(form: type[Form]) -> list[str]:
    return [field.alias or name for name, field in form.model_fields.items()]


def _bounds(form: type[Form], key: str) -> tuple[int, int]:
    limits = form.model_fields[key].metadata
    least = next(limit.ge for limit in limits if hasattr(limit, "ge"))
    most = next(limit.le for limit in limits if hasattr(limit, "le"))
    return least, most
