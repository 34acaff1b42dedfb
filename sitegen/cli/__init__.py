"""Command line: click commands, prompts, messages and exit codes. Only `__main__` imports it."""
