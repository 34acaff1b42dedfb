"""The benchmark: the same pages, made by sitegen and by other generators, timed in turn in one run."""
