"""Cleared content to planned pages: taxonomy, context, fragments, metadata, feeds."""
