"""Audits of published sites with external tools and servers (`make audit`)."""
