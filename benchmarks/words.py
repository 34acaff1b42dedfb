"""Words and sentence patterns of the invented stories."""

FIELDS = [
    "Robotics", "Chemistry", "Bioengineering", "Computer Science", "Marine Biology", "Astronomy",
    "Civil Engineering", "Mathematics", "Environmental Science", "Neuroscience", "Data Science", "Nursing",
]  # fmt: skip

PLACES = [
    "Northside", "Southside", "Riverbend", "Hillcrest", "Maplewood", "Lakeview", "Fairmount", "Eastgate",
    "Westbrook", "Germantown", "Kensington", "Overbrook", "Roxborough", "Bartram", "Cobbs Creek",
    "Point Breeze", "Fishtown", "Strawberry Mansion", "Wissahickon", "Tacony",
]  # fmt: skip

SCHOOL_KINDS = ["High School", "Academy of Sciences"]

TOPICS = [
    "mentoring", "community", "teaching", "first in family", "competitions", "scholarships", "internships",
    "maker spaces", "coding", "health", "climate", "space", "oceans", "music", "sports", "languages", "art",
    "family", "volunteering", "college", "apprenticeships", "research", "summer programs", "leadership",
    "public speaking", "neighborhoods", "food", "energy", "transport", "games",
]  # fmt: skip

YEARS = ["9th grade", "10th grade", "11th grade", "12th grade", "Freshman", "Sophomore", "Junior", "Senior"]

FIRST_NAMES = [
    "Ada", "Amara", "Amir", "Anaya", "Andre", "Aria", "Asha", "Bella", "Ben", "Bilal", "Brianna", "Caleb",
    "Camila", "Carlos", "Chidi", "Chloe", "Dalia", "Damon", "Daniel", "Destiny", "Diego", "Ebony", "Elena",
    "Elijah", "Emeka", "Emma", "Esther", "Ethan", "Fatima", "Felix", "Gabriel", "Gloria", "Hana", "Hasan",
    "Imani", "Ines", "Isaac", "Isabel", "Jabari", "Jada", "Jamal", "Jasmine", "Javier", "Joao", "Jordan",
    "Josefa", "Kai", "Kamal", "Keisha", "Kenji", "Kiara", "Kofi", "Lamar", "Leila", "Leon", "Lin", "Luis",
    "Luz", "Mai", "Makayla", "Malik", "Maria", "Mariah", "Mateo", "Maya", "Mei", "Milan", "Mina", "Naomi",
    "Nia", "Nico", "Noor", "Olivia", "Omar", "Orion", "Paloma", "Pedro", "Priya", "Quinn", "Rafael", "Ravi",
    "Rosa", "Ruth", "Sami", "Selena", "Simone", "Sofia", "Tariq", "Tasha", "Tiana", "Tomas", "Uma",
    "Valentina", "Victor", "Wei", "Xavier", "Yara", "Yusuf", "Zara", "Zion",
]  # fmt: skip

# Syllables of surnames: 20 by 7 by 20 make 2,800 of them, for 280,000 people.
ONSETS = [
    "b", "br", "c", "d", "f", "g", "gr", "h", "k", "l", "m", "n", "p", "r", "s", "st", "t", "tr", "v", "w",
]  # fmt: skip
NUCLEI = ["a", "e", "i", "o", "u", "ai", "ou"]
CODAS = [
    "bandt", "ckley", "dersen", "ffery", "gaard", "kova", "lland", "mura", "ngton", "nkins", "ppel",
    "rdell", "rrera", "shara", "sselin", "ttley", "varro", "wande", "xford", "zinski",
]  # fmt: skip

DOES = [
    "build", "repair", "study", "draw", "program", "measure", "share", "explain", "take apart", "improve",
    "test", "design", "look after", "write about", "count",
]  # fmt: skip

DOES_THIRD = [
    "builds", "repairs", "studies", "draws", "programs", "measures", "shares", "explains", "takes apart",
    "improves", "tests", "designs", "looks after", "writes about", "counts",
]  # fmt: skip

OBJECTS = [
    "small robots", "a weather station", "water filters", "bridges of paper", "an old radio",
    "solar panels", "maps of the neighborhood", "the school's telescope", "a garden on the roof",
    "prosthetic hands", "sensors for the river", "models of the heart", "a bicycle generator",
    "games for younger children", "the library's printers", "rockets of cardboard", "wind turbines",
    "a beehive with a scale", "medicine bottles", "circuits on breadboards", "microscopes",
    "bird boxes with cameras", "the neighbors' computers", "a tide calendar", "algorithms", "proteins",
    "bacteria in the soil", "star charts", "bus routes", "crystals",
]  # fmt: skip

SITES = [
    "at the kitchen table", "in the school's lab", "at the community center", "in the garage",
    "down by the river", "in the public library", "at a summer camp", "on the bus",
    "in a workshop downtown", "at the science fair",
]  # fmt: skip

TIMES = [
    "every Saturday", "after school", "during the winter break", "since third grade", "on long evenings",
    "twice a week", "whenever there's time", "before the sun comes up", "this summer",
    "for the second year now",
]  # fmt: skip

REASONS = [
    "nobody else would", "it helps people I know", "I like to see how things work",
    "my grandmother asked me to", "there wasn't one in our neighborhood", "it's the best puzzle there is",
    "a teacher believed in me", "somebody has to begin", "I wish it had existed when I was small",
    "the river deserves it",
]  # fmt: skip

PEOPLE = [
    "a mentor", "the physics teacher", "a neighbor", "an older cousin", "a college student",
    "the librarian", "a nurse from the clinic", "an engineer", "the robotics coach", "a friend's mother",
]  # fmt: skip

FEELINGS = ["proud", "curious", "patient", "nervous", "sure", "stubborn", "hopeful", "at home", "surprised"]

HEADINGS = [
    "How it began", "What comes next", "A second try", "The team", "Learning by doing", "Giving back",
    "The hardest part", "What others say",
]  # fmt: skip

SHAPES = [
    "{first} {does} {thing} {place}, and {when} there is something new to see.",
    "It began with {thing}.",
    '"I {do} {thing} because {reason}," {first} says.',
    "{when} {first} meets {person} {place}, and together they look at {thing} and {other}.",
    "What looked like {thing} turned out to be the way to {other}.",
    "\"Don't wait until you're {feeling},\" {person} said, and that's what stayed.",
    "There weren't many who could explain {thing}, so {first} asked {person}.",
    "Most of it happens {place}, {when}, with whatever is at hand.",
    "The first version didn't work; the second one did, though not for long.",
    "By now {person} asks {first} for advice about {thing}, which feels {feeling} and a little strange.",
    "{first}'s friends say that nobody {does} {thing} with so much patience.",
    "Some days end without a result, and {first} has learned to be {feeling} about it.",
    "In the end it isn't about {thing}: it's about who gets to {do} them.",
    '"When I\'m {feeling}," says {first}, "I go back to {thing} and start again."',
    "Between {thing} and {other} lies a year of trying, asking, measuring and trying again.",
]

LINKS = [
    "More of that is told on [the page of all stories](/stories/).",
    "The collective's [mission](/mission/) says why this matters.",
    "The plans are [on the web](https://example.org/plans?of=this&and=that) for everyone to use.",
    "There's a [calendar of workshops](https://example.com/calendar/) that anybody can join.",
    "Whoever wants to help finds out how [on this page](/join/).",
]

EMPHASES = [
    "For {first} that is the *whole point*.",
    "The rule is simple: **ask first**, then build, then ask *again*.",
    "It's the *second* answer that counts, and {first} **never** stops at the first.",
    "That's a lot of work, and it's **worth it**.",
]

NAMES = [
    "Zoë Núñez", "Łucja Wałęsa", "Chloé Lefèvre", "Søren Ødegård", "Ọlámidé Adéṣọlá", "Ánh Đào Nguyễn",
    "Αθηνά Παπά", "Олена Шевченко", "Çiğdem Yılmaz", "Þórður Jónsson",
]  # fmt: skip

RARE_MARKDOWN = [
    "| Day | What we built |\n|---|---|\n| Monday | the frame |\n| Friday | the motor |",
    "It began with a broken radio.[^1]\n\n[^1]: It works today.",
    "1. First we measured:\n    - the width\n    - the height\n2. Then we sawed.",
    "```\nwhile True:\n    measure()\n```",
]
"""Blocks that only a whole Markdown parser reads."""
