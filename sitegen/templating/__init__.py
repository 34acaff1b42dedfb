"""Jinja environment, theme layers, view objects, template errors in plain words."""
