"""Wrong holds: ordinary texts of people with ordinary words for last names are published."""

import random

from tests.support.site import Site
from tests.support.thorough import rounds

GIVEN = "Maya Ben Ana Noah Rosa Cy Zoe Liam Mia Omar Ines Kofi Lena Hope Rose Mark Will Grace"
ENGLISH = (
    "Young Long Park Stem Hope Rivers Stone Price Day Love Brown White King Bishop Cook Fields Banks Wood "
    "Green Hill Rich Strong Wise Bright Best Field Ford Bridges Woods Waters Snow Summers Winter May March "
    "Church"
)
OTHER = "Lopez Quigley Okafor Petrov Nakamura Delgado Flores Rios Luna Campos Santos Torres Reyes Cruz"
FIRST, WORDS, LAST = GIVEN.split(), ENGLISH.split(), f"{ENGLISH} {OTHER}".split()
TEACHERS = ("Ms. Abernathy", "Mr. Kowalczyk", "Dr. Osei", "Coach Tran", "Mrs. Villanueva", "Professor Haddad")
PLACES = (
    "Fairmount Park", "Long Island", "Strawberry Hill", "Rivers Casino", "Stone Harbor", "King of Prussia",
    "White House", "Wood Street", "Green Lane", "Church Road", "Ford Hall", "Snow Lab", "Cook County",
    "Santa Cruz", "Los Campos Center", "West Bridges Library",
)  # fmt: skip
PROGRAMS = (
    "the Young Makers Club", "STEM Night", "Girls Who Build", "the Bright Futures Program", "Summer Bridges",
    "the Hope Project", "Strong Minds", "Best Robotics", "the Day of Science", "May Fair", "March Madness",
)  # fmt: skip
SENTENCES = (
    "{teacher} showed us how to solder in {place}.",
    "We joined {program} and met young people from all over the city.",
    "{program} meets in {place} every Friday, and we love it.",
    "It took a long day to build, but we hope to win a prize.",
    "{word} is what I think of when I see {place}.",
    "In {place} we measured how {word} changes in winter.",
    "I want to be as {word} as {teacher} one day.",
    "{first} and I cook, read and build for {program}.",
    "My friend {first} will help me with the {word} project.",
    "{first}, best of all, likes {place}.",
    "Last year {first} may have been the only one in {program}.",
    "The {word} team of {place} won. Young and old came to see it.",
    "We took the bus to {place}. {word} people rarely go there.",
    "{teacher} says: Rich or poor, everybody can learn to code.",
    "“Long live {program},” said {teacher}.",
    "En mi barrio hay flores, luna y santos, y me gusta {place}.",
    "I read a {word} book by the river with {first}. Stone by stone we built it.",
)
MOST_WRONG = 200
"""At most one story of so many may be held back by mistake."""


def ordinary(chance: random.Random) -> str:
    """Return a text of some sentences about teachers, places, programs and friends."""
    return "\n\n".join(
        sentence.format(
            teacher=chance.choice(TEACHERS),
            place=chance.choice(PLACES),
            program=chance.choice(PROGRAMS),
            first=chance.choice(FIRST),
            word=chance.choice(WORDS).lower(),
        )
        for sentence in chance.sample(SENTENCES, 8)
    )


def test_at_most_one_in_two_hundred_ordinary_texts_is_held_back(site: Site) -> None:
    chance, stories = random.Random(3), rounds(200, 4000)
    texts = {f"s{number}": ordinary(chance) for number in range(stories)}
    for number, (slug, text) in enumerate(texts.items()):
        name = f"{FIRST[number % len(FIRST)]} {LAST[number % len(LAST)]}"
        covers = {"form": f"R-{10_000 + number}", "covers": "[website, search]"}
        site.story(slug, text, name=name, school=None, shown_as=FIRST[number % len(FIRST)], consent=covers)
    site.build()
    assert not site.report.site_at_fault
    wrong = [str(problem) for problem in site.report.problems]
    assert len(site.report.held_back) * MOST_WRONG <= stories, wrong[:20]
