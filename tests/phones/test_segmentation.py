import pytest
import regex
from hypothesis import given, settings
from hypothesis import strategies as st

from cjkv_phon.phones import segments

FACTS = [
    ("t͡ɕʰik̚", ["t͡ɕʰ", "i", "k̚"]),
    ("tɕʰik̚", ["tɕʰ", "i", "k̚"]),
    ("tsa", ["ts", "a"]),
    ("ʈʂʰaŋ˧˥", ["ʈʂʰ", "a", "ŋ", "˧˥"]),
    ("dʑoː", ["dʑ", "oː"]),
    ("p͈aɭ", ["p͈", "a", "ɭ"]),
    ("t͈ɕa", ["t͈ɕ", "a"]),
    ("kit̚saŋ", ["k", "i", "t̚", "s", "a", "ŋ"]),
    ("kawŋ͡m˧˦", ["k", "a", "w", "ŋ͡m", "˧˦"]),
    ("ʔŋaː˧ˀ˥", ["ʔ", "ŋ", "aː", "˧ˀ˥"]),
    ("ɗi˨˩ʔ ʔaː˧", ["ɗ", "i", "˨˩ʔ", "ʔ", "aː", "˧"]),
    ("ni˨˩˦xɑʊ̯˨˩˦", ["n", "i", "˨˩˦", "x", "ɑ", "ʊ̯", "˨˩˦"]),
    ("ma⁵⁵", ["m", "a", "⁵⁵"]),
    ("ma55", ["m", "a", "55"]),
    ("ˈkõ.ɲaᵝ", ["k", "õ", "ɲ", "aᵝ"]),
    ("ⁿda", ["ⁿd", "a"]),
    ("5 電", ["5", "電"]),
    ("", []),
]


@pytest.mark.parametrize(("ipa", "expected"), FACTS)
def test_a_sound_is_one_segment(ipa, expected):
    assert list(segments(ipa)) == expected


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet=st.sampled_from("tsɕʂdzʑkpʰ͈̚͡ː˥˩ˀʔ⁵5aɯ̯ 電.g\u0301\n")) | st.text())
def test_nothing_but_boundaries_is_lost(text):
    found = "".join(segments(text))
    rest = iter(text)
    assert all(character in rest for character in found)
    assert regex.sub(r"[\s\p{Z}\p{Cc}.|‖‿ˈˌꜜꜛ↗↘]", "", text) == found


def test_marks_of_a_boundary_do_not_vanish():
    assert "".join(segments("a.\u0301")) == "a\u0301"
