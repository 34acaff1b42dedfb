"""Data model, diagnostics, limits, addresses, text; needs only the standard library."""
