"""How fast calls go: guesses that give way to what is measured while a run goes on."""

import math
from collections import Counter
from collections.abc import Hashable, Iterable, Mapping
from itertools import accumulate
from typing import Generic, TypeVar

from lab.benchmark.durations import CALL_SECONDS, Guess

K = TypeVar("K", bound=Hashable)

_LEAST_LEFT = 0.1
"""Share of its time that a call which takes longer than thought still needs, as we guess."""


class Pace(Generic[K]):
    """Seconds of calls: guessed, then scaled by what others took, then as measured.

    Parameters
    ----------
    guesses : mapping of K to Guess
        What each call should take.
    """

    def __init__(self, guesses: Mapping[K, Guess]) -> None:
        self._guesses = guesses
        self._totals: dict[K, float] = {}
        self._counts: Counter[K] = Counter()

    def learn(self, key: K, seconds: float) -> None:
        """Take note of how long a call took."""
        self._totals[key] = self._totals.get(key, 0.0) + seconds
        self._counts[key] += 1

    def seconds(self, key: K, *, past: float = 0.0) -> float:
        """Return the seconds that a call takes.

        Parameters
        ----------
        key : K
            Which.
        past : float, default 0
            For how long one has been running: a guess that is less was too low.
        """
        if count := self._counts[key]:
            return self._totals[key] / count
        guess = self._guesses[key]
        return max(guess.seconds * self._factor(guess.trust), past * (1 + _LEAST_LEFT))

    def left(self, key: K, past: float) -> float:
        """Return the seconds that a call needs which has been running for some."""
        seconds = self.seconds(key)
        return max(seconds - past, _LEAST_LEFT * max(seconds, past))

    @property
    def n_learned(self) -> int:
        """How many calls were measured."""
        return self._counts.total()

    @property
    def learned_seconds(self) -> float:
        """What all measured calls took together."""
        return sum(self._totals.values())

    def n_known(self) -> int:
        """Return of how many calls more is known than the catalogue says."""
        return sum(key in self._counts or guess.trust > 1 for key, guess in self._guesses.items())

    def _factor(self, trust: float) -> float:
        """Return by how much guesses of a trust are to be multiplied.

        The median of measured against guessed, in logarithms, weighted by the trust in each guess
        and by how much of it is work rather than the start of a process; shrunk towards 1 by the
        trust in the guess that is multiplied.
        """
        pairs = [
            (math.log(total / self._counts[key] / self._guesses[key].seconds), _weight(guess))
            for key, total in self._totals.items()
            if total > 0 and (guess := self._guesses[key])
        ]
        weight = sum(weight for _, weight in pairs)
        return math.exp(_median(pairs) * weight / (weight + trust)) if weight else 1.0


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
