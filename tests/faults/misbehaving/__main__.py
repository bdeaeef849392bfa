"""The process that runs an experiment, with the models that misbehave."""

import sys

from lab.benchmark.__main__ import main

if __name__ == "__main__":
    main(*sys.argv[1:])
