from hypothesis import given, settings
from hypothesis import strategies as st

from cjkv_phon.phones import LOAN, PANPHON, align_words, distance

words = st.lists(st.sampled_from(["p", "t͡ɕ", "a", "ɯ", "ŋ", "˧˥", "語", "oː"]), max_size=5)


@settings(max_examples=100, deadline=None)
@given(st.lists(words, max_size=4), st.sampled_from([PANPHON, LOAN]))
def test_columns_hold_every_segment_of_every_word_in_order(sounds, profile):
    columns = align_words(sounds, profile)
    assert all(len(column) == len(sounds) for column in columns)
    assert all(any(cell is not None for cell in column) for column in columns)
    for place, word in enumerate(sounds):
        assert [c[place] for c in columns if c[place] is not None] == word


@settings(max_examples=50, deadline=None)
@given(words)
def test_equal_words_stand_in_the_same_columns(word):
    assert align_words([word] * 3) == tuple((segment,) * 3 for segment in word)


def test_the_same_sound_of_three_languages_stands_in_one_column():
    columns = align_words(
        [("s", "a", "ɴ", "ɡʲ", "oː"), ("s", "a", "n", "ʌ", "p̚"), ("ʂ", "a", "n", "j", "e")], LOAN
    )
    assert columns[:3] == (("s", "s", "ʂ"), ("a", "a", "a"), ("ɴ", "n", "n"))


def test_tones_stand_with_tones_only():
    columns = align_words([("m", "a", "˥"), ("m", "a", "n"), ("m", "a", "˧˩")], LOAN)
    assert ("˥", None, "˧˩") in columns
    assert (None, "n", None) in columns


def test_a_loan_is_near_and_a_stranger_far():
    pairs = [("toː", "toŋ"), ("masɯkɯ", "masɯkʰɯ"), ("ɕi", "t͡ɕa"), ("kʲoː", "kjʌŋ")]
    for japanese, korean in pairs:
        others = [other for _, other in pairs if other != korean]
        assert all(
            distance(japanese, korean, LOAN) < distance(japanese, o, LOAN) for o in others
        ), japanese
