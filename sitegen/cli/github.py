"""GitHub annotations: problems on the lines of a pull request.

Source: "Workflow commands for GitHub Actions", `::error file=…,line=…,col=…,title=…::message`.
"""

from sitegen.core.diagnostics import Problem


def annotation(problem: Problem, is_advice: bool = False) -> str:
    """Return the workflow command for a problem: an error, a warning, or a notice."""
    kind = "notice" if is_advice else "error" if problem.is_error else "warning"
    where = problem.where
    place = f"file={_escaped(where.path)}"
    if where.line:
        place += f",line={where.line},col={where.column or 1}"
    place += f",title={problem.code}"
    words = f"{problem.message} {problem.hint}".rstrip()
    return f"::{kind} {place}::{_safe(words)}"


def _safe(words: str) -> str:
    return words.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _escaped(words: str) -> str:
    return _safe(words).replace(":", "%3A").replace(",", "%2C")
