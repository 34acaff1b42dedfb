"""Lint: suggestions about content, autofix, external links; blocks nothing."""
