from hypothesis import given, settings
from hypothesis import strategies as st

from cjkv_phon.phones import distances, segments
from cjkv_phon.phones.bulk import joined, number_segments, number_words

IPA = "tdʈɖszɕʂpkaiɯŋʔ͜͡ʰːʲ͈̪̚˥˧˩ˀ˞⁵51ⁿ. ˈ語\u0301gʼ"
words = st.lists(st.text(alphabet=st.sampled_from(IPA), max_size=8), max_size=6)


def spelled(numbered):
    """The words that numbers stand for."""
    flat = iter(numbered.flat)
    return [
        tuple(numbered.alphabet[next(flat)] for _ in range(length)) for length in numbered.lengths
    ]


@settings(max_examples=1000, deadline=None)
@given(words)
def test_many_words_are_cut_like_single_ones(drawn):
    assert spelled(number_words(drawn)) == [segments(word) for word in drawn]


@settings(max_examples=100, deadline=None)
@given(st.lists(st.text(), max_size=4))
def test_any_text_is_cut_like_single_ones(drawn):
    assert spelled(number_words(drawn)) == [segments(word) for word in drawn]


@settings(max_examples=50, deadline=None)
@given(words, st.lists(st.lists(st.sampled_from(["a", "tɕ", "x y", ""]), max_size=3), max_size=4))
def test_strings_and_segments_share_an_alphabet(strings, cut):
    found = joined(number_words(strings), number_segments(cut))
    assert spelled(found) == [*(segments(word) for word in strings), *map(tuple, cut)]
    assert len(set(found.alphabet)) == len(found.alphabet)


def test_segments_of_any_length_are_numbered():
    long = "a" + "\u0301" * 40
    assert spelled(number_words([long, "ta"])) == [(long,), ("t", "a")]


def test_words_may_be_given_in_both_ways_at_once():
    assert distances(["t͡ɕa", ("t͡ɕ", "a")], [["t͡ɕ", "a"], "t͡ɕa"]).tolist() == [0, 0]
