"""Published page: its tags with their attributes."""

from collections import Counter
from html.parser import HTMLParser


class Page(HTMLParser):
    """A parsed page: its tags with their attributes, in order."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {name: value or "" for name, value in attrs}))

    def all(self, tag: str) -> list[dict[str, str]]:
        """Return the attributes of every such tag."""
        return [attributes for name, attributes in self.tags if name == tag]

    @property
    def ids(self) -> Counter[str]:
        """The number of uses of each id."""
        return Counter(attributes["id"] for _, attributes in self.tags if "id" in attributes)

    @property
    def links(self) -> set[str]:
        """Every address that the page loads or links to."""
        found = {
            attributes[name] for _, attributes in self.tags for name in ("href", "src") if name in attributes
        }
        for _, attributes in self.tags:
            found.update(part.split()[0] for part in attributes.get("srcset", "").split(",") if part.strip())
        return found
