"""Models that misbehave while they are fitted, in the catalogue of whoever asks for it.

The environment asks, so that nothing happens when this is imported to look for tests in it.
"""

import ctypes
import os
import signal
import time
from dataclasses import replace

from lab.models import MODELS

VARIABLE = "PLAYGROUND_MISBEHAVES"


def segfault():
    ctypes.string_at(0)


def leave():
    os._exit(0)


def hang():
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    while True:
        time.sleep(0.05)


def eat():
    eaten = []
    while True:
        eaten.append(bytes(2**26))


class Misbehaving:
    def __init__(self, deed):
        self.deed = deed

    def fit(self, X, y):
        self.deed()


def register():
    for deed in (segfault, leave, hang, eat):
        MODELS._entries[deed.__name__] = replace(
            MODELS["dummy"],
            key=deed.__name__,
            title=deed.__name__,
            build=lambda settings, task, seed, deed=deed: Misbehaving(deed),
            module=__name__,
            params=(),
        )


if VARIABLE in os.environ:
    register()
