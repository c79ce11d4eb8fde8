"""Align several words at once, segment by segment."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from cjkv_phon.phones.distance import distance_matrix
from cjkv_phon.phones.features import features
from cjkv_phon.phones.profiles import PANPHON, Profile

Column = tuple[str | None, ...]
"""One segment of each word, None where a word has none there."""

Rows = list[list[str | None]]


def align_words(words: Sequence[Sequence[str]], profile: Profile = PANPHON) -> tuple[Column, ...]:
    """Align the segments of several words.

    The two nearest words are aligned first, then the word nearest to those that
    stand already, and so on; what has been aligned stays so (progressive
    alignment, Feng and Doolittle 1987). A segment costs the mean of what it
    costs against each segment of a column.

    Args:
        words: Words, as segments.
        profile: What changes cost.

    Returns:
        Columns; each holds a cell for every word, in the order given, and the
        cells of one word, read from left to right, are its segments.

    Example:
        >>> for column in align_words([("s", "a", "n"), ("s", "a"), ("ʂ", "a", "n")]):
        ...     print(column)
        ('s', 's', 'ʂ')
        ('a', 'a', 'a')
        ('n', None, 'n')
    """
    if not words:
        return ()
    costs = _Costs(words, profile)
    order = _order(words, profile)
    # Columns as rows of cells in the order of joining, until they are put in place.
    columns: Rows = [[segment] for segment in words[order[0]]]
    for number, place in enumerate(order[1:], start=1):
        columns = _join(columns, words[place], number, costs)
    back = {place: number for number, place in enumerate(order)}
    return tuple(tuple(column[back[place]] for place in range(len(words))) for column in columns)


class _Costs:
    """Costs of an alphabet, by segment."""

    def __init__(self, words: Sequence[Sequence[str]], profile: Profile) -> None:
        alphabet = list(dict.fromkeys(segment for word in words for segment in word))
        known = [segment for segment in alphabet if features(segment) is not None]
        self._place = {segment: place for place, segment in enumerate(known)}
        self._swap = profile.substitutions(known)
        self._indel = dict(zip(alphabet, profile.indels(alphabet), strict=True))

    def indel(self, segment: str) -> float:
        return float(self._indel[segment])

    def swap(self, one: str, other: str) -> float:
        if one == other:
            return 0.0
        if one in self._place and other in self._place:
            return float(self._swap[self._place[one], self._place[other]])
        return float("inf")

    def gap(self, column: Sequence[str | None]) -> float:
        """What it costs a word to have nothing in a column."""
        return sum(self.indel(cell) for cell in column if cell is not None) / len(column)

    def fit(self, column: Sequence[str | None], segment: str) -> float:
        """What it costs a segment to stand in a column."""
        return sum(
            self.indel(segment) if cell is None else self.swap(cell, segment) for cell in column
        ) / len(column)


def _order(words: Sequence[Sequence[str]], profile: Profile) -> list[int]:
    """Nearest pair first, then always the word nearest to one that stands."""
    if len(words) < 2:
        return list(range(len(words)))
    matrix = distance_matrix(words, words, profile)
    np.fill_diagonal(matrix, np.inf)
    first, second = divmod(int(matrix.argmin()), len(words))
    order = [first, second]
    while len(order) < len(words):
        rest = [place for place in range(len(words)) if place not in order]
        order.append(min(rest, key=lambda place: float(matrix[place, order].min())))
    return order


def _join(columns: Rows, word: Sequence[str], number: int, costs: _Costs) -> Rows:
    """Add one word to columns of ``number`` words."""
    total = np.zeros((len(columns) + 1, len(word) + 1))
    total[1:, 0] = np.cumsum([costs.gap(column) for column in columns])
    total[0, 1:] = np.cumsum([costs.indel(segment) for segment in word])
    for i, column in enumerate(columns):
        gap = costs.gap(column)
        for j, segment in enumerate(word):
            total[i + 1, j + 1] = min(
                total[i, j] + costs.fit(column, segment),
                total[i, j + 1] + gap,
                total[i + 1, j] + costs.indel(segment),
            )
    joined: Rows = []
    i, j = len(columns), len(word)
    while i or j:
        here = total[i, j]
        if i and j and _same(here, total[i - 1, j - 1] + costs.fit(columns[i - 1], word[j - 1])):
            i, j = i - 1, j - 1
            joined.append([*columns[i], word[j]])
        elif i and _same(here, total[i - 1, j] + costs.gap(columns[i - 1])):
            i -= 1
            joined.append([*columns[i], None])
        else:
            j -= 1
            joined.append([*[None] * number, word[j]])
    return joined[::-1]


def _same(one: float, other: float) -> bool:
    return abs(one - other) < 1e-9
