"""PDF refusal: the error for a file of which no clean copy can be made."""


class RefusedPdfError(Exception):
    """The text continues "The PDF …"; `hint` is the fix, `too_large` whether a limit is exceeded."""

    def __init__(self, reason: str, hint: str, too_large: bool = False) -> None:
        super().__init__(reason)
        self.reason, self.hint, self.too_large = reason, hint, too_large

    def __reduce__(self) -> tuple[type["RefusedPdfError"], tuple[str, str, bool]]:
        return RefusedPdfError, (self.reason, self.hint, self.too_large)


PRINT_AGAIN = "Open it, print it to a new PDF, and use that one."


def too_large(what: str, most: str) -> RefusedPdfError:
    """Return the error of a PDF with more of something than the limit."""
    return RefusedPdfError(f"has {what}; the most is {most}", "Make it smaller, or split it.", True)
