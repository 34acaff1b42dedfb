"""Content schema: the keys that each kind of content takes, as Pydantic models.

Hints are made of the descriptions and examples of the keys.
"""

from collections.abc import Mapping
from typing import Annotated

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Discriminator,
    Field,
    Tag,
)

from sitegen.content.field_types import (
    ANSWER,
    PEOPLE,
    Aliases,
    Consenter,
    Date,
    Email,
    FocalPoint,
    Globs,
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
    Zone,
    answer_or_people,
    listed,
    mapped,
    person,
    some_people,
)
from sitegen.core.model import Focus, Kind
from sitegen.core.settings import Contact


class Form(BaseModel):
    """A form takes the keys that it names and no others."""

    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True)


class ConsentForm(Form):
    """What was allowed, when, by whom. Never published."""

    form: Line = Field("", description="where the signed form is filed", examples=["R-0042"])
    source: Line = Field(
        "",
        description="the public page, where form is public-source",
        examples=["https://example.org/stories"],
    )
    given: Date = Field(description="the day of the signature", examples=["2024-10-20"])
    by: Consenter = Field("self", description="self or guardian", examples=["guardian"])
    covers: Scopes = Field((), description="the uses it opens", examples=["[website, photo]"])
    until: Date | None = Field(None, description="its last day", examples=["2026-10-20"])
    withdrawn: Date | None = Field(None, description="the day it was taken back", examples=["2026-05-01"])


ConsentOf = Annotated[ConsentForm, BeforeValidator(mapped)]


class PersonForm(Form):
    """One of several people in a story or an item."""

    name: Line = Field(description="first and last name", examples=["Maya Lopez"])
    shown_as: Line = Field(
        "", description="the name that the public sees without full-name", examples=["Maya"]
    )
    consent: ConsentOf | None = Field(None, description="what this person allowed; never published")


People = Annotated[
    tuple[Annotated[PersonForm, BeforeValidator(person)], ...],
    BeforeValidator(listed),
    AfterValidator(some_people),
]
YesNoOrPeople = Annotated[
    Annotated[YesOrNo, Tag(ANSWER)] | Annotated[People, Tag(PEOPLE)], Discriminator(answer_or_people)
]


PhotoOk = Annotated[
    YesOrNo,
    Field(description="whether pictures may be shown that a consent in another file doesn't cover"),
]


class StoryForm(Form):
    """`content/stories/SLUG.md`"""

    name: Line = Field(description="first and last name", examples=["Maya Lopez"])
    shown_as: Line = Field(
        "", description="the name that the public sees without full-name", examples=["Maya"]
    )
    school: Term = Field("", description="the school, in full", examples=["Central High School"])
    year: Line = Field("", description="the year at school, in any words", examples=["11th grade"])
    field: Term = Field("", description="the field that the story is about", examples=["Robotics"])
    role: Line = Field("", description="what the person does in the collective", examples=["Mentor"])
    date: Date = Field(description="the day of the story", examples=["2024-11-04"])
    headshot: Line = Field("", description="a picture file beside this one", examples=["maya.jpg"])
    alt: Prose = Field("", description="what the picture shows", examples=["Maya at her workbench"])
    focus: FocalPoint = Field(Focus(), description="the point that every crop keeps", examples=["50% 35%"])
    quote: Prose = Field(
        description="the sentence that leads the story", examples=["I build what I wish existed."]
    )
    own_words: YesOrNo = Field(
        True, description="false shows the quote as a headline, without quotation marks", examples=["false"]
    )
    title: Prose = Field("", description="made from name and field if left out", examples=["Maya, Robotics"])
    topics: Terms = Field((), description="what the story touches", examples=["[robotics, mentoring]"])
    draft: YesOrNo = Field(False, description="true keeps the story off the site", examples=["true"])
    publish: Date | None = Field(None, description="its first day on the site", examples=["2024-11-04"])
    updated: Date | None = Field(None, description="the day of the last correction", examples=["2025-02-03"])
    expire: Date | None = Field(None, description="its first day off the site", examples=["2026-11-04"])
    aliases: Aliases = Field((), description="old addresses that lead here", examples=["[/old/address/]"])
    contact_ok: YesOrNo = Field(
        False, description="whether contact data in the story may be public", examples=["true"]
    )
    photo_ok: PhotoOk = False
    consent: ConsentOf | None = Field(None, description="what was allowed; never published")
    people: People = Field((), description="several people, each with a name and consent of their own")


class GroupStoryForm(StoryForm):
    """A story of several people, which has their names below `people`."""

    name: Line = Field("", description="first and last name", examples=["Maya Lopez"])


class ItemForm(Form):
    """`content/members-in-action/SLUG.md`"""

    title: Prose = Field(description="what happened", examples=["A table at the science fair"])
    date: Date = Field(description="the day it happened", examples=["2024-09-14"])
    photo: Line = Field("", description="a picture file beside this one", examples=["science-fair.jpg"])
    alt: Prose = Field("", description="what the picture shows", examples=["A table with leaflets"])
    caption: Prose = Field("", description="the words below the photo", examples=["Our table in May."])
    people: YesNoOrPeople | None = Field(
        None, description="whether people can be recognized, or who; needed with a photo", examples=["false"]
    )
    draft: YesOrNo = Field(False, description="true keeps the item off the site", examples=["true"])
    contact_ok: YesOrNo = Field(
        False, description="whether contact data in the item may be public", examples=["true"]
    )
    photo_ok: PhotoOk = False
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
    photo_ok: PhotoOk = False


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
    photo_ok: PhotoOk = False


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
    keep: Globs = Field((), description="files of others in the finished site", examples=["[reports/**]"])
    timezone: Zone = Field(
        "", description="where days begin and end, as region and city", examples=["America/New_York"]
    )


FORMS: Mapping[Kind, type[Form]] = {
    Kind.PAGE: PageForm,
    Kind.STORY: StoryForm,
    Kind.NETWORK: NetworkForm,
    Kind.ITEM: ItemForm,
}
