"""Consent gate: drafts to stories, validity, and what a text must not say."""
