"""Intervals cover, tests are exact where they can be, and equal systems do not differ."""

from __future__ import annotations

import itertools
from typing import Any

import numpy as np
import pytest
from scipy.stats import binomtest, t

from cjkv_phon_train.experiments import statistics
from cjkv_phon_train.experiments.statistics import (
    compare,
    holm,
    interval,
    mean_std,
    permutation,
    rate,
    scores,
)

Array = np.ndarray[Any, Any]


def runs(right: Array, total: int = 10) -> Array:
    """Put right words, (seeds, sentences), beside their number."""
    return np.stack([right, np.full_like(right, total)], 2)[..., None]


def draw(rng: np.random.Generator, accuracy: Array, sentences: int, total: int = 10) -> Array:
    """Draw a system whose seeds have these accuracies."""
    return runs(rng.binomial(total, np.clip(accuracy, 0, 1)[:, None], (len(accuracy), sentences)))


def test_identical_systems_do_not_differ() -> None:
    one = draw(np.random.default_rng(0), np.full(3, 0.6), 80)
    found = compare(one, one.copy(), (1, 2, 3))
    assert (found.delta, found.low, found.high, found.p) == (0, 0, 0, 1)
    assert not found.significant


def test_a_clear_difference_is_significant_and_its_sign_is_ours_minus_theirs() -> None:
    rng = np.random.default_rng(0)
    ours, theirs = draw(rng, np.full(3, 0.8), 200), draw(rng, np.full(3, 0.6), 200)
    found = compare(ours, theirs, (1, 2, 3))
    assert found.delta == pytest.approx(20, abs=3)
    assert 0 < found.low < found.delta < found.high
    assert found.p == 1 / 10_001
    assert found.significant
    back = compare(theirs, ours, (1, 2, 3))
    assert back.delta == -found.delta
    assert back.p == found.p


def test_the_test_is_exact_on_few_sentences() -> None:
    rng = np.random.default_rng(3)
    ours, theirs = draw(rng, np.array([0.7, 0.75]), 8), draw(rng, np.array([0.6, 0.6]), 8)
    observed = abs((scores(ours) - scores(theirs)).mean())
    hits = 0
    for swap in itertools.product([False, True], repeat=8):
        mask = np.array(swap)[None, :, None, None]
        a, b = np.where(mask, theirs, ours), np.where(mask, ours, theirs)
        hits += abs((scores(a) - scores(b)).mean()) >= observed - 1e-6
    assert permutation(ours, theirs) == hits / 2**8
    assert permutation(ours, theirs, draws=200) == pytest.approx(hits / 2**8, abs=0.1)


def test_one_word_sentences_give_the_sign_test() -> None:
    ours, theirs = np.zeros((1, 40), dtype=int), np.zeros((1, 40), dtype=int)
    ours[0, :9] = 1
    theirs[0, 9:11] = 1
    expected = binomtest(9, 11).pvalue
    assert permutation(runs(ours, 1), runs(theirs, 1)) == pytest.approx(expected)


def test_p_is_uniform_where_there_is_no_difference() -> None:
    rng = np.random.default_rng(5)
    found = []
    for _ in range(200):
        level = np.full(1, 0.6)
        found.append(permutation(draw(rng, level, 40), draw(rng, level, 40), draws=200))
    assert 0.02 <= np.mean(np.array(found) < 0.1) <= 0.18
    assert np.mean(found) == pytest.approx(0.5, abs=0.08)


@pytest.mark.parametrize("seeds", [3, 5])
@pytest.mark.parametrize("spread", [0.0, 0.03])
def test_intervals_cover_the_true_difference_in_about_19_of_20_cases(
    seeds: int, spread: float
) -> None:
    """True difference 0.05; noise of sentences alone, or mostly of seeds (1.7 points of 3)."""
    rng = np.random.default_rng(seeds)
    hits, cases = 0, 150
    for _ in range(cases):
        ours = draw(rng, 0.65 + rng.normal(0, spread, seeds), 60)
        theirs = draw(rng, 0.60 + rng.normal(0, spread, seeds), 60)
        low, high = interval(ours, theirs, draws=300)
        hits += low <= 5 <= high
    assert 0.90 <= hits / cases <= 0.99


def test_more_spread_between_seeds_widens_the_interval_and_more_seeds_narrow_it() -> None:
    right = np.random.default_rng(1).binomial(10, 0.6, (1, 100))
    same = runs(np.repeat(right, 5, 0))
    better = runs(np.minimum(np.repeat(right, 5, 0) + 1, 10))
    wild = better.copy()
    wild[:2, :, 0] = np.maximum(wild[:2, :, 0] - 2, 0)

    def width(ours: Array, theirs: Array) -> float:
        low, high = interval(ours, theirs, draws=500)
        return high - low

    assert width(wild, same) > 5 * width(better, same)
    assert width(wild[::2], same[::2]) > width(wild, same)


def test_draws_are_repeatable_and_others_with_another_seed() -> None:
    rng = np.random.default_rng(0)
    ours, theirs = draw(rng, np.full(2, 0.62), 100), draw(rng, np.full(2, 0.6), 100)
    assert interval(ours, theirs, 200) == interval(ours, theirs, 200)
    assert interval(ours, theirs, 200) != interval(ours, theirs, 200, seed=1)
    assert permutation(ours, theirs, 200) == permutation(ours, theirs, 200)


def test_macro_f1_is_the_mean_over_labels_that_occur() -> None:
    sums = np.array([[1, 3, 0], [2, 4, 0]])
    assert rate(sums) == pytest.approx(100 * (0.5 + 0.75) / 2)
    assert rate(np.zeros((2, 1))) == 0


def test_holm_multiplies_the_smallest_by_their_number_and_never_decreases() -> None:
    assert holm([0.04, 0.001, 0.03]) == pytest.approx([0.06, 0.003, 0.06])
    assert holm([0.9, 0.8]) == [1, 1]
    adjusted = holm([0.01, float("nan")])
    assert adjusted[0] == 0.01
    assert adjusted[1] != adjusted[1]
    assert holm([]) == []


def test_the_spread_is_that_of_a_sample() -> None:
    assert mean_std([1.0, 2.0, 3.0]) == (2, 1)
    assert np.isnan(mean_std([1.0])[1])


def test_quantiles_of_t_are_right() -> None:
    for freedom, quantile in statistics._T[:-1]:
        assert quantile == pytest.approx(t.ppf(0.975, freedom), abs=1e-3)


def test_runs_of_other_sentences_cannot_be_compared() -> None:
    one = runs(np.ones((1, 4), dtype=int))
    with pytest.raises(ValueError, match="differ"):
        compare(one, one[:, :3], (1,))
