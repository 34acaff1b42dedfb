"""Stages of build.py: request, load, link check, jobs, leak check, cache, target."""
