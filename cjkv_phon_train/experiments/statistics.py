"""Is one variant better than another: over seeds, over sentences, over both.

Counts come as arrays (seeds, units, 2, labels), see `Summary.units`: numerators and
denominators of each sentence (or block of sentences). A score is
100 · mean over labels of (Σ numerators / Σ denominators), the sums over units.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np

Array = np.ndarray[Any, Any]

BOOTSTRAP, PERMUTATIONS = 2_000, 10_000
"""Draws of `interval` and of `permutation`."""

LEVEL = 0.05
"""Level of significance; intervals are 95 %."""

_CHUNK = 250
_NORMAL = 1.959964
_T = np.array(
    [[1, 12.7062], [2, 4.3027], [3, 3.1824], [4, 2.7764], [5, 2.5706], [6, 2.4469], [7, 2.3646],
     [8, 2.3060], [9, 2.2622], [10, 2.2281], [12, 2.1788], [15, 2.1314], [20, 2.0860],
     [30, 2.0423], [60, 2.0003], [120, 1.9799], [np.inf, _NORMAL]]
)  # fmt: skip
"""Degrees of freedom, 97.5 % quantile of Student's t."""


class Comparison(NamedTuple):
    """One variant against another on one corpus.

    Attributes:
        delta: Difference of the means over seeds, in points.
        low: Lower end of its 95 % interval, see `interval`.
        high: Upper end.
        p: Two-sided, see `permutation`; NaN where there were no counts.
        adjusted: p after Holm's correction over the variants of a table.
        seeds: Seeds that both have.
    """

    delta: float
    low: float
    high: float
    p: float
    adjusted: float
    seeds: tuple[int, ...]

    @property
    def significant(self) -> bool:
        """Say whether p after correction is below 5 % and the interval leaves 0 out."""
        return self.adjusted < LEVEL and not self.low <= 0 <= self.high


def scores(units: Array) -> Array:
    """Return the score of each seed, in percent.

    Example:
        >>> scores(np.array([[[[1], [2]], [[2], [2]]]])).tolist()  # 1 of 2, 2 of 2 right
        [75.0]
    """
    return rate(units.sum(1))


def rate(sums: Array) -> Array:
    """Divide summed counts, (..., 2, labels) → (...) in percent; empty labels do not count."""
    above, below = sums[..., 0, :].astype(np.float64), sums[..., 1, :]
    there = below > 0
    shares = np.where(there, above / np.where(there, below, 1), 0)
    percent: Array = 100 * shares.sum(-1) / np.maximum(there.sum(-1), 1)
    return percent


def mean_std(values: Sequence[float]) -> tuple[float, float]:
    """Return mean and sample standard deviation (n − 1); NaN for one value.

    Example:
        >>> mean_std([1.0, 3.0])
        (2.0, 1.4142135623730951)
    """
    spread = float(np.std(values, ddof=1)) if len(values) > 1 else float("nan")
    return float(np.mean(values)), spread


def interval(
    ours: Array, theirs: Array, draws: int = BOOTSTRAP, seed: int = 0
) -> tuple[float, float]:
    """Return a 95 % interval of the difference by a paired hierarchical bootstrap.

    Paired bootstrap of the test set (Koehn 2004, Statistical Significance Tests for
    Machine Translation Evaluation): each draw takes as many sentences as there are,
    with replacement, the same ones for both systems and all seeds. On top of it,
    seeds are drawn with replacement, the same ones for both: with D_s the difference
    of seed s on all sentences and D*_b the mean over seeds on the drawn sentences, a
    draw gives D*_b + c · mean of (D_s − D) over the drawn seeds.

    c² = S / (S − 1) · max(0, s² − I) / s² shrinks the deviations (two-stage bootstrap
    with shrinkage, Davison and Hinkley 1997, Bootstrap Methods, §3.8). s² is the
    variance of D_s over S seeds; I, the mean variance over draws of a seed's deviation
    from the mean of the seeds (times S / (S − 1)), is the part of it that comes from
    the finite number of sentences, which the draws of sentences have in them already.

    Few seeds have heavier tails than a normal: the percentiles are stretched around
    the observed difference by t(ν) / z, ν the degrees of freedom of the sum of both
    variances (Satterthwaite 1946; Welch 1947). With one seed only sentences are
    drawn, and the interval is silent about seeds.

    Args:
        ours: (seeds, units, 2, labels).
        theirs: The same shape, seeds and units in the same order.
        draws: Number of draws.
        seed: Of the random draws.

    Raises:
        ValueError: If the shapes differ.
    """
    _check(ours, theirs)
    seeds, size = ours.shape[:2]
    flat = np.stack([ours, theirs]).astype(np.float32)
    flat = np.moveaxis(flat, 2, 0).reshape(size, -1)
    weights = _weights(size, draws, seed)
    sums = np.concatenate([
        weights[at : at + _CHUNK].astype(np.float32) @ flat for at in range(0, draws, _CHUNK)
    ])  # fmt: skip
    found = rate(sums.reshape(draws, 2, *ours.shape[:1], *ours.shape[2:]))
    differences = found[:, 0] - found[:, 1]
    observed = scores(ours) - scores(theirs)
    centre = float(observed.mean())
    drawn = differences.mean(1)
    sentences = float(drawn.var(ddof=1))
    stretch = 1.0
    if seeds > 1:
        own = differences - drawn[:, None]
        noise = float(own.var(0, ddof=1).mean()) * seeds / (seeds - 1)
        spread = float(observed.var(ddof=1))
        real = max(0.0, spread - noise)
        shrunk = np.sqrt(seeds / (seeds - 1) * real / spread) if spread else 0.0
        picks = np.random.default_rng((seed, 1)).integers(0, seeds, differences.shape)
        drawn = drawn + shrunk * (observed[picks].mean(1) - centre)
        stretch = _stretch(spread / seeds, seeds, sentences, size, sentences + real / seeds)
    low, high = np.percentile(drawn, [100 * LEVEL / 2, 100 - 100 * LEVEL / 2])
    return centre + stretch * (float(low) - centre), centre + stretch * (float(high) - centre)


def permutation(ours: Array, theirs: Array, draws: int = PERMUTATIONS, seed: int = 0) -> float:
    """Return the two-sided p of a paired permutation test on sentences, seeds pooled.

    Approximate randomization (Noreen 1989, Computer-Intensive Methods for Testing
    Hypotheses; Yeh 2000, More accurate tests for the statistical significance of
    result differences): if the systems do not differ, the outputs for a sentence
    may be exchanged. Each draw exchanges those of a random half of the sentences,
    of all seeds together, and p is the share of draws whose |difference of the
    means over seeds| is at least the observed one, (1 + hits) / (1 + draws). Where
    all 2ⁿ exchanges are no more than ``draws``, all are made and p is exact.

    The seeds are taken as they are: the test speaks about other sentences, not
    about other seeds; `interval` speaks about both.

    Args:
        ours: (seeds, units, 2, labels).
        theirs: The same shape.
        draws: Number of draws.
        seed: Of the random draws.

    Raises:
        ValueError: If the shapes differ.
    """
    _check(ours, theirs)
    totals = np.stack([ours.sum(1), theirs.sum(1)]).astype(np.float32)
    shape = totals.shape[1:]
    change = np.moveaxis((theirs - ours).astype(np.float32), 1, 0).reshape(ours.shape[1], -1)
    change = change[np.any(change != 0, axis=1)]  # Exchanging what is equal changes nothing.
    size = len(change)
    limit = abs(float((scores(ours) - scores(theirs)).mean())) - 1e-6
    exact = size < 63 and 2**size <= draws
    draws = 2**size if exact else draws
    rng = np.random.default_rng(seed)
    hits = 0
    for at in range(0, draws, _CHUNK):
        rows = min(_CHUNK, draws - at)
        if exact:
            swap = (np.arange(at, at + rows)[:, None] >> np.arange(size)) & 1
        else:
            swap = rng.integers(0, 2, (rows, size), dtype=np.uint8)
        moved = (swap.astype(np.float32) @ change).reshape(rows, *shape)
        found = rate(totals[0] + moved) - rate(totals[1] - moved)
        hits += int((np.abs(found.mean(-1)) >= limit).sum())
    return hits / draws if exact else (1 + hits) / (1 + draws)


def holm(values: Sequence[float]) -> list[float]:
    """Adjust p values for their number (Holm 1979, A simple sequentially rejective procedure).

    The i-th smallest of m becomes the largest of (m − j + 1) p_j over j ≤ i, at
    most 1; NaNs are no tests and stay.

    Example:
        >>> holm([0.01, 0.04, 0.03])
        [0.03, 0.06, 0.06]
    """
    order = sorted((p, place) for place, p in enumerate(values) if p == p)
    adjusted = list(values)
    highest = 0.0
    for rank, (p, place) in enumerate(order):
        highest = max(highest, min(1.0, (len(order) - rank) * p))
        adjusted[place] = highest
    return adjusted


def compare(ours: Array, theirs: Array, seeds: Sequence[int]) -> Comparison:
    """Compare two variants on the seeds that both have; p is not corrected yet.

    Raises:
        ValueError: If the shapes differ.
    """
    low, high = interval(ours, theirs)
    p = permutation(ours, theirs)
    delta = float((scores(ours) - scores(theirs)).mean())
    return Comparison(delta, low, high, p, p, tuple(seeds))


def _check(ours: Array, theirs: Array) -> None:
    if ours.shape != theirs.shape:
        raise ValueError(f"runs to compare differ: {ours.shape} and {theirs.shape}")


@lru_cache(maxsize=2)
def _weights(size: int, draws: int, seed: int) -> Array:
    """Return how often each draw takes each unit, (draws, units)."""
    rng = np.random.default_rng(seed)
    counts = np.empty((draws, size), dtype=np.uint8)
    for row in counts:
        row[:] = np.bincount(rng.integers(0, size, size), minlength=size)
    return counts


def _stretch(seeds: float, number: int, sentences: float, size: int, total: float) -> float:
    """Return t(ν) / z for a total of a variance over seeds and one over sentences."""
    if not total or size < 2:
        return 1.0
    freedom = total**2 / (seeds**2 / (number - 1) + sentences**2 / (size - 1))
    t = np.interp(1 / max(freedom, 1.0), 1 / _T[::-1, 0], _T[::-1, 1])
    return float(t) / _NORMAL
