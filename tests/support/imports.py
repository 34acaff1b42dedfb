"""Heavy libraries that a command of the program imports."""

import subprocess
import sys

PREVIEW = {"livereload", "segno", "tornado", "watchfiles"}


HEAVY = {"ghp_import", "jinja2", "markdown", "nh3", "PIL", "pydantic", "pypdf", "rich", *PREVIEW}


def imported(*arguments: str) -> set[str]:
    """Return which of the heavy libraries a command imports."""
    code = "import sys; from sitegen.cli.main import main\ntry: main()\nexcept SystemExit: pass\n"
    code += "print(*sys.modules, file=sys.stderr)"
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments], capture_output=True, text=True, check=True
    )
    return HEAVY & set(done.stderr.split())
