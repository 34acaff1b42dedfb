"""GitHub annotations of problems and suggestions."""

from sitegen.cli.github import annotation
from sitegen.core.diagnostics import Problem, Severity, Where
from sitegen.core.problem_codes import Code
from tests.support.check import PATH, check
from tests.support.site import Site


def test_github_annotations_distinguish_errors_warnings_and_suggestions(site: Site) -> None:
    done = check(
        site.story(body="", name=None).page("mission", "<marquee>News</marquee>"), "--format", "github"
    )
    assert done.returncode == 3
    assert [line.partition(" ")[0] for line in done.stdout.splitlines()] == [
        "::warning",
        "::error",
        "::notice",
    ]
    assert f"::error file={PATH},line=1,col=1,title=missing-field::name is missing." in done.stdout


def test_the_text_of_an_annotation_starts_no_workflow_command() -> None:
    odd = Problem(Code.RARE_TERM, Where("a,b:c.md", 1, 2), "50% is\n::error::not", "", Severity.WARNING)
    assert (
        annotation(odd) == "::warning file=a%2Cb%3Ac.md,line=1,col=2,title=rare-term::50%25 is%0A::error::not"
    )
