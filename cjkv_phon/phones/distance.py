"""Phonetic distance and alignment by articulatory features, for many words at once."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from cjkv_phon.phones.features import sound_class
from cjkv_phon.phones.profiles import PANPHON, Costs, Profile
from cjkv_phon.phones.segmentation import segments

Word = str | Sequence[str]
"""A transcription, or its segments."""

Ids = npt.NDArray[np.intp]

# Pairs that share a pass of the dynamic programme: small enough for the cache.
_CHUNK = 4096


class Pair(NamedTuple):
    """Two aligned segments; None on one side is an insertion or a deletion."""

    source: str | None
    target: str | None
    cost: float


def distance(source: Word, target: Word, profile: Profile = PANPHON) -> float:
    """Return the feature edit distance of two words.

    Args:
        source: IPA, or segments.
        target: IPA, or segments.
        profile: What changes cost.

    Returns:
        The cost of the cheapest way to turn one into the other.

    Example:
        >>> distance("tɕən", "dʑʌn") < distance("tɕən", "muɭ")
        True
    """
    return float(distances([source], [target], profile)[0])


def distances(
    sources: Sequence[Word], targets: Sequence[Word], profile: Profile = PANPHON
) -> Costs:
    """Return the distance of each source to its target.

    Args:
        sources: Words.
        targets: As many words.
        profile: What changes cost.

    Returns:
        An array of as many distances; equal to calling `distance` for each.

    Raises:
        ValueError: If there are not as many targets as sources.
    """
    if len(sources) != len(targets):
        raise ValueError(f"{len(sources)} sources for {len(targets)} targets")
    words = _Words([*sources, *targets], profile)
    half = len(sources)
    return words.distances(np.arange(half), np.arange(half, 2 * half))


def distance_matrix(
    sources: Sequence[Word], targets: Sequence[Word], profile: Profile = PANPHON
) -> Costs:
    """Return the distance of every source to every target, (sources, targets)."""
    words = _Words([*sources, *targets], profile)
    rows = np.repeat(np.arange(len(sources)), len(targets))
    columns = np.tile(np.arange(len(targets)) + len(sources), len(sources))
    return words.distances(rows, columns).reshape(len(sources), len(targets))


def align(source: Word, target: Word, profile: Profile = PANPHON) -> tuple[Pair, ...]:
    """Align the segments of two words along the cheapest path.

    Among equally cheap paths the one that substitutes latest is taken.

    Args:
        source: IPA, or segments.
        target: IPA, or segments.
        profile: What changes cost.

    Returns:
        Pairs that hold every segment of both words once, in order; segments of
        the classes that the profile skips are left out.

    Example:
        >>> [(a, b) for a, b, cost in align("san", "saɴ")]
        [('s', 's'), ('a', 'a'), ('n', 'ɴ')]
    """
    words = _Words([source, target], profile)
    first, last = (tuple(words.alphabet[i] for i in words.row(k)) for k in (0, 1))
    total = words.table(0, 1)
    pairs: list[Pair] = []
    i, j = len(first), len(last)
    while i or j:
        if i and j:
            cost = words.substitution(words.row(0)[i - 1], words.row(1)[j - 1])
            if np.isclose(total[i, j], total[i - 1, j - 1] + cost, rtol=0, atol=1e-9):
                i, j = i - 1, j - 1
                pairs.append(Pair(first[i], last[j], float(cost)))
                continue
        if i and np.isclose(
            total[i, j], total[i - 1, j] + words.indel[words.row(0)[i - 1]], rtol=0, atol=1e-9
        ):
            i -= 1
            pairs.append(Pair(first[i], None, float(words.indel[words.row(0)[i]])))
        else:
            j -= 1
            pairs.append(Pair(None, last[j], float(words.indel[words.row(1)[j]])))
    return tuple(reversed(pairs))


class _Words:
    """Words as numbers, ready for the dynamic programme."""

    def __init__(self, words: Sequence[Word], profile: Profile) -> None:
        self.profile = profile
        keys = [word if isinstance(word, str) else tuple(word) for word in words]
        distinct = {word: place for place, word in enumerate(dict.fromkeys(keys))}
        self.number: Ids = np.fromiter(
            map(distinct.__getitem__, keys), dtype=np.intp, count=len(keys)
        )
        cut: list[Sequence[str]] = [
            segments(word) if isinstance(word, str) else word for word in distinct
        ]
        self.alphabet = list(dict.fromkeys(chain.from_iterable(cut)))
        if profile.skip:
            self.alphabet = [s for s in self.alphabet if sound_class(s) not in profile.skip]
            kept = frozenset(self.alphabet)
            cut = [[s for s in word if s in kept] for word in cut]
        lengths = list(map(len, cut))
        self.lengths: Ids = np.array(lengths, dtype=np.intp)
        self.starts: Ids = np.concatenate([[0], np.cumsum(self.lengths)]).astype(np.intp)
        places = {segment: place for place, segment in enumerate(self.alphabet)}
        self.flat: Ids = np.fromiter(
            map(places.__getitem__, chain.from_iterable(cut)), dtype=np.intp, count=sum(lengths)
        )
        self.indel = profile.indels(self.alphabet)
        self._number_costs()

    def _number_costs(self) -> None:
        """Renumber so that segments without features share one row of costs."""
        from cjkv_phon.phones.features import features

        known = [k for k, segment in enumerate(self.alphabet) if features(segment) is not None]
        self.stranger = len(known)
        self.place = np.full(len(self.alphabet), self.stranger, dtype=np.intp)
        self.place[known] = np.arange(len(known))
        costs = self.profile.substitutions([self.alphabet[k] for k in known])
        self.costs = np.full((len(known) + 1, len(known) + 1), np.inf)
        self.costs[:-1, :-1] = costs
        self.strangers = len(known) < len(self.alphabet)

    def row(self, word: int) -> Ids:
        """Return the segment numbers of the word at a place in the list."""
        word = int(self.number[word])
        numbers: Ids = self.flat[self.starts[word] : self.starts[word + 1]]
        return numbers

    def substitution(self, a: int, b: int) -> float:
        """Return what turning one segment into another costs."""
        return 0.0 if a == b else float(self.costs[self.place[a], self.place[b]])

    def table(self, source: int, target: int) -> Costs:
        """Return the whole table of the dynamic programme for one pair."""
        a, b = self.row(source), self.row(target)
        total = np.zeros((len(a) + 1, len(b) + 1))
        total[0, 1:] = np.cumsum(self.indel[b])
        for i in range(len(a)):
            drop = self.indel[a[i]]
            total[i + 1, 0] = total[i, 0] + drop
            for j in range(len(b)):
                total[i + 1, j + 1] = min(
                    total[i, j + 1] + drop,
                    total[i, j] + self.substitution(a[i], b[j]),
                    total[i + 1, j] + self.indel[b[j]],
                )
        return total

    def distances(self, sources: Ids, targets: Ids) -> Costs:
        """Return the distance of each pair of places in the list of words."""
        sources, targets = self.number[sources], self.number[targets]
        result = np.zeros(len(sources))
        order = np.lexsort((self.lengths[targets], self.lengths[sources]))
        ordered = self.lengths[sources[order]]
        begin = 0
        while begin < len(order):
            same = int(np.searchsorted(ordered, ordered[begin], side="right"))
            end = min(begin + _CHUNK, same)
            chunk = order[begin:end]
            result[chunk] = self._chunk(sources[chunk], targets[chunk])
            begin = end
        if self.profile.normalize == "length":
            weight = np.concatenate([[0.0], np.cumsum(self.indel[self.flat])])
            each = weight[self.starts[1:]] - weight[self.starts[:-1]]
            most = each[sources] + each[targets]
            result = np.divide(result, most, out=np.zeros_like(result), where=most > 0)
        return result

    def _padded(self, words: Ids, length: int) -> Ids:
        """Return segment numbers, (length, words); past a word's end any number."""
        if not len(self.flat):
            return np.zeros((length, len(words)), dtype=np.intp)
        places: Ids = self.starts[words][None, :] + np.arange(length)[:, None]
        return self.flat[np.minimum(places, len(self.flat) - 1)]

    def _chunk(self, sources: Ids, targets: Ids) -> Costs:
        """Distances of pairs whose sources are equally long."""
        rows, columns = int(self.lengths[sources[0]]), int(self.lengths[targets].max())
        a, b = self._padded(sources, rows), self._padded(targets, columns)
        before = np.zeros((columns + 1, len(sources)))
        if columns:
            np.cumsum(self.indel[b], axis=0, out=before[1:])
        # total − before is what insertions leave unchanged, so that the best
        # insertion into every place is one running minimum.
        gained = np.zeros_like(before)
        flat_costs, width = self.costs.ravel(), len(self.costs)
        place_b = self.place[b]
        for i in range(rows):
            drop = self.indel[a[i]]
            swap = flat_costs[(self.place[a[i]] * width)[None, :] + place_b]
            if self.strangers:
                swap[b == a[i][None, :]] = 0.0
            swap += gained[:-1]
            swap -= self.indel[b] if columns else 0.0
            gained += drop[None, :]
            np.minimum(gained[1:], swap, out=gained[1:])
            np.minimum.accumulate(gained, axis=0, out=gained)
        last = self.lengths[targets]
        pairs = np.arange(len(sources))
        return gained[last, pairs] + before[last, pairs]
