"""Site whose files are all older than the resolution of file times."""

import time

from sitegen.engine.file_state import GRAIN
from tests.support.site import Site


def settled(site: Site) -> Site:
    """Build twice, the second time when no file can change unseen any more."""
    site.build()
    time.sleep(2 * GRAIN / 1e9)
    return site.build()
