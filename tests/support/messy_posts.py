"""Messy posts: made-up texts with everything that people paste from chats, GitHub and word processors."""

from collections.abc import Iterator
from itertools import count
from random import Random

from sitegen.core.visible_text import visible_text
from sitegen.markup.render import render

PIECES = (
    "{}:\n- {}\n- {}",
    "{}\n* {}\n  * {}\n    * {}\n* {}",
    "{}:\n1) {}\n2) {}\n   - {}",
    "{}\n1. {}\n2. {}\n\n   {}\n3. {}",
    "• {}\n•\xa0{}\n• {}",
    "{}\n\t•\t{}\n\t•\t{}",
    "- [x] {}\n- [ ] {}",
    "{}\n| {} | {} |\n|---|:-:|\n| {} | ~~{}~~ |\n{}",
    "{} | {}\n--|--\n{} | {}",
    "See https://{}.example/a_b_c, www.{}.example and <https://{}.example>.",
    "~~{}~~ **~~{}~~** {}",
    "{}\n```\n{}\n\n  {}\n```\n{}",
    "1. {}\n   ~~~ text\n   {}\n   ~~~\n2. {}",
    r"{} costs \$5 \~ \@{} \# {}",
    "{}\\\n{}  \n{}",
    "<details>\n<summary>{}</summary>\n\n**{}**\n- {}\n\n</details>",
    "<div>\n\n## {}\n*{}*\n\n</div>",
    "<div>{}</div>\n{}\n\n{}",
    "{} :smile: {} :+1: (:tada:) {}",
    "> {}\n> - {}\n>   - {}\n{}",
    "{}\n> {}\n- {}",
    "## {}\n- {}\n### {}\n{}",
    "**{}:** {}\n**{}:** {}",
    "- **{}**: {}\n\n    {}\n-   {}",
    "{}\n***\n{}\n- - -\n{}",
    "{}[^NOTE]\n\n[^NOTE]: {}\n    {}",
    "1. {}\n- {}\n+ {}\n2. {}",
    "- {}\n{}\n\n{}",
    "{} in\n2009. {}",
    "[{}](https://a.example) [{}] (x)",
    "{} & {} < {} > 5",
    "“{}” – ‘{}’… {}",
    "### **{}**\n{}\n- **{}** – {}",
    "- {}\n   - {}\n      - {}\n         - {}",
    "- - {}\n  - {}\n- ## {}",
    "-\n  {}\n-\n- {}",
    "    {}\n\n{}",
    "\u200b{}\xa0{}\u2028{}",
    "10. {}\n\n    {}\n11. {}",
    "{}\r\n- {}\r\n- {}",
)
"""Each pair of braces is filled with a word that no other has, NOTE with the name of a footnote."""

RAW_MARKS = ("**", "~~", "```", "~~~", "[x]", "[ ]", "|", ":smile:", "•", "\\$", "<div>", "[^")
"""What no reader of the posts should see."""


def posts(number: int, seed: int = 1) -> Iterator[tuple[str, list[str]]]:
    """Yield posts, each with all words in it; the same for the same seed."""
    random = Random(seed)
    for _ in range(number):
        numbers = count()
        chosen = random.choices(PIECES, k=random.randint(2, 9))
        made = [
            piece.format(*(f"word{next(numbers)}x" for _ in range(piece.count("{}")))).replace(
                "NOTE", f"{place}"
            )
            for place, piece in enumerate(chosen)
        ]
        words = [f"word{word}x" for word in range(next(numbers))]
        yield "".join(piece + random.choice(["\n\n", "\n\n", "\n\n\n"]) for piece in made), words


def shown(post: str) -> str:
    """Return what a reader sees of a text."""
    return visible_text(render(post)[0].html)
