"""Status: the three words for whether the public sees a story or an item."""

LIVE, DRAFT, NEEDS_FIXING = "Live", "Draft", "Needs fixing"
