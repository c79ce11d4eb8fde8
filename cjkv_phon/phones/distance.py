"""Phonetic distance and alignment by articulatory features, for many words at once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from cjkv_phon.phones.bulk import Ids, NumberedWords, joined, number_segments, number_words
from cjkv_phon.phones.features import features, sound_class
from cjkv_phon.phones.profiles import PANPHON, Costs, Profile

Word = str | Sequence[str]
"""A transcription, or its segments."""

# Pairs that share a pass of the dynamic programme: small enough for the cache.
_CHUNK = 2048


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
        # Strings are numbered before segments, because strings are cut at once.
        text: dict[str, int] = {}
        cut: dict[tuple[str, ...], int] = {}
        places = [
            text.setdefault(word, len(text))
            if isinstance(word, str)
            else -1 - cut.setdefault(tuple(word), len(cut))
            for word in words
        ]
        number = np.array(places, dtype=np.intp)
        self.number: Ids = np.where(number < 0, len(text) - 1 - number, number)
        self._take(joined(number_words(list(text)), number_segments(list(cut))))

    def _take(self, words: NumberedWords) -> None:
        """Put the alphabet in order: IPA first, what the profile skips left out."""
        skip = self.profile.skip
        kept = [k for k, s in enumerate(words.alphabet) if not skip or sound_class(s) not in skip]
        # Segments without features come last: they share one row of costs.
        kept.sort(key=lambda k: features(words.alphabet[k]) is None)
        self.alphabet = [words.alphabet[k] for k in kept]
        place = np.full(len(words.alphabet), -1, dtype=np.intp)
        place[kept] = np.arange(len(kept))
        flat = place[words.flat]
        lengths = words.lengths
        if len(kept) < len(words.alphabet):
            owner = np.repeat(np.arange(len(lengths)), lengths)[flat >= 0]
            lengths = np.bincount(owner, minlength=len(lengths)).astype(np.intp)
            flat = flat[flat >= 0]
        self.flat: Ids = flat
        self.lengths: Ids = lengths
        self.starts: Ids = np.concatenate([[0], np.cumsum(lengths)]).astype(np.intp)
        known = [s for s in self.alphabet if features(s) is not None]
        self.stranger = len(known)
        self.indel = self.profile.indels(self.alphabet)
        self.costs = np.full((len(known) + 1, len(known) + 1), np.inf)
        self.costs[:-1, :-1] = self.profile.substitutions(known)
        # What a substitution saves against deleting one segment and inserting the other.
        indel = np.append(self.indel[: len(known)], 0.0)
        self.savings = (self.costs - indel[:, None] - indel[None, :]).ravel()

    def row(self, word: int) -> Ids:
        """Return the segment numbers of the word at a place in the list."""
        word = int(self.number[word])
        numbers: Ids = self.flat[self.starts[word] : self.starts[word + 1]]
        return numbers

    def substitution(self, a: int, b: int) -> float:
        """Return what turning one segment into another costs."""
        last = self.stranger
        return 0.0 if a == b else float(self.costs[min(a, last), min(b, last)])

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
        saved = np.zeros(len(sources))
        order = np.lexsort((self.lengths[targets], self.lengths[sources]))
        ordered = self.lengths[sources[order]]
        begin = 0
        while begin < len(order):
            same = int(np.searchsorted(ordered, ordered[begin], side="right"))
            end = min(begin + _CHUNK, same)
            chunk = order[begin:end]
            saved[chunk] = self._saved(sources[chunk], targets[chunk])
            begin = end
        owner = np.repeat(np.arange(len(self.lengths)), self.lengths)
        each = np.bincount(owner, weights=self.indel[self.flat], minlength=len(self.lengths))
        most = each[sources] + each[targets]
        # Sums in another order than PanPhon's differ in the last bits; nothing is below 0.
        result: Costs = np.maximum(most + saved, 0.0)
        if self.profile.normalize == "length":
            np.divide(result, most, out=result, where=most > 0)
        return result

    def _padded(self, words: Ids, length: int) -> Ids:
        """Return segment numbers, (length, words); past a word's end any number."""
        if not len(self.flat):
            return np.zeros((length, len(words)), dtype=np.intp)
        places: Ids = self.starts[words][None, :] + np.arange(length)[:, None]
        return self.flat[np.minimum(places, len(self.flat) - 1)]

    def _saved(self, sources: Ids, targets: Ids) -> Costs:
        """What substitutions save (≤ 0) against deleting all and inserting all.

        So insertions and deletions cost nothing here, and the best of them into
        every place is one running minimum. The sources are equally long.
        """
        rows, columns = int(self.lengths[sources[0]]), int(self.lengths[targets].max())
        a, b = self._padded(sources, rows), self._padded(targets, columns)
        places_a, places_b = a, b
        has_strangers = self.stranger < len(self.alphabet)
        if has_strangers:
            places_a, places_b = np.minimum(a, self.stranger), np.minimum(b, self.stranger)
        best = np.zeros((columns + 1, len(sources)))
        swap, cell = np.empty(b.shape), np.empty(b.shape, dtype=np.intp)
        for i in range(rows):
            np.add((places_a[i] * len(self.costs))[None, :], places_b, out=cell)
            # Every cell is in bounds; "clip" only spares numpy a copy.
            np.take(self.savings, cell, out=swap, mode="clip")
            swap += best[:-1]
            if has_strangers:
                same = b == a[i][None, :]
                swap[same] = (best[:-1] - 2 * self.indel[a[i]][None, :])[same]
            np.minimum(best[1:], swap, out=best[1:])
            # np.minimum.accumulate does the same, five times slower.
            for j in range(columns):
                np.minimum(best[j + 1], best[j], out=best[j + 1])
        saved: Costs = best[self.lengths[targets], np.arange(len(sources))]
        return saved
