"""Content: files to checked drafts; discovery, front matter, schema, validation, settings."""
