"""Problems as notes on the lines of a pull request, in the form that GitHub Actions reads.

Source: the workflow commands `::error file=…,line=…,col=…::message` of GitHub's documentation.
"""

from sitegen.problems import Problem


def annotation(problem: Problem, is_advice: bool = False) -> str:
    """Return the line that makes a note of a problem: an error, a warning, or a notice."""
    kind = "notice" if is_advice else "error" if problem.is_error else "warning"
    where = problem.where
    place = f"file={_escaped(where.path)}"
    if where.line:
        place += f",line={where.line},col={where.column or 1}"
    words = f"{problem.message} {problem.hint}".rstrip()
    return f"::{kind} {place}::{_safe(words)}"


def _safe(words: str) -> str:
    return words.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _escaped(words: str) -> str:
    return _safe(words).replace(":", "%3A").replace(",", "%2C")
