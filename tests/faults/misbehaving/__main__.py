"""The process that runs an experiment, and whose forkserver has the models that misbehave."""

import sys

from lab.benchmark import runner
from lab.benchmark.__main__ import main

_modules_of = runner.modules_of


def _with_misbehaving(candidates):
    return (*_modules_of(candidates), "misbehaving")


if __name__ == "__main__":
    runner.modules_of = _with_misbehaving
    main(*sys.argv[1:])
