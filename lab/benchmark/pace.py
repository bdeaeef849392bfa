"""How fast calls go: guesses that give way to what is measured while a run goes on."""

import math
from collections.abc import Hashable, Iterable, Mapping
from itertools import accumulate
from typing import Generic, TypeVar

from lab.benchmark.durations import CALL_SECONDS, Guess

K = TypeVar("K", bound=Hashable)

_FADES = 0.7
"""What a measured call still counts once another of its kind has ended: what else the machine does
changes while a run goes on."""

_LEAST_LEFT = 0.1
"""Share of its time that a call which takes longer than thought still needs, as we guess."""


class Pace(Generic[K]):
    """Seconds of calls: guessed, then scaled by what others took, then as measured.

    ``n_learned`` and ``learned_seconds`` tell how many calls were measured, and their sum.

    Parameters
    ----------
    guesses : mapping of K to Guess
        What each call should take.
    """

    def __init__(self, guesses: Mapping[K, Guess]) -> None:
        self._guesses = guesses
        self._means: dict[K, float] = {}
        self._weights: dict[K, float] = {}
        self._evidence: tuple[float, float] | None = None
        self.n_learned = 0
        self.learned_seconds = 0.0

    def learn(self, key: K, seconds: float) -> None:
        """Take note of how long a call took."""
        weight = self._weights[key] = self._weights.get(key, 0.0) * _FADES + 1
        mean = self._means.get(key, seconds)
        self._means[key] = mean + (seconds - mean) / weight
        self._evidence = None
        self.n_learned += 1
        self.learned_seconds += seconds

    def seconds(self, key: K, *, past: float = 0.0) -> float:
        """Return the seconds that a call takes.

        Parameters
        ----------
        key : K
            Which.
        past : float, default 0
            For how long one has been running: a guess that is less was too low.
        """
        if key in self._means:
            return self._means[key]
        guess = self._guesses[key]
        return max(guess.seconds * self._factor(guess.trust), past * (1 + _LEAST_LEFT))

    def left(self, key: K, past: float) -> float:
        """Return the seconds that a call needs which has been running for some."""
        seconds = self.seconds(key)
        return max(seconds - past, _LEAST_LEFT * max(seconds, past))

    def n_known(self) -> int:
        """Return of how many calls more is known than the catalogue says."""
        return sum(key in self._means or guess.trust > 1 for key, guess in self._guesses.items())

    def _factor(self, trust: float) -> float:
        """Return by how much guesses of a trust are to be multiplied.

        The median of measured against guessed, in logarithms, weighted by the trust in each guess
        and by how much of it is work rather than the start of a process; shrunk towards 1 by the
        trust in the guess that is multiplied.
        """
        if self._evidence is None:
            pairs = [
                (math.log(mean / self._guesses[key].seconds), _weight(self._guesses[key]))
                for key, mean in self._means.items()
                if mean > 0
            ]
            weight = sum(weight for _, weight in pairs)
            self._evidence = (_median(pairs) if weight else 0.0), weight
        log, weight = self._evidence
        return math.exp(log * weight / (weight + trust))


def _weight(guess: Guess) -> float:
    return guess.trust * max(0.0, 1 - CALL_SECONDS / guess.seconds)


def _median(pairs: Iterable[tuple[float, float]]) -> float:
    """Return the value at which half of the weight lies on either side, between two if need be."""
    pairs = sorted(pairs)
    half = sum(weight for _, weight in pairs) / 2
    ends = list(accumulate(weight for _, weight in pairs))
    low = next(value for (value, _), end in zip(pairs, ends, strict=True) if end >= half)
    high = next(value for (value, _), end in zip(pairs, ends, strict=True) if end > half)
    return (low + high) / 2
