"""Accessibility rules for axe, and the overflow of a page in pixels."""

RULES = {
    "runOnly": {
        "type": "tag",
        "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    }
}

COLOR_RULES = {"runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}}
"""The only rules whose result depends on the color scheme."""


SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
