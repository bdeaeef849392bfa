"""The command line: the same engine as the pages, for terminals and scripts."""

from lab.cli.app import app, main

__all__ = ["app", "main"]
