"""Authoring: writes files for people to edit (new content, new sites, imports, editor settings)."""
