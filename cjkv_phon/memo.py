"""A bounded memory of what has been computed, the one cache of the package."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from itertools import islice
from operator import itemgetter
from typing import TypeVar

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")

DEFAULT_ENTRIES = 100_000
LONGEST_KEY = 64


class Memo(dict[K, V]):
    """A dict that computes what it misses and never grows past its bound.

    ``memo[key]`` is a plain C-level dict look-up when the key is there. Policy:
    when full, the older half (by insertion) is dropped, so an entry costs O(1)
    amortised; string keys of more than 64 characters are computed anew each
    time, so that the bound on entries is also one on memory. Safe under
    threads: two threads may compute the same value, never a wrong one.

    Args:
        compute: Pure function of the key.
        entries: Most entries held.

    Example:
        >>> squares = Memo(lambda n: n * n)
        >>> squares[12]
        144
    """

    __slots__ = ("compute", "entries")

    def __init__(self, compute: Callable[[K], V], entries: int = DEFAULT_ENTRIES) -> None:
        super().__init__()
        self.compute = compute
        self.entries = entries

    def __missing__(self, key: K) -> V:
        value = self.compute(key)
        if len(self) < self.entries and (not isinstance(key, str) or len(key) <= LONGEST_KEY):
            self[key] = value  # as `remember` does, without the call
            return value
        return self.remember(key, value)

    def of_all(self, keys: Sequence[K]) -> tuple[V, ...]:
        """Look up many keys in one C-level loop: a quarter faster than one by one."""
        if len(keys) > 1:
            return itemgetter(*keys)(self)  # type: ignore[no-any-return]
        return tuple([self[key] for key in keys])

    def remember(self, key: K, value: V) -> V:
        """Hold a value that was computed elsewhere, under the same bounds, and return it."""
        if isinstance(key, str) and len(key) > LONGEST_KEY:
            return value
        if len(self) >= self.entries:
            # list() of a dict is atomic under the GIL; islice over a live one is not.
            for old in islice(list(self), self.entries // 2):
                self.pop(old, None)
        self[key] = value
        return value
