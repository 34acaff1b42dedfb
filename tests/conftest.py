"""Fixtures of all tests: `site.story(…).build().change(…).build()`."""

import os
import shutil
import signal
from pathlib import Path

import pytest

# pytest explains the assertions of test files only, unless other modules are registered before their import
pytest.register_assert_rewrite("tests.support")

from tests.support import thorough  # noqa: E402 - see above
from tests.support.site import Site  # noqa: E402 - see above

thorough.repeat_what_was_tried()

# shells ignore SIGINT in what they start in the background, and programs under test would inherit that
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)

# Every build flushes its files to the disk, which takes no time in memory.
MEMORY = Path("/dev/shm")
NEEDED = 2 << 30
"""Free bytes that the temporary files of all tests may take."""

if (
    MEMORY.is_dir()
    and shutil.disk_usage(MEMORY).free > NEEDED
    and not os.statvfs(MEMORY).f_flag & os.ST_NOEXEC  # tests run scripts of their own
):
    os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(MEMORY))


@pytest.fixture
def site(tmp_path: Path) -> Site:
    """An empty site with settings."""
    return Site(tmp_path / "site")
