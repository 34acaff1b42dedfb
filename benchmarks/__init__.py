"""Benchmark: sitegen and other generators make the same pages, timed in turn."""
