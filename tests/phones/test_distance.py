import dataclasses
import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cjkv_phon.errors import UnsupportedOptionError
from cjkv_phon.phones import PANPHON, align, distance, distance_matrix, distances, profile_named

# Segments that PanPhon keeps whole, and that do not join with each other.
WHOLE = ["p", "tʰ", "k", "a", "iː", "ɯ", "ɕ", "d͡ʑ", "t͡ɕʰ", "ŋ", "oː", "n", "ɾ", "w", "kʷ", "ə", "˥"]
ANY = [*WHOLE, "k̚", "p͈", "˧˥", "語", "ŋ͡m"]
words = st.lists(st.sampled_from(ANY), max_size=6)


@pytest.fixture(scope="module")
def panphon_distance():
    module = pytest.importorskip("panphon.distance")
    return module.Distance().weighted_feature_edit_distance


def test_distances_are_panphons(panphon_distance):
    rng = np.random.default_rng(7)
    drawn = [list(rng.choice(WHOLE, size=rng.integers(0, 8))) for _ in range(400)]
    sources, targets = drawn[:200], drawn[200:]
    expected = [
        panphon_distance("".join(a), "".join(b)) for a, b in zip(sources, targets, strict=True)
    ]
    assert np.abs(distances(sources, targets) - expected).max() < 1e-9


@settings(max_examples=100, deadline=None)
@given(words, words)
def test_distance_is_symmetric_and_zero_only_for_equal_costs(a, b):
    assert distance(a, b) == pytest.approx(distance(b, a))
    assert distance(a, a) == 0


@settings(max_examples=100, deadline=None)
@given(words, words, words)
def test_the_triangle_inequality_holds(a, b, c):
    assert distance(a, c) <= distance(a, b) + distance(b, c) + 1e-9


@settings(max_examples=100, deadline=None)
@given(words, words)
def test_an_alignment_holds_both_words_and_costs_the_distance(a, b):
    pairs = align(a, b)
    assert [p.source for p in pairs if p.source is not None] == a
    assert [p.target for p in pairs if p.target is not None] == b
    assert sum(p.cost for p in pairs) == pytest.approx(distance(a, b))


@settings(max_examples=50, deadline=None)
@given(st.lists(words, max_size=8), st.lists(words, max_size=8))
def test_a_batch_gives_what_single_calls_give(some, others):
    matrix = distance_matrix(some, others)
    assert matrix.shape == (len(some), len(others))
    for (i, a), (j, b) in itertools.product(enumerate(some), enumerate(others)):
        assert matrix[i, j] == pytest.approx(distance(a, b))


def test_unknown_segments_match_only_themselves():
    whole = PANPHON.indel["other"]
    assert distance(["語"], ["語"]) == 0
    assert distance(["語"], ["言"]) == 2 * whole
    assert distance(["語", "a"], ["a"]) == whole


def test_strings_are_cut_into_segments():
    assert distance("t͡ɕʰik̚", ["t͡ɕʰ", "i", "k̚"]) == 0


def test_a_profile_can_skip_tones_and_normalise():
    toneless = dataclasses.replace(PANPHON, skip=frozenset({"tone"}), normalize="length")
    assert distance("ma˥", "ma˥˩", toneless) == 0
    assert 0 < distance("ma˥", "pa˥", toneless) < 1
    assert distance("", "", toneless) == 0
    assert distance("ma", "", toneless) == 1
    assert [p.source for p in align("ma˥", "ma", toneless)] == ["m", "a"]


def test_as_many_targets_as_sources_are_asked_for():
    with pytest.raises(ValueError, match="2 sources for 1 targets"):
        distances(["a", "b"], ["a"])


def test_an_unknown_profile_names_the_known_ones():
    with pytest.raises(UnsupportedOptionError, match="panphon"):
        profile_named("nope")
