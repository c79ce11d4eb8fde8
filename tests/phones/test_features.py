import unicodedata

import numpy as np
import pytest

from cjkv_phon.phones import (
    FEATURES,
    TONE_FEATURES,
    feature_matrix,
    features,
    is_tone,
    sound_class,
)

panphon = pytest.importorskip("panphon")


def value(segment, name):
    return features(segment)[(FEATURES + TONE_FEATURES).index(name)]


def test_features_of_known_segments_are_panphons():
    table = panphon.FeatureTable()
    for segment, expected in table.segments:
        if not is_tone(segment):
            found = features(segment)[: len(FEATURES)]
            assert list(found) == expected.numeric(list(FEATURES)), segment
    assert list(FEATURES) == table.names


@pytest.mark.parametrize("letter", "˩˨˧˦˥")
def test_a_single_tone_letter_has_panphons_features(letter):
    expected = panphon.FeatureTable().fts(letter).numeric(list(FEATURES))
    assert list(features(letter)[: len(FEATURES)]) == expected


@pytest.mark.parametrize(
    ("segment", "name", "expected"),
    [
        ("p͈", "cg", 1),
        ("t͈ɕ", "cg", 1),
        ("t͈ɕ", "delrel", 1),
        ("k̚", "cont", -1),
        ("tɕʰ", "sg", 1),
        ("ŋ͡m", "lab", 1),
        ("ŋ͡m", "back", 1),
        ("aː", "long", 1),
        ("ĩ", "nas", 1),
        ("ɨ̥", "voi", -1),
        ("˧˥", "tone_start", 0),
        ("˧˥", "tone_middle", 0.5),
        ("˧˥", "tone_end", 1),
        ("˨˩˦", "tone_middle", -1),
        ("214", "tone_end", 0.5),
        ("⁵¹", "tone_start", 1),
        ("˧ˀ˥", "cg", 1),
    ],
)
def test_a_diacritic_changes_its_feature(segment, name, expected):
    assert value(segment, name) == expected


@pytest.mark.parametrize(
    ("one", "other"), [("tɕ", "t͡ɕ"), ("t͜s", "t͡s"), ("g", "ɡ"), ("ʦ", "ts"), ("k̚", "k")]
)
def test_spellings_of_one_sound_have_one_vector(one, other):
    assert np.array_equal(features(one), features(other))


def test_every_normalisation_form_has_one_vector():
    for segment in ("ç", "õ", "ã"):
        forms = [features(unicodedata.normalize(form, segment)) for form in ("NFC", "NFD")]
        assert np.array_equal(*forms)


@pytest.mark.parametrize("junk", ["電", "…", "", "A", "가"])
def test_what_is_not_ipa_has_no_features(junk):
    assert features(junk) is None
    assert sound_class(junk) == "other"
    assert not feature_matrix([junk]).any()


def test_the_matrix_has_a_row_a_segment():
    assert feature_matrix(["k̚", "a", "˥"]).shape == (3, 27)
    assert feature_matrix(["k̚", "a", "˥"], tones=False).shape == (3, 24)
    assert feature_matrix([]).shape == (0, 27)


def test_vectors_cannot_be_changed():
    with pytest.raises(ValueError):
        features("a")[0] = 5
