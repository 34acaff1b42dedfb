"""Desk: forms in the browser that write content files, in `sitegen serve`."""
