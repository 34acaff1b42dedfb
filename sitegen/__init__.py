"""sitegen: a static site generator for stories that belong to young people."""

__version__ = "0.1.0"
